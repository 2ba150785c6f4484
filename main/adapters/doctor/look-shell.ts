/** What the user's login shell has on its PATH beyond this process: an app that a menu started did not read its files. */
import { access } from 'node:fs/promises';
import type { Profile } from '../../features/agents/ports.ts';
import type { ShellFacts } from '../../features/doctor/ports.ts';
import { delimiterOf, findProgram } from '../program-search.ts';
import { askProgram } from './ask-program.ts';
import type { Surroundings } from './look-clis.ts';
import { windowsPath } from './windows-path.ts';

const mark = '--musher-doctor--';

export interface ShellAsk {
  readonly shell: string;
  readonly profiles: readonly Profile[];
  readonly around: Surroundings;
  readonly signal: AbortSignal;
}

export async function lookAtShell(ask: ShellAsk): Promise<ShellFacts> {
  const { around, signal } = ask;
  if (around.platform === 'win32') {
    const shell = 'the PATH of the registry';
    const said = await windowsPath(around.env, signal);
    if (said === undefined)
      return { ...nothing, shell: 'the registry was not read', state: 'none' };
    return { shell, state: 'said', ...(await compared(said, ask)) };
  }
  const { shell } = ask;
  if (
    await access(shell).then(
      () => false,
      () => true,
    )
  )
    return { ...nothing, shell, state: 'missing' };
  const said = await askProgram({
    program: shell,
    args: argsFor(shell),
    env: { ...around.env, TERM: 'dumb' },
    boundMs: around.patienceMs,
    signal,
  });
  if (said.kind === 'silent') return { ...nothing, shell, state: 'silent', seconds: said.seconds };
  if (said.kind === 'failed') return { ...nothing, shell, state: 'failed', reason: said.reason };
  const found = pathIn(said.text);
  if (found === undefined)
    return { ...nothing, shell, state: 'failed', reason: 'it did not show its environment' };
  return { shell, state: 'said', ...(await compared(found, ask)) };
}

const nothing = { missingFolders: [], onlyThere: [] };

/** `env` is the same in all of them, and how a shell quotes and joins is not asked for. csh takes `-l` alone only. */
function argsFor(shell: string): string[] {
  const command = `echo ${mark}; /usr/bin/env; echo ${mark}`;
  return /csh$/.test(shell) ? ['-ic', command] : ['-l', '-i', '-c', command];
}

/** Between the lines that are marks: startup files print what they like, and `_` in the environment may be a mark. */
export function pathIn(text: string): string | undefined {
  const lines = text.split('\n');
  const [from, to] = [lines.indexOf(mark), lines.lastIndexOf(mark)];
  return lines
    .slice(from + 1, to)
    .find((line) => line.startsWith('PATH='))
    ?.slice('PATH='.length);
}

async function compared(searchPath: string, { profiles, around }: ShellAsk) {
  const { platform, env } = around;
  const delimiter = delimiterOf(platform);
  const own = new Set(around.searchPath.split(delimiter));
  const missing = searchPath.split(delimiter).filter((one) => one !== '' && !own.has(one));
  const programs = new Set(['git', ...profiles.flatMap(({ program }) => program ?? [])]);
  const options = { env, platform };
  const look = async (program: string, path: string) =>
    (
      await findProgram(program, { cwd: undefined, options, searchPath: path }).catch(
        () => undefined,
      )
    )?.program;
  const onlyThere = await Promise.all(
    [...programs].map(async (program) => {
      const path = await look(program, missing.join(delimiter));
      const isHere = path === undefined || (await look(program, around.searchPath)) !== undefined;
      return isHere ? [] : [{ program, path }];
    }),
  );
  return { missingFolders: [...new Set(missing)], onlyThere: onlyThere.flat() };
}
