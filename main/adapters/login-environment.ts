/**
 * The environment of the user's login shell. An app that was started from a dock or a menu has none of what a terminal has: no PATH of
 * a package manager, no proxy, no keys; agents and gates would miss them.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { askProgram, type ProgramAsk } from './ask-program.ts';

type Env = Readonly<Record<string, string | undefined>>;

export type ShellSaid =
  | { readonly kind: 'read'; readonly env: Readonly<Record<string, string>> }
  /** Not within its bound: a start-up file waits for somebody. */
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'failed'; readonly reason: string };

export interface ShellAsk extends Pick<ProgramAsk, 'boundMs' | 'signal'> {
  /** The user's, as `SHELL` names it. */
  readonly shell: string;
  /** What it starts with. */
  readonly env: Env;
}

/** What the shell sets for itself, or for a terminal that is not there. */
const shellsOwn = /^(?:_|PWD|OLDPWD|SHLVL|TERM|TERM_.*|COLUMNS|LINES|PS\d|PROMPT|BASH_FUNC_.*)$/;

/** Login and interactive both: what people set lies in the files of either. Not for Windows. Never rejects. */
export async function environmentOf({ shell, env, ...bounds }: ShellAsk): Promise<ShellSaid> {
  const mark = `musher-${randomUUID()}`;
  // Start-up files may print whatever they like around it; a value may hold newlines. The `env` of an old macOS has no -0.
  const script = `printf %s ${mark}; env -0 2>/dev/null || env; printf %s ${mark}`;
  // C shells take one of the two alone.
  const flags = /^t?csh$/.test(path.basename(shell)) ? ['-ic'] : ['-l', '-i', '-c'];
  const asked = { program: shell, args: [...flags, script], env: { ...env, TERM: 'dumb' } };
  const said = await askProgram({ ...asked, ...bounds });
  if (said.kind !== 'said') return said;
  const found = environmentIn(said.text, mark);
  return found === undefined
    ? { kind: 'failed', reason: 'it did not show its environment' }
    : { kind: 'read', env: found };
}

/** Between the first mark and the last: `_` has both in it, in some shells. Undefined where it shows none. */
export function environmentIn(text: string, mark: string): Record<string, string> | undefined {
  const [from, to] = [text.indexOf(mark), text.lastIndexOf(mark)];
  if (from === to) return undefined;
  const between = text.slice(from + mark.length, to);
  const lines = between.split(between.includes('\0') ? '\0' : '\n');
  return Object.fromEntries(
    lines.flatMap((line): Array<[string, string]> => {
      const at = line.indexOf('=');
      const name = line.slice(0, at);
      return at < 1 || shellsOwn.test(name) ? [] : [[name, line.slice(at + 1)]];
    }),
  );
}

/** From a terminal it has all of it, and on Windows programs get the user's environment as it is. */
export function needsLoginEnvironment(env: Env, platform: NodeJS.Platform): boolean {
  return platform !== 'win32' && env.TERM === undefined;
}
