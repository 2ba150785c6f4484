/** git and the CLIs of profiles: where they are found, and what they say of themselves. */
import type { CliFacts, GitFacts, Said } from '../../features/doctor/ports.ts';
import type { Profile } from '../../features/agents/ports.ts';
import { reasonOf } from '../../base/result.ts';
import { sideBySide } from '../../base/side-by-side.ts';
import { isNewEnough, oldestGit } from '../git/version.ts';
import { findProgram, isRelative } from '../program-search.ts';
import { askProgram, versionLine } from '../ask-program.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string>>;
  readonly searchPath: string;
  readonly platform: NodeJS.Platform;
  /** How long a program may take to say its version, milliseconds. */
  readonly patienceMs: number;
}

/** Some are Node programs of many megabytes; on a cold disk they take seconds. */
export const patienceMs = 6_000;

const width = 3;

/** It answers in milliseconds where it answers at all, and other checks wait for it. */
const gitMs = 3_000;

export async function lookAtGit(around: Surroundings, signal: AbortSignal): Promise<GitFacts> {
  const { platform, env } = around;
  const boundMs = Math.min(gitMs, around.patienceMs);
  const facts = { oldest: oldestGit, platform, isNewEnough: false };
  const found = await find('git', around);
  if (found === undefined) return { ...facts, path: undefined };
  const { program, args } = found;
  const said = await askProgram({
    ...{ program, args: [...args, '--version'], env, signal, boundMs },
  });
  if (said.kind !== 'said') return { ...facts, path: program, said };
  const text = versionLine(said.text);
  return { ...facts, path: program, said: { ...said, text }, isNewEnough: isNewEnough(text) };
}

/** Those with a program of their own to look for; a shell is no CLI. */
export function lookAtClis(
  profiles: readonly Profile[],
  isUnconfirmed: (profile: Profile) => boolean,
  ask: { readonly around: Surroundings; readonly signal: AbortSignal },
): Promise<CliFacts[]> {
  const wanted = profiles.filter(({ program, name }) => program !== undefined && name !== 'shell');
  return sideBySide(wanted, width, async (profile) => {
    const { name, title, origin, hint, program = '' } = profile;
    const facts = { name, title, origin, program, ...(hint !== undefined && { hint }) };
    if (isUnconfirmed(profile)) return { ...facts, isUnconfirmed: true };
    return { ...facts, ...(await lookAtCli(profile, ask)) };
  });
}

async function lookAtCli(
  { program = '', origin }: Profile,
  { around, signal }: { readonly around: Surroundings; readonly signal: AbortSignal },
): Promise<Pick<CliFacts, 'path' | 'said' | 'fault'>> {
  // Each worktree has its own, or none.
  if (isRelative(program, around.platform)) return { path: program };
  try {
    const found = await find(program, around);
    if (found === undefined) return {};
    // What `--version` does to somebody's own script, nobody knows.
    if (origin !== 'built-in') return { path: found.program };
    const { env, patienceMs: boundMs } = around;
    const args = [...found.args, '--version'];
    const said = await askProgram({ program: found.program, args, env, signal, boundMs });
    return { path: found.args[0] ?? found.program, said: shortened(said) };
  } catch (error) {
    return { fault: `not usable: ${reasonOf(error)}` };
  }
}

function shortened(said: Said): Said {
  return said.kind === 'said' ? { ...said, text: versionLine(said.text) } : said;
}

function find(program: string, { env, platform, searchPath }: Surroundings) {
  return findProgram(program, { cwd: undefined, options: { env, platform }, searchPath });
}
