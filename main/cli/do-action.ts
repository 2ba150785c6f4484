/** `--do 'story move s-3 coding'`: a command that is to be done later, typed as it would be now. */
import { Command, CommanderError } from 'commander';
import type { CliCapability } from './capabilities.ts';
import type { Convenience } from './capability-run.ts';
import { usageError } from './failures.ts';
import { declareFields, typedValues } from './flags.ts';
import { checkInput, readInput } from './input.ts';
import type { Io } from './io.ts';
import { manifest } from './manifest.ts';
import { plainly } from './plainly.ts';

/** Of what stores an action. */
export const doConvenience: Convenience = {
  declare(command) {
    command.option('--do <command>', `The command to do, as it is typed: 'story move s-3 coding'`);
  },
  async run(run) {
    const line = run.options.do;
    if (typeof line !== 'string') return plainly.run(run);
    if (run.data.command !== undefined || run.data.data !== undefined)
      throw usageError('--do says the command and its data; leave out --command and --data.');
    return plainly.run({
      ...run,
      data: { ...run.data, ...(await readAction(line, run.session.io)) },
    });
  },
};

interface Said {
  readonly command: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The type and the data that a line of the command means. Throws what is wrong with the line. */
export async function readAction(line: string, io: Pick<Io, 'stdin'>): Promise<Said> {
  const words = splitWords(line);
  if (words[0] === 'musher') words.shift();
  const capability = commandIn(words);
  if (capability === undefined) throw noCommand(words);
  const command = new Command(capability.words.join(' ')).exitOverride().helpOption(false);
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  declareFields(command, capability.fields);
  try {
    command.parse(words.slice(capability.words.length), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const reason = error.message.replace(/^error: /, '');
    throw usageError(`--do '${capability.words.join(' ')}': ${reason}`, capability.words.join(' '));
  }
  const input = { capability, typed: typedValues(command, capability.fields), io };
  const data = await readInput(input);
  await checkInput(input, data);
  return { command: capability.type, data };
}

/** The longest that the line begins with. */
function commandIn(words: readonly string[]): CliCapability | undefined {
  return manifest
    .filter(
      ({ kind, words: own }) => kind === 'command' && own.every((one, at) => words[at] === one),
    )
    .toSorted((a, b) => b.words.length - a.words.length)[0];
}

function noCommand(words: readonly string[]) {
  const [first = ''] = words;
  const like = manifest
    .filter(({ kind, words: own }) => kind === 'command' && own[0] === first)
    .map((one) => `'${one.words.join(' ')}'`);
  const known =
    like.length === 0 ? 'see `musher --help`' : `there are ${like.slice(0, 8).join(', ')}`;
  return usageError(`--do '${words.join(' ')}' names no command: ${known}.`);
}

/** As a shell parts them: quotes keep words together, a backslash the next character. */
export function splitWords(line: string): string[] {
  const parts = /(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*')+/gs;
  if (line.replace(parts, '').trim() !== '')
    throw usageError(`--do has a quote that is not closed: ${line}`);
  return [...line.matchAll(parts)].map(([word]) => unquoted(word));
}

function unquoted(word: string): string {
  return word.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\\./gs, (part) => {
    if (part.startsWith("'")) return part.slice(1, -1);
    return part.startsWith('"') ? part.slice(1, -1).replace(/\\(["\\])/g, '$1') : part.slice(1);
  });
}
