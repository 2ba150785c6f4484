/** `musher node`: this machine helps another Musher. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { nodeLabelPattern } from '../../preload/contract/node-label.ts';
import { durationHint } from './durations.ts';
import type { ExitCode } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { requireAddress, requirePort } from './app-start.ts';
import { appGroup } from './help.ts';
import type { Io } from './io.ts';
import { requireDuration } from './wait-flag.ts';

interface NodeFlags {
  readonly repo?: string;
  readonly rendezvous?: string;
  readonly join?: string;
  readonly label?: string;
  readonly port?: number;
  readonly json?: boolean;
  readonly peersAt?: { readonly host: string; readonly port: number };
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly drain?: number;
}

interface NodeBuild {
  readonly io: Io;
  readonly end: (code: ExitCode) => void;
}

export function declareNode(program: Command, { io, end }: NodeBuild): void {
  program
    .command('node')
    .helpGroup(appGroup)
    .description('Help another Musher from this machine, without a page')
    .option('--rendezvous <url>', 'The Musher to help, the first time', requireUrl)
    .option('--join <token>', 'What `musher join-token` printed there, the first time')
    .option('--repo <folder>', 'A clone of the same repository (default: this folder)')
    .option(
      '--label <name>',
      'What this node is to be called (default: what the token says)',
      requireLabel,
    )
    .option('--port <n>', 'Port on 127.0.0.1 for its own agents (default: a free one)', requirePort)
    .option('--peers-at <host:port>', 'Let other nodes link with this one there', requireAddress)
    .option('--tls-cert <file>', 'For --peers-at: PEM file of its certificate')
    .option('--tls-key <file>', 'For --peers-at: PEM file of the key of that certificate')
    .option(
      '--drain <duration>',
      `How long SIGTERM waits for stories in work, default 30m (${durationHint})`,
      requireDuration,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  $ musher node --rendezvous http://127.0.0.1:9119 --join mj1.…\n  $ musher node',
    )
    .action(async (_flags: unknown, command: Command) =>
      end(await help(command.optsWithGlobals<NodeFlags>(), io)),
    );
}

async function help(flags: NodeFlags, io: Io): Promise<ExitCode> {
  const { rendezvous, join, label, port, repo = '.', json = false, drain } = flags;
  if ((rendezvous === undefined) !== (join === undefined))
    throw usageError(
      'Give --rendezvous and --join together, or neither where it joined before.',
      'node',
    );
  if (label !== undefined && join === undefined)
    throw usageError(
      '--label counts when it joins; later `musher nodes rename` does it there.',
      'node',
    );
  const code = await io.host.node({
    ...{ repo: resolve(io.folder, repo), json },
    ...(rendezvous !== undefined && { rendezvous }),
    ...(join !== undefined && { join }),
    ...(label !== undefined && { label }),
    ...(port !== undefined && { port }),
    ...(drain !== undefined && { drainMs: drain }),
    ...peersAtOf(flags, io.folder),
  });
  return code as ExitCode;
}

/** On loopback alone it may go without a certificate. */
function peersAtOf({ peersAt, tlsCert, tlsKey }: NodeFlags, folder: string) {
  if (peersAt === undefined && tlsCert === undefined && tlsKey === undefined) return {};
  if (peersAt === undefined || (tlsCert === undefined) !== (tlsKey === undefined))
    throw usageError('Give --tls-cert and --tls-key together, with --peers-at.', 'node');
  const file = (name: string | undefined) => name && resolve(folder, name);
  return { peersAt: { ...peersAt, certFile: file(tlsCert), keyFile: file(tlsKey) } };
}

function requireUrl(text: string): string {
  if (URL.canParse(text)) return text;
  throw new InvalidArgumentError('Expected an address, http://127.0.0.1:9119.');
}

function requireLabel(text: string): string {
  if (nodeLabelPattern.test(text.trim())) return text.trim();
  throw new InvalidArgumentError('Expected letters, digits, spaces and . _ - (at most 40).');
}
