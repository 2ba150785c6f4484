// The proof of collisions, played: a test says what collides, and sees what was asked.

import type {
  CollisionProof,
  CommittedChanges,
  Verdict,
} from '../../main/features/conflicts/ports.ts';
import type { CollidingFile, CollidingView } from '../../preload/contract/conflict-records.ts';

export class PlayedProof implements CollisionProof {
  /** Pairs of worktrees that were merged, `<path> <path>`. */
  readonly asked: string[] = [];
  readonly forgotten: string[] = [];
  /** What commits changed, by worktree. */
  readonly changed = new Map<string, CommittedChanges>();
  /** When what is there already was written, by worktree. */
  readonly times = new Map<string, number>();
  /** Answers of `between` wait for this. */
  gate: Promise<unknown> = Promise.resolve();
  private readonly verdicts = new Map<string, Verdict>();

  /** In this order of worktrees; no files: it merges. */
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

  async between(ours: string, theirs: string): Promise<Verdict> {
    const key = `${ours} ${theirs}`;
    this.asked.push(key);
    await this.gate;
    const nothing = { isKnown: true, collisions: { files: [], fileCount: 0 }, proved: [] } as const;
    return this.verdicts.get(key) ?? { ...nothing, collisions: { files: [], fileCount: 0 } };
  }

  async view(_pair: unknown, path: string): Promise<CollidingView> {
    return { path, reason: 'content', hunks: [], hunkCount: 0, sides: ['changed', 'changed'] };
  }

  async committed({ worktreePath }: { readonly worktreePath: string }): Promise<CommittedChanges> {
    return this.changed.get(worktreePath) ?? new Map();
  }

  async firstMs({ worktreePath }: { readonly worktreePath: string }): Promise<number | undefined> {
    return this.times.get(worktreePath);
  }

  async dispose(): Promise<void> {}
}
