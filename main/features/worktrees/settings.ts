/** What config files say of worktrees. The first file that says a thing counts: the user's own. Pure. */
import type { Config } from '../../../preload/contract/config.ts';
import type { TreeCommands, TreeSettings } from '../agents/index.ts';
import type { GoodConfig } from '../settings/index.ts';

/** How many worktrees stand ready. */
export function poolSize(files: readonly GoodConfig[]): number {
  const found = files.find(({ config }) => config.worktrees.pool !== undefined);
  return found?.config.worktrees.pool ?? 0;
}

const defaultMinutes = { setup: 30, teardown: 5 };

export function treeSettings(files: readonly GoodConfig[]): TreeSettings {
  const first = <K extends keyof Config['worktrees']>(key: K): Config['worktrees'][K] =>
    files.find(({ config }) => config.worktrees[key] !== undefined)?.config.worktrees[key];
  const commandsOf = (key: 'setup' | 'teardown'): TreeCommands | undefined => {
    const file = files.find(({ config }) => config.worktrees[key] !== undefined);
    const commands = file?.config.worktrees[key] ?? [];
    if (commands.length === 0) return undefined;
    const minutes = first(`${key}_timeout_minutes`) ?? defaultMinutes[key];
    const isOfRepository = file?.origin === 'repository';
    return { commands, timeoutMs: minutes * 60_000, isOfRepository };
  };
  const base = first('base');
  const setup = commandsOf('setup');
  const teardown = commandsOf('teardown');
  const ports = first('ports');
  return {
    ...(base !== undefined && { base }),
    ...(ports && { ports }),
    ...(setup && { setup }),
    ...(teardown && { teardown }),
    fetches: first('fetch') ?? false,
    rebases: first('rebase') === 'clean',
  };
}
