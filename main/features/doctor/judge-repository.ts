/** The repository, its worktrees, what Musher keeps of it and what was left behind. Pure. */
import type { ConfigFile } from '../../../preload/contract/settings.ts';
import type { Known, LeftoverFacts, LogFacts, RepositoryFacts, TreeFacts } from './ports.ts';
import { counted, ok, problem, sized, unknown, type Verdict, warning } from './verdict.ts';

export function judgeRepository({ root, branches, isShallow }: RepositoryFacts): Verdict {
  const found = `${root}, ${counted(branches, 'branch', 'branches')}`;
  return isShallow
    ? warning(
        `${found}, of which the older history is not here`,
        'Fetch it by `git fetch --unshallow`: merges look for where branches parted.',
      )
    : ok(found);
}

export interface Trees {
  readonly trees: readonly TreeFacts[];
  /** Those that Musher makes for agents: `agent/backend`. */
  readonly branches: readonly string[];
}

/** What git lists and what is on the disk. */
export function judgeTrees({ trees }: Trees): Verdict {
  const of = (kind: TreeFacts['kind']) => trees.filter((tree) => tree.kind === kind);
  const [missing, moved, forgotten] = [of('missing'), of('moved'), of('forgotten')];
  const locked = trees.filter((tree) => tree.locked !== undefined);
  const details = [
    ...missing.map(({ path, ...one }) => `missing: ${path}${branchOf(one)}`),
    ...moved.map(
      ({ path, wasAt }) => `moved: ${path}${wasAt === undefined ? '' : `, was ${wasAt}`}`,
    ),
    ...forgotten.map(({ path }) => `unknown to git: ${path}`),
    ...locked.map(({ path, locked: why }) => `locked: ${path}${why ? ` (${why})` : ''}`),
  ];
  const counts = [
    [missing, 'missing'],
    [moved, 'moved'],
    [forgotten, 'unknown to git'],
    [locked, 'locked'],
  ] as const;
  const wrong = counts.filter(([some]) => some.length > 0);
  const stand = trees.length - missing.length - of('trash').length;
  const total = counted(stand, 'worktree');
  if (wrong.length === 0) return ok(`${total}, all where git looks for them`);
  const said = wrong.map(([some, word]) => `${some.length} ${word}`).join(', ');
  if (missing.length + moved.length + forgotten.length === 0)
    return ok(`${total}, of which ${said}`, details);
  return warning(
    `${total}; ${said}`,
    moved.length + forgotten.length > 0
      ? '`musher worktree repair` tells git where they are; `musher worktree prune` clears away what is gone.'
      : '`musher worktree prune` clears away what git knows of them; a folder that was moved comes back by `musher worktree repair <folder>`.',
    details,
  );
}

function branchOf({ branch }: Pick<TreeFacts, 'branch'>): string {
  return branch === undefined ? '' : ` (${branch})`;
}

/** More than this of recordings is said as something to do. */
const manyBytes = 5_000_000_000;

export interface Left extends LeftoverFacts, Trees {}

export function judgeLeftovers(left: Left, known: Known | undefined): Verdict {
  const { recordings, temporary, trees } = left;
  const trash = trees.filter(({ kind }) => kind === 'trash');
  const nobodys = known === undefined ? [] : nobodysTrees(trees, known);
  const branches = known === undefined ? [] : nobodysBranches(left, known);
  const isLarge = recordings.sizeBytes > manyBytes;
  const groups: ReadonlyArray<readonly [count: number, said: string, remedy: string]> = [
    [
      nobodys.length,
      `${counted(nobodys.length, 'worktree')} of no agent`,
      '`musher worktree prune` shows and clears worktrees',
    ],
    [
      trash.length,
      `${counted(trash.length, 'removed worktree')} still on the disk`,
      '`musher worktree prune` ends removals',
    ],
    [
      branches.length,
      `${counted(branches.length, 'branch', 'branches')} of no agent`,
      '`git branch -d <branch>` takes a merged branch away',
    ],
    [
      temporary.length,
      counted(temporary.length, 'temporary folder'),
      'temporary folders may be deleted',
    ],
    [
      isLarge ? 1 : 0,
      `${sized(recordings.sizeBytes)} of recordings`,
      `recordings may be deleted from ${recordings.folder}`,
    ],
  ];
  const some = groups.filter(([count]) => count > 0);
  const details = [
    ...nobodys.map(({ path, ...one }) => `worktree: ${path}${branchOf(one)}`),
    ...trash.map(({ path }) => `removed: ${path}`),
    ...branches.map((branch) => `branch: ${branch}`),
    ...temporary.map((path) => `temporary: ${path}`),
  ];
  const { count = 0, sizeBytes = 0 } = left.copies ?? {};
  const own = `, ${counted(count, 'copy', 'copies')} of the terminal host’s program, ${sized(sizeBytes)}`;
  const recorded = `${counted(recordings.count, 'recording')}, ${sized(recordings.sizeBytes)}`;
  const kept = `${recorded}${count === 0 ? '' : own}`;
  const unasked =
    known === undefined
      ? '; which worktrees and branches are no agent’s, a running Musher knows'
      : '';
  if (some.length === 0) return ok(`nothing was left behind; ${kept}${unasked}`, details);
  const remedies = [...new Set(some.map(([, , remedy]) => remedy))].join('; ');
  return warning(
    `${some.map(([, said]) => said).join(', ')}${unasked}`,
    `${remedies.charAt(0).toUpperCase()}${remedies.slice(1)}.`,
    details,
  );
}

/** Made for an agent that is none any more. What a person made by hand is none of ours. */
function nobodysTrees(trees: readonly TreeFacts[], { agents }: Known): TreeFacts[] {
  const theirs = new Set(agents.flatMap(({ path }) => path ?? []));
  const names = new Set(agents.map(({ id }) => id));
  return trees.filter(
    ({ kind, path, madeFor }) =>
      (kind === 'folder' || (kind === 'linked' && madeFor !== undefined && !names.has(madeFor))) &&
      !theirs.has(path),
  );
}

function nobodysBranches({ branches, trees }: Trees, { agents }: Known): string[] {
  const used = new Set([
    ...agents.flatMap(({ branch }) => branch ?? []),
    ...agents.map(({ id }) => `agent/${id}`),
    ...trees.flatMap(({ branch }) => branch ?? []),
  ]);
  return branches.filter((branch) => !used.has(branch));
}

export function judgeLog(log: LogFacts): Verdict {
  if (log.kind === 'none') return ok('none yet; it is made when Musher first opens the repository');
  if (log.kind === 'unreadable')
    return problem(
      `${log.path} cannot be read: ${log.reason}`,
      'Give yourself read and write access to that file and its folder.',
    );
  const { path, sizeBytes, isSqlite, format, newestFormat } = log;
  if (!isSqlite)
    return problem(
      `${path} is no log`,
      'Move it away, with those beside it, and put a copy of the log from a backup in its place.',
    );
  if (format > newestFormat)
    return problem(
      `${path} was written by a newer Musher (format ${format}, this one knows ${newestFormat})`,
      'Update this Musher; an older one cannot open it.',
    );
  return ok(`${path}, ${sized(sizeBytes)}; \`musher verify\` proves it`);
}

export function judgeConfig(files: readonly ConfigFile[]): Verdict {
  const there = files.filter(({ state }) => state !== 'absent');
  if (there.length === 0) return ok('there is none, so the defaults apply');
  const bad = there.filter(({ state }) => state === 'bad');
  if (bad.length === 0) return ok(there.map(({ path }) => path).join(', '));
  const details = bad.flatMap(({ path, problems }) =>
    problems.map(({ line, key, message }) =>
      [`${path}${line === undefined ? '' : `, line ${line}`}`, key, message]
        .filter(Boolean)
        .join(': '),
    ),
  );
  const isNewer = bad.some(({ problems }) =>
    problems.some(({ message }) => message.startsWith('there is no key')),
  );
  return problem(
    `${counted(details.length, 'fault')} in ${bad.map(({ path }) => path).join(', ')}; what it said when it was last good applies`,
    isNewer
      ? 'Mend each line; where a newer Musher wrote it, update this one. `musher settings` lists every key.'
      : 'Mend each line; `musher settings` lists every key.',
    details,
  );
}

/** What needs a repository where there is none. */
export function withoutRepository(reason: string): Verdict {
  return unknown(`not looked at, because the repository cannot be opened: ${reason}`);
}
