/** What a snapshot says of itself, as trailers of its message. */
import type { SnapshotWhy } from '../../../preload/contract/snapshots.ts';
import { must } from '../../base/assert.ts';
import { askText } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface SnapshotAsk {
  readonly agent: string;
  /** The worktree. */
  readonly path: string;
  /** Its git folder; undefined when git forgot it, then only the files are kept. */
  readonly admin: string | undefined;
  /** Part of its name. Left out: one of a repository inside a worktree, which has no name of its own for long. */
  readonly why?: SnapshotWhy;
  /** Its program may be at work: what is there at one moment is enough. Default: taken until nothing changes any more. */
  readonly mayMove?: boolean;
}

/** What it has against HEAD, or against nothing where there is none. */
export interface SnapshotCounts {
  readonly files: number;
  readonly additions: number;
  readonly deletions: number;
}

export interface SnapshotNote {
  /** Full name of the branch that was checked out; undefined when HEAD was detached. */
  readonly branch?: string | undefined;
  /** The commit that HEAD was; undefined when unborn. */
  readonly head?: string | undefined;
  /** The commit whose tree is what was staged; undefined when that was HEAD's. */
  readonly index?: string | undefined;
  /** Repositories inside: folder, and id of their own snapshot. */
  readonly nested: readonly {
    readonly name: string;
    readonly key: string;
    /** `files`: the key is of its files, and not of a snapshot with its history. */
    readonly kept: 'history' | 'files';
  }[];
  /** Undefined where nobody counted. */
  readonly counts?: SnapshotCounts | undefined;
}

const trailers = { history: 'Musher-Nested', files: 'Musher-Nested-Files' } as const;

/** The message of a snapshot. */
export function writeNote({ agent, path }: SnapshotAsk, note: SnapshotNote): string {
  const { branch = 'detached', head = 'unborn', index = 'head', nested, counts } = note;
  const lines = [
    `Musher-Agent: ${agent}`,
    `Musher-Worktree: ${JSON.stringify(path)}`,
    `Musher-Branch: ${branch}`,
    `Musher-Head: ${head}`,
    `Musher-Index: ${index}`,
    ...(counts === undefined
      ? []
      : [`Musher-Changes: ${counts.files} +${counts.additions} -${counts.deletions}`]),
    ...nested.map(({ key, name, kept }) => `${trailers[kept]}: ${key} ${JSON.stringify(name)}`),
  ];
  return `Snapshot of ${agent}\n\n${lines.join('\n')}\n`;
}

/** Reads it back. What is missing counts as not known. */
export async function readNote(
  { git, repository }: RepositoryContext,
  commit: string,
): Promise<SnapshotNote> {
  const args = ['log', '-1', '--no-show-signature', '--no-color', '--format=%B', commit, '--'];
  return parseNote(await askText(git, { cwd: repository.root, args }));
}

export function parseNote(message: string): SnapshotNote {
  const lines = message.split('\n');
  const read = (name: string, none: string) => {
    const value = lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    return value === none ? undefined : value;
  };
  const nested = lines.flatMap((line) => {
    const [, files, key, name] = /^Musher-Nested(-Files)?: ([0-9a-f]+) (".*")$/.exec(line) ?? [];
    if (key === undefined) return [];
    const kept = files === undefined ? ('history' as const) : ('files' as const);
    return [{ key, name: String(JSON.parse(must(name, 'matched'))), kept }];
  });
  return {
    branch: read('Musher-Branch', 'detached'),
    head: read('Musher-Head', 'unborn'),
    index: read('Musher-Index', 'head'),
    nested,
    counts: readCounts(lines),
  };
}

function readCounts(lines: readonly string[]): SnapshotCounts | undefined {
  const line = lines.find((one) => one.startsWith('Musher-Changes: '));
  const [, files, additions, deletions] = /: (\d+) \+(\d+) -(\d+)$/.exec(line ?? '') ?? [];
  if (files === undefined) return undefined;
  return { files: Number(files), additions: Number(additions), deletions: Number(deletions) };
}
