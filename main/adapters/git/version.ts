import { musherError } from '../../base/result.ts';
import { askText } from './ask.ts';
import type { Git } from './run.ts';

/** `merge-tree --write-tree`, which all merging here rests on, came with 2.38. */
const oldest = [2, 38] as const;
export const oldestGit = oldest.join('.');

/** Throws GIT_MISSING when git cannot be started or is too old. */
export async function requireGit(git: Git, cwd: string): Promise<void> {
  const text = await askText(git, { cwd, args: ['--version'] });
  if (!isNewEnough(text)) throw musherError('GIT_MISSING');
}

/** `git version 2.39.5 (Apple Git-154)` and the like; what cannot be read counts as too old. */
export function isNewEnough(text: string): boolean {
  const [, major, minor] = /^git version (\d+)\.(\d+)/.exec(text) ?? [];
  const found = [Number(major), Number(minor)] as const;
  return found[0] > oldest[0] || (found[0] === oldest[0] && found[1] >= oldest[1]);
}
