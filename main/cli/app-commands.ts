/** Subcommands that are no capability: starting the app, its status, help and completion. */
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { completionScript, shells } from './completion.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import { appGroup, helpTopics } from './help.ts';
import type { Io } from './io.ts';
import { openSession } from './session.ts';
import { statusCommand } from './status.ts';

interface AppBuild {
  readonly io: Io;
  readonly out: (text: string) => void;
  readonly end: (code: ExitCode) => void;
}

export function declareApp(program: Command, build: AppBuild): void {
  declareServe(program, build);
  declareOpen(program, build);
  declareStatus(program, build);
  declareCompletion(program, build);
  declareHelp(program, build);
}

interface ServeFlags {
  readonly repo?: string;
  readonly port?: number;
  readonly demo?: boolean;
  readonly open?: boolean;
  readonly json?: boolean;
}

function declareServe(program: Command, { io, end }: AppBuild): void {
  program
    .command('serve')
    .helpGroup(appGroup)
    .description('Serve Musher for the browser, and print where')
    .option('--repo <folder>', 'Repository to open (default: this folder)')
    .option('--port <n>', 'Port on 127.0.0.1 (default: 9119)', requirePort)
    .option('--demo', 'Open a small sample repository with scripted agents')
    .option('--open', 'Open it in the browser')
    .addHelpText(
      'after',
      '\nExamples:\n  $ musher serve --repo ~/code/shop\n  $ musher serve --demo --open',
    )
    .action(async (_flags: unknown, command: Command) =>
      end(await serve(command.optsWithGlobals(), io)),
    );
}

function declareOpen(program: Command, { io, end }: AppBuild): void {
  program
    .command('open')
    .helpGroup(appGroup)
    .description('Open a repository in the browser, in the Musher that runs or a new one')
    .option('--repo <folder>', 'Repository to open (default: this folder)')
    .action(async (_flags: unknown, command: Command) =>
      end(await serve({ ...command.optsWithGlobals<ServeFlags>(), open: true }, io)),
    );
}

async function serve(flags: ServeFlags, io: Io): Promise<ExitCode> {
  const opening: Promise<void>[] = [];
  const onReady = (url: string) => void opening.push(openOrTell(url, io));
  const code = await io.host.serve({
    repo: resolve(io.folder, flags.repo ?? '.'),
    ...(flags.port === undefined ? {} : { port: flags.port }),
    json: flags.json === true,
    demo: flags.demo === true,
    ...(flags.open === true ? { onReady } : {}),
  });
  await Promise.all(opening);
  if (flags.open === true && opening.length === 0) await io.stderr.write(openYourself);
  return code as ExitCode;
}

const openYourself = 'No browser was opened; open the address above.\n';

/** A machine without a browser is no failure: the address was printed. */
async function openOrTell(url: string, io: Io): Promise<void> {
  try {
    await io.openBrowser(url);
  } catch {
    await io.stderr.write(openYourself);
  }
}

function requirePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Expected a port from 0 to 65535.');
}

function declareStatus(program: Command, { io, end }: AppBuild): void {
  program
    .command('status')
    .helpGroup(appGroup)
    .description('Show which repository is open, since when, and its agents')
    .action(async (_flags: unknown, command: Command) =>
      end(await statusCommand(openSession(io, command.optsWithGlobals()))),
    );
}

function declareCompletion(program: Command, { out, end }: AppBuild): void {
  program
    .command('completion')
    .helpGroup(appGroup)
    .description('Print the completion script for a shell')
    .argument('<shell>', shells.join(', '))
    .addHelpText(
      'after',
      '\nExamples:\n  $ source <(musher completion bash)\n  $ musher completion fish | source',
    )
    .action((shell: string) => {
      const script = completionScript(shell, program);
      if (script === undefined) {
        throw usageError(
          `There is no completion for "${shell}"; expected one of ${shells.join(', ')}.`,
          'completion',
        );
      }
      out(script);
      end(exitCodes.ok);
    });
}

function declareHelp(program: Command, { out, end }: AppBuild): void {
  program
    .command('help')
    .description('Show help for a command or a topic')
    .argument('[words...]', `A command, or one of ${Object.keys(helpTopics).join(', ')}`)
    .action((words: string[]) => {
      const topic = helpTopics[words.join(' ')];
      out(topic === undefined ? requireCommand(program, words).helpInformation() : `${topic()}\n`);
      end(exitCodes.ok);
    });
}

function requireCommand(program: Command, words: readonly string[]): Command {
  return words.reduce((parent, word) => {
    const child = parent.commands.find((one) => one.name() === word);
    if (child === undefined) throw usageError(`There is no command "${words.join(' ')}".`);
    return child;
  }, program);
}
