/** What a snapshot says of itself, as trailers of its message. */
import { must } from '../../base/assert.ts';
import { askText } from './ask.ts';
import type { RepositoryContext } from './repository-context.ts';

export interface SnapshotAsk {
  readonly agent: string;
  /** The worktree. */
  readonly path: string;
  /** Its git folder; undefined when git forgot it, then only the files are kept. */
  readonly admin: string | undefined;
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
}

const trailers = { history: 'Musher-Nested', files: 'Musher-Nested-Files' } as const;

/** The message of a snapshot. */
export function writeNote({ agent, path }: SnapshotAsk, note: SnapshotNote): string {
  const { branch = 'detached', head = 'unborn', index = 'head', nested } = note;
  const lines = [
    `Musher-Agent: ${agent}`,
    `Musher-Worktree: ${JSON.stringify(path)}`,
    `Musher-Branch: ${branch}`,
    `Musher-Head: ${head}`,
    `Musher-Index: ${index}`,
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
  const lines = (await askText(git, { cwd: repository.root, args })).split('\n');
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
  };
}
