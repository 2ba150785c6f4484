/** `musher gateway`: one entry to the projects of several Mushers. What is below it are capabilities of the gateway. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { gatewayPort } from '../../preload/contract/say-gateway.ts';
import { openOrTell, requirePort } from './app-start.ts';
import type { ExitCode } from './exit-codes.ts';
import { groupOf } from './help.ts';
import type { Io } from './io.ts';

interface GatewayFlags {
  readonly port?: number;
  readonly data?: string;
  readonly open?: boolean;
  readonly json?: boolean;
}

interface GatewayBuild {
  readonly io: Io;
  readonly end: (code: ExitCode) => void;
}

export function declareGateway(program: Command, { io, end }: GatewayBuild): void {
  const known = program.commands.find((command) => command.name() === 'gateway');
  (known ?? program.command('gateway'))
    .helpGroup(groupOf('gateway'))
    .description('Serve one entry to several projects, and print where')
    .option('--port <n>', `Port on 127.0.0.1 (default: ${gatewayPort})`, requirePort)
    .option('--data <folder>', 'Where its log is kept (default: in your own data folder)')
    .option('--open', 'Open it in the browser')
    .addHelpText(
      'after',
      '\nExamples:\n  $ musher gateway\n  $ musher gateway token --name shop\n  $ musher gateway list',
    )
    .action(async (_flags: unknown, command: Command) =>
      end(await start(command.optsWithGlobals<GatewayFlags>(), io)),
    );
}

async function start({ port, data, open, json = false }: GatewayFlags, io: Io): Promise<ExitCode> {
  const code = await io.host.gateway({
    json,
    ...(port !== undefined && { port }),
    ...(data !== undefined && { dataFolder: resolve(io.folder, data) }),
    ...(open === true && { onReady: (url: string) => void openOrTell(url, io) }),
  });
  return code as ExitCode;
}
