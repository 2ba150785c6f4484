// The proof of collisions, played: a test says what collides, and sees what was asked.

import type {
  CollisionProof,
  BranchChanges,
  CommittedChanges,
  MergeSide,
  Verdict,
} from '../../main/features/conflicts/ports.ts';
import type { CollidingFile, CollidingView } from '../../preload/contract/conflict-records.ts';

export class PlayedProof implements CollisionProof {
  /** What was merged, `<path> <path or ref>`. */
  readonly asked: string[] = [];
  readonly forgotten: string[] = [];
  /** What commits changed, by worktree. */
  readonly changed = new Map<string, CommittedChanges>();
  /** What the target has since it left it, by worktree. */
  readonly ahead = new Map<string, CommittedChanges>();
  /** When what is there already was written, by worktree. */
  readonly times = new Map<string, number>();
  /** Answers of `between` wait for this. */
  gate: Promise<unknown> = Promise.resolve();
  private readonly verdicts = new Map<string, Verdict>();

  /** In this order of paths and refs; no files: it merges. */
  say(ours: string, theirs: string, ...files: readonly CollidingFile[]): void {
    const proved = files.map(({ path, reason }) => ({
      ...{ path, reason },
      names: [path],
      isByFolder: false,
    }));
    const collisions = { files: [...files], fileCount: files.length };
    this.verdicts.set(`${ours} ${theirs}`, { isKnown: true, collisions, proved });
  }

  sayUnknown(ours: string, theirs: string, reason: string): void {
    this.verdicts.set(`${ours} ${theirs}`, { isKnown: false, reason });
  }

  tell(): void {}

  forget(worktreePath: string): void {
    this.forgotten.push(worktreePath);
  }

  async between(ours: string, theirs: MergeSide): Promise<Verdict> {
    const key = `${ours} ${typeof theirs === 'string' ? theirs : theirs.ref}`;
    this.asked.push(key);
    await this.gate;
    const nothing = { isKnown: true, collisions: { files: [], fileCount: 0 }, proved: [] } as const;
    return this.verdicts.get(key) ?? { ...nothing, collisions: { files: [], fileCount: 0 } };
  }

  async view(_pair: unknown, path: string): Promise<CollidingView> {
    return { path, reason: 'content', hunks: [], hunkCount: 0, sides: ['changed', 'changed'] };
  }

  async branchChanges({ worktreePath }: { readonly worktreePath: string }): Promise<BranchChanges> {
    const none: CommittedChanges = new Map();
    const [own, ahead] = [this.changed, this.ahead].map((all) => all.get(worktreePath) ?? none);
    return { own: own ?? none, ahead: ahead ?? none };
  }

  async firstMs({ worktreePath }: { readonly worktreePath: string }): Promise<number | undefined> {
    return this.times.get(worktreePath);
  }

  async dispose(): Promise<void> {}
}
