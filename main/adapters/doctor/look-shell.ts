/** What the user's login shell has on its PATH beyond this process: an app that a menu started did not read its files. */
import { access } from 'node:fs/promises';
import type { Profile } from '../../features/agents/ports.ts';
import type { ShellFacts } from '../../features/doctor/ports.ts';
import { delimiterOf, findProgram } from '../program-search.ts';
import { environmentOf } from '../login-environment.ts';
import type { Surroundings } from './look-clis.ts';
import { windowsPath } from './windows-path.ts';

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
  const said = await environmentOf({ shell, env: around.env, boundMs: around.patienceMs, signal });
  if (said.kind === 'silent') return { ...nothing, shell, state: 'silent', seconds: said.seconds };
  if (said.kind === 'failed') return { ...nothing, shell, state: 'failed', reason: said.reason };
  return { shell, state: 'said', ...(await compared(said.env.PATH ?? '', ask)) };
}

const nothing = { missingFolders: [], onlyThere: [] };

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
