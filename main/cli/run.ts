/** One run of `musher`: from the words typed to the exit code. Prints every error, throws none. */
import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { MusherError } from '../base/result.ts';
import { exitCodes } from './exit-codes.ts';
import { usageError } from './failures.ts';
import type { Io } from './io.ts';
import { manifest } from './manifest.ts';
import { buildProgram } from './program.ts';
import { tellFailure } from './tell-failure.ts';

export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await runProgram(toWords(argv), io);
  } catch (error) {
    return tellFailure(error, io, hasJson(argv));
  }
}

async function runProgram(argv: readonly string[], io: Io): Promise<number> {
  const texts: string[] = [];
  let code: number = exitCodes.ok;
  const needsAll = argv.includes('completion');
  const program = buildProgram({
    io,
    out: (text) => void texts.push(text),
    end: (ended) => {
      code = ended;
    },
    ...(needsAll ? {} : { words: argv }),
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    code = codeOfHelp(error) ?? rethrow(toUsage(error, program, argv));
  }
  if (texts.length > 0) await io.stdout.write(texts.join(''));
  return code;
}

/** No words at all ask for help; a capability may also be named by its type, as errors and the catalogue do. */
function toWords(argv: readonly string[]): readonly string[] {
  if (argv.length === 0) return ['--help'];
  const at = argv.findIndex((word) => !word.startsWith('-'));
  const named = manifest.find(({ type }) => type === argv[at]);
  return named === undefined ? argv : argv.toSpliced(at, 1, ...named.words);
}

/** Commander ends help and version by throwing. Help that was shown for want of a subcommand is a usage error. */
function codeOfHelp(error: unknown): number | undefined {
  if (!(error instanceof CommanderError)) return undefined;
  if (error.code === 'commander.help') return exitCodes.usage;
  const isAsked = error.code === 'commander.helpDisplayed' || error.code === 'commander.version';
  return isAsked ? exitCodes.ok : undefined;
}

function toUsage(error: unknown, program: Command, argv: readonly string[]): unknown {
  if (!(error instanceof CommanderError)) return error;
  const [first = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const reason = [first.charAt(0).toUpperCase() + first.slice(1), ...more].join(' ').trim();
  const usage = usageError(/[.)]$/.test(reason) ? reason : `${reason}.`, pathOf(program, argv));
  if (error.code !== 'commander.unknownOption') return usage;
  const mend = `${usage.wire.mend} Text that starts with a dash goes after \`--\`.`;
  return new MusherError({ ...usage.wire, mend });
}

/** The words of the command that was meant. */
function pathOf(program: Command, argv: readonly string[]): string {
  let command = program;
  const path: string[] = [];
  for (const word of argv.filter((one) => !one.startsWith('-'))) {
    const child = command.commands.find((one) => one.name() === word);
    if (child === undefined) break;
    path.push(word);
    command = child;
  }
  return path.join(' ');
}

function hasJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end < 0 ? argv.length : end).includes('--json');
}

function rethrow(error: unknown): never {
  throw error;
}
