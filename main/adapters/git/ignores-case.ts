/** Disks that take `A` and `a` for one name (macOS and Windows as they come). Names are compared as such a disk does. */
import { askText } from './ask.ts';
import type { Git } from './run.ts';

/** As git found out when the repository was made, or was told since. */
export async function ignoresCase(
  git: Git,
  where: { readonly cwd: string; readonly signal?: AbortSignal },
): Promise<boolean> {
  const args = ['config', '--type=bool', '--get', 'core.ignorecase'];
  return (await askText(git, { ...where, args, okCodes: [0, 1] })) === 'true';
}

/** Two names of the same text here are one file on such a disk. */
export function withoutCase(name: string): string {
  return name.toLowerCase();
}
