/** The whole command as commander sees it: one subcommand per capability, and those of the app itself. */
import { Command, Help } from 'commander';
import { declareApp } from './app-commands.ts';
import type { CliCapability } from './capabilities.ts';
import { conveniences } from './conveniences.ts';
import type { ExitCode } from './exit-codes.ts';
import { declareFields, typedValues } from './flags.ts';
import { groupOf, rootHelp } from './help.ts';
import { checkInput, readInput } from './input.ts';
import type { Io } from './io.ts';
import { manifest } from './manifest.ts';
import { plainly } from './plainly.ts';
import { longestPollMs } from './poll.ts';
import { openSession } from './session.ts';

export interface Build {
  readonly io: Io;
  /** Receives help and usage texts. */
  readonly out: (text: string) => void;
  readonly end: (code: ExitCode) => void;
  /** Words of the command line; only commands that they can mean get their flags. Left out: all do. */
  readonly words?: readonly string[];
}

export function buildProgram(build: Build): Command {
  const program = new Command('musher').description(
    'Talk to Musher, the control center for teams of coding agents',
  );
  configure(program, build);
  for (const capability of needed(build.words)) declareCapability(program, capability, build);
  declareApp(program, build);
  return withRootHelp(program);
}

/** Of a line that names a command, those that begin with its word; else all of them, for help and for a guess. */
function needed(words: readonly string[] | undefined): readonly CliCapability[] {
  if (words === undefined || words.includes('help')) return manifest;
  const meant = manifest.filter((capability) => canBeMeant(capability, words));
  return meant.length === 0 ? manifest : meant;
}

function configure(program: Command, { io, out }: Build): void {
  const width = () => Math.min(io.stdout.columns ?? 100, 120);
  program
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: out,
      writeErr: out,
      outputError: () => {},
      getOutHelpWidth: width,
      getErrHelpWidth: width,
    })
    .configureHelp({ showGlobalOptions: true })
    .version(io.version, '-V, --version', 'Print the version')
    .helpOption('-h, --help', 'Show help')
    .option('--json', 'Print the result as one JSON value, errors as {"error":{…}}')
    .option('--url <url>', 'Where Musher is (default: MUSHER_URL, else http://127.0.0.1:9119)')
    .option(
      '--token <token>',
      'Who you are; better set MUSHER_TOKEN, which other users cannot see in the process list',
    );
  // On the root's own help it has no place, and below it would only be in the way.
  program.options.find((option) => option.long === '--version')?.hideHelp();
}

/** Only the root's help is its own; subcommands were made with commander's before this is set. */
function withRootHelp(program: Command): Command {
  return program.configureHelp({
    formatHelp: (command, helper) =>
      command === program
        ? rootHelp(program)
        : Help.prototype.formatHelp.call(helper, command, helper),
  });
}

function declareCapability(program: Command, capability: CliCapability, build: Build): void {
  const command = commandAt(program, capability.words);
  command.description(capability.summary);
  const [first = ''] = capability.words;
  commandAt(program, [first]).helpGroup(groupOf(capability.feature));
  if (!canBeMeant(capability, build.words)) return;
  declareFields(command, capability.fields);
  conveniences.get(capability.type)?.declare?.(command);
  const { examples } = capability;
  if (examples.length > 0)
    command.addHelpText('after', `\nExamples:\n  $ ${examples.join('\n  $ ')}`);
  command.action(async () => build.end(await runCapability({ command, capability, io: build.io })));
}

function canBeMeant(
  { words: [first] }: CliCapability,
  words: readonly string[] | undefined,
): boolean {
  return words === undefined || words.includes(first ?? '');
}

/** The command for these words, made where it is missing. */
function commandAt(program: Command, words: readonly string[]): Command {
  return words.reduce(
    (parent, word) =>
      parent.commands.find((child) => child.name() === word) ??
      parent.command(word).helpCommand(false),
    program,
  );
}

interface Runnable {
  readonly command: Command;
  readonly capability: CliCapability;
  readonly io: Io;
}

async function runCapability({ command, capability, io }: Runnable): Promise<ExitCode> {
  // A hook holds up the program that runs it.
  const isPatient = Boolean(io.env.MUSHER_AGENT) && capability.type !== 'agent.hook';
  const session = openSession(io, command.optsWithGlobals(), isPatient);
  const input = { capability, typed: typedValues(command, capability.fields), io };
  const data = await readInput(input);
  const convenience = conveniences.get(capability.type) ?? plainly;
  const options = command.opts<Record<string, unknown>>();
  const waitMs = typeof data.waitMs === 'number' ? data.waitMs : numberOr(options.wait);
  // A wait may be longer than one poll: what is checked is the longest that one of them will ask for.
  const isPolled = convenience !== plainly && typeof data.waitMs === 'number';
  const checked = isPolled
    ? { ...data, waitMs: Math.min(data.waitMs as number, longestPollMs) }
    : data;
  if (!convenience.checksEach) await checkInput(input, checked);
  return convenience.run({ session, capability, words: command.args, data, waitMs, options });
}

function numberOr(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
