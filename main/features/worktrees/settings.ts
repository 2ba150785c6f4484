/** What config files say of worktrees. The first file that says a thing counts: the user's own. Pure. */
import type { Config } from '../../../preload/contract/config.ts';
import type { TreeSettings } from '../agents/index.ts';
import type { GoodConfig } from '../settings/index.ts';

export function treeSettings(files: readonly GoodConfig[]): TreeSettings {
  const first = <K extends keyof Config['worktrees']>(key: K): Config['worktrees'][K] =>
    files.find(({ config }) => config.worktrees[key] !== undefined)?.config.worktrees[key];
  const base = first('base');
  const ports = first('ports');
  return {
    ...(base !== undefined && { base }),
    ...(ports && { ports }),
    fetches: first('fetch') ?? false,
    rebases: first('rebase') === 'clean',
  };
}
