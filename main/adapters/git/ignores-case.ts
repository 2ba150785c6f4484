/** Disks that take `A` and `a` for one name (macOS and Windows as they come). */
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
