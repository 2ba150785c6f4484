/**
 * A worktree as it is on the disk, as a commit on top of what is checked out, in a scratch. It has an index of its own,
 * which starts as that commit and then takes what the watch says was written: one write costs one small update, and
 * neither the index of the worktree nor a lock of it is ever touched. The same files make the same commit.
 */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pace } from '../../../base/pace.ts';
import type { TreeState } from '../../../features/worktrees/ports.ts';
import { askText } from '../ask.ts';
import type { Git } from '../run.ts';
import { contested, isPlainEdit, type OtherSide } from './contested.ts';
import { commitBody, writeObject } from './loose-object.ts';
import { type Changes, isWithin, pathsIn } from './changed-paths.ts';
import { filesOf, type TreeFiles } from './tree-files.ts';
import type { Scratch } from './scratch.ts';

/** A tree with more is not proved: it would be read whole for one write. */
export const mostChanged = 20_000;

/** Why a tree cannot be proved, as a sentence for whoever asks. */
export class Unproved extends Error {}

export interface SnapshotDeps {
  readonly git: Git;
  readonly scratch: Scratch;
  readonly signal?: AbortSignal | undefined;
}

export interface SnapshotOf {
  readonly worktreePath: string;
  /** No other tree of the scratch has it. */
  readonly indexName: string;
  /** Of more files that were written at once it is asked which have a say; fewer are taken faster than that is found out. */
  readonly many: number;
  readonly pace: Pace;
}

interface Made {
  readonly scratch: Scratch;
  readonly head: string;
  /** What is changed: the index has it, or it is one of `left`. */
  readonly changed: Changes;
  /** What the index has as the commit although it is changed, until it has a say. */
  readonly left: ReadonlySet<string>;
  readonly commit: string;
}

const noPaths: ReadonlySet<string> = new Set();

export class TreeSnapshot {
  private readonly worktreePath: string;
  private readonly indexName: string;
  private readonly many: number;
  private readonly pace: Pace;
  private state: TreeState | undefined;
  private touched: 'all' | Set<string> = 'all';
  private made: Made | undefined;
  private tail: Promise<unknown> = Promise.resolve();
  private lfs = new Map<string, boolean>();

  constructor({ worktreePath, indexName, many, pace }: SnapshotOf) {
    this.worktreePath = worktreePath;
    this.indexName = indexName;
    this.many = many;
    this.pace = pace;
  }

  tell(state: TreeState, touched: 'all' | readonly string[]): void {
    this.state = state;
    if (touched === 'all' || this.touched === 'all') this.touched = 'all';
    else for (const path of touched) this.touched.add(path);
  }

  /** What it is on the side of another. Throws Unproved. */
  asOther(): OtherSide {
    const { state } = this;
    if (state === undefined) throw new Unproved('its worktree has not been read yet');
    if (state.head === undefined) throw new Unproved('its branch has no commit yet');
    return { head: state.head, changes: state.changes };
  }

  /**
   * One after another; each gives the commit of what was told before it began, as far as that has a say in a merge with the
   * other side. Throws Unproved, and what git throws.
   */
  commit(deps: SnapshotDeps, other: () => OtherSide): Promise<string> {
    const mine = this.tail.then(
      () => this.bringUp(deps, other),
      () => this.bringUp(deps, other),
    );
    this.tail = mine;
    return mine;
  }

  private async bringUp(deps: SnapshotDeps, other: () => OtherSide): Promise<string> {
    deps.signal?.throwIfAborted();
    const { head, changes } = this.asOther();
    const { made, touched } = this;
    if (changes.size === 0) return head;
    if (changes.size > mostChanged)
      throw new Unproved(`${changes.size} of its files are changed, more than ${mostChanged}`);
    const isSame = made?.scratch === deps.scratch && made.head === head;
    if (isSame && touched !== 'all' && touched.size + made.left.size === 0) return made.commit;
    // What comes meanwhile is of the next one; what fails is done anew, from the commit.
    this.touched = new Set();
    this.made = undefined;
    const { pace } = this;
    const goesOn = isSame && (await isWithin(made.changed, changes, pace));
    const paths = goesOn ? await pathsIn(changes, touched, pace) : [...changes.keys()];
    const before = goesOn ? made.left : noPaths;
    const left = await this.leave(deps, { head, changes, paths, before, other });
    const said = await pace.filter(before, (path) => !left.has(path));
    const written = await pace.filter(new Set([...paths, ...said]), (path) => !left.has(path));
    const isOld = goesOn && written.length === 0;
    const ask = { head, changes, paths: written, isNew: !goesOn };
    const commit = isOld ? made.commit : await this.write(deps, ask);
    this.made = { scratch: deps.scratch, head, changed: changes, left, commit };
    return commit;
  }

  /** Of what was written now and what was left before: what has no say in a merge with the other side. */
  private async leave(
    { git, scratch, signal }: SnapshotDeps,
    asked: {
      head: string;
      changes: Changes;
      paths: readonly string[];
      before: ReadonlySet<string>;
      other: () => OtherSide;
    },
  ): Promise<ReadonlySet<string>> {
    const { head, changes } = asked;
    const isPlain = (path: string) => isPlainEdit(path, changes.get(path));
    const plain = await this.pace.filter(asked.paths, isPlain);
    const before = await this.pace.filter(asked.before, isPlain);
    const may = new Set([...before, ...(plain.length > this.many ? plain : [])]);
    if (may.size === 0) return may;
    const at = { cwd: this.worktreePath, env: scratch.envOf(this.worktreePath), signal };
    const found = await contested(git, at, [head, asked.other()]);
    if (found === 'all') return noPaths;
    for (const path of found) may.delete(path);
    return may;
  }

  private async write(
    { git, scratch, signal }: SnapshotDeps,
    ask: {
      head: string;
      changes: Changes;
      paths: readonly string[];
      isNew: boolean;
    },
  ): Promise<string> {
    const cwd = this.worktreePath;
    const index = join(scratch.folder, this.indexName);
    const env = { ...scratch.envOf(cwd), GIT_INDEX_FILE: index };
    const at = { cwd, env, signal };
    if (!(await stat(cwd).catch(() => undefined))?.isDirectory())
      throw new Unproved(`its worktree ${cwd} is not there`);
    // Nobody else has this index: a lock is of a git that was ended.
    await rm(`${index}.lock`, { force: true });
    if (ask.isNew) await git.run({ ...at, args: ['read-tree', ask.head] });
    const files = await filesOf(ask.changes, ask.paths, {
      ...at,
      git,
      lfs: scratch.hasLfs ? this.lfs : undefined,
    });
    await update(git, at, files);
    const tree = await askText(git, { ...at, args: ['write-tree'] });
    const body = commitBody(tree, ask.head, 'What is on the disk\n');
    return writeObject(scratch.objectsFolder, 'commit', { body, like: ask.head });
  }
}

interface At {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

async function update(git: Git, at: At, { gone, kept, inPlace }: TreeFiles): Promise<void> {
  const joined = (lines: readonly string[]) =>
    Buffer.from(lines.map((line) => `${line}\0`).join(''));
  const updateIndex = async (flags: readonly string[], input: Buffer) => {
    const args = ['update-index', '-z', ...flags];
    if (input.length > 0) await git.run({ ...at, args, input });
  };
  await updateIndex(['--force-remove', '--stdin'], joined(gone));
  await updateIndex(['--add', '--remove', '--replace', '--stdin'], joined(kept));
  const lines = inPlace.map(({ mode, id, path }) => `${mode} ${id}\t${path}`);
  await updateIndex(['--replace', '--index-info'], joined(lines));
}
