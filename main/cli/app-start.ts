/** `musher serve` and `musher open`: the app itself, and the browser in front of it. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { appGroup } from './help.ts';
import { oneLine } from './format/plain-text.ts';
import type { Io } from './io.ts';
import { openSession, type Session } from './session.ts';
import { hasRepositoryOpen } from './status.ts';

interface StartBuild {
  readonly io: Io;
  readonly end: (code: ExitCode) => void;
}

interface ServeFlags {
  readonly repo?: string;
  readonly port?: number;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
  readonly nodesAt?: { readonly host: string; readonly port: number };
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

export function declareServe(program: Command, { io, end }: StartBuild): void {
  program
    .command('serve')
    .helpGroup(appGroup)
    .description('Serve Musher for the browser, and print where')
    .option(
      '--repo <folder>',
      'Repository to open (default: this folder; where it is none, a page lets you choose)',
    )
    .option('--port <n>', 'Port on 127.0.0.1 (default: 9119)', requirePort)
    .option('--demo', 'Open a small sample repository with scripted agents')
    .option('--open', 'Open it in the browser')
    .option('--nodes-at <host:port>', 'Let nodes in there as well, by TLS', requireAddress)
    .option('--tls-cert <file>', 'For --nodes-at: PEM file of its certificate')
    .option('--tls-key <file>', 'For --nodes-at: PEM file of the key of that certificate')
    .addHelpText(
      'after',
      '\nExamples:\n  $ musher serve --repo ~/code/shop\n  $ musher serve --demo --open',
    )
    .action(async (_flags: unknown, command: Command) =>
      end(await serve(command.optsWithGlobals(), io)),
    );
}

export function declareOpen(program: Command, { io, end }: StartBuild): void {
  program
    .command('open')
    .helpGroup(appGroup)
    .description('Open a repository in the browser, in the Musher that runs or a new one')
    .option('--repo <folder>', 'Repository to open (default: what is open, else this folder)')
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<ServeFlags>();
      const session = openSession(io, flags);
      const hasIt = await hasRepositoryOpen(session, flags.repo);
      end(await (hasIt ? openRunning(session) : serve({ ...flags, open: true }, io)));
    });
}

async function openRunning({ client, io, printEither }: Session): Promise<ExitCode> {
  const loginUrl = await client.login();
  await printEither({ loginUrl }, () => oneLine(loginUrl));
  await openOrTell(loginUrl, io);
  return exitCodes.ok;
}

/** All three, or none. */
function nodesAtOf({ nodesAt, tlsCert, tlsKey }: ServeFlags, folder: string) {
  if (nodesAt === undefined && tlsCert === undefined && tlsKey === undefined) return {};
  if (nodesAt === undefined || tlsCert === undefined || tlsKey === undefined)
    throw usageError('Give --nodes-at, --tls-cert and --tls-key together.', 'serve');
  const [certFile, keyFile] = [resolve(folder, tlsCert), resolve(folder, tlsKey)];
  return { nodesAt: { ...nodesAt, certFile, keyFile } };
}

async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const opening: Promise<void>[] = [];
  const onReady = (url: string) => void opening.push(openOrTell(url, io));
  const code = await io.host.serve({
    repo: resolve(io.folder, flags.repo ?? '.'),
    isNamed: flags.repo !== undefined,
    ...(flags.port === undefined ? {} : { port: flags.port }),
    json: flags.json === true,
    demo: flags.demo === true,
    ...nodesAtOf(flags, io.folder),
    ...(flags.open === true ? { onReady } : {}),
  });
  await Promise.all(opening);
  if (flags.open === true && opening.length === 0) await io.stderr.write(openYourself);
  return code as ExitCode;
}

const openYourself = 'No browser was opened; open the address above.\n';

/** A machine without a browser is no failure: the address was printed. */
export async function openOrTell(url: string, io: Io): Promise<void> {
  try {
    await io.openBrowser(url);
  } catch {
    await io.stderr.write(openYourself);
  }
}

/** `192.168.1.5:9443`, `[fd00::5]:9443`, `my-machine:9443`. */
export function requireAddress(text: string): { host: string; port: number } {
  const [, bracketed, plain, port = ''] =
    /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9.-]+)):(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(port) > 65_535)
    throw new InvalidArgumentError(
      'Expected an address of this machine, such as 192.168.1.5:9443.',
    );
  return { host, port: Number(port) };
}

export function requirePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}
