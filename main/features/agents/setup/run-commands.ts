/** Commands of a worktree one after another, each in a terminal of its own, to the first that fails. */
import { sayCommand } from '../../../../preload/contract/say-command.ts';
import type { CommandEnd, CommandRuns } from '../../terminals/index.ts';
import type { Programs } from '../ports.ts';

export interface CommandsAsk {
  readonly commands: ReadonlyArray<readonly string[]>;
  /** Of each, milliseconds. */
  readonly timeoutMs: number;
  /** The worktree. */
  readonly cwd: string;
  /** The whole environment; asked for before each that is opened. */
  env(): Promise<Readonly<Record<string, string>>>;
  /** Of the terminal of each. */
  idOf(index: number): string;
  /** Where a hub before this one was. Those before it have ended well. */
  readonly from?: { readonly index: number; readonly sinceMs: number } | undefined;
  /** Before each; throws where it is not to begin. */
  onStep?(index: number): Promise<void>;
  readonly signal: AbortSignal;
}

/** `said`: the command, and after it what was wrong. */
export type CommandsEnd =
  | { readonly how: 'done' | 'cut' }
  | { readonly how: 'failed'; readonly command: string; readonly reason: string };

/** Size of a terminal that nobody looks at yet. */
const size = { cols: 120, rows: 32 };

export async function runCommands(
  ports: { readonly runs: CommandRuns; readonly programs: Programs },
  ask: CommandsAsk,
): Promise<CommandsEnd> {
  const { from, timeoutMs, signal } = ask;
  for (const [index, words] of ask.commands.entries()) {
    if (from !== undefined && index < from.index) continue;
    await ask.onStep?.(index);
    const command = sayCommand(words);
    const [name = '', ...args] = words;
    const missing = { reason: `cannot begin: there is no program "${name}" on the PATH` };
    const start = await ports.programs.find(name, ask.cwd);
    if (start === undefined) return { how: 'failed', command, ...missing };
    const end = await ports.runs.run({
      id: ask.idOf(index),
      async spec() {
        const own = { program: start.program, args: [...start.args, ...args] };
        return { ...own, cwd: ask.cwd, env: await ask.env(), ...size };
      },
      ...(index === from?.index && { sinceMs: from.sinceMs }),
      timeoutMs,
      signal,
    });
    if (end.how === 'cut') return { how: 'cut' };
    const reason = faultOf(end, timeoutMs);
    if (reason !== undefined) return { how: 'failed', command, reason };
  }
  return { how: 'done' };
}

/** After the command: what was wrong with it; undefined where nothing was. */
function faultOf(end: CommandEnd, timeoutMs: number): string | undefined {
  if (end.how !== 'exited') return `took more than ${sayTime(timeoutMs)}, and was ended`;
  if (end.signal !== null) return `was ended by ${end.signal}`;
  if (end.code === null) return 'ended, and nobody saw how';
  return end.code === 0 ? undefined : `ended with exit code ${end.code}`;
}

function sayTime(ms: number): string {
  if (ms < 60_000) return `${Math.round(ms / 1_000)} s`;
  const minutes = Math.round(ms / 60_000);
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
