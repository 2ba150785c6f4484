// Branches of agents, played: each is where it is known to be until a test moves it.

import type { Branches, BranchFacts, MergePreviews } from '../../main/features/approvals/ports.ts';

export class PlayedBranches implements Branches {
  /** By branch, and what that is to the commit of a request. */
  private readonly at = new Map<string, Omit<BranchFacts, 'approval' | 'branch'>>();
  private readonly note: (what: string) => Promise<unknown>;
  private onMoved: (branch: string) => void = () => undefined;

  constructor(note: (what: string) => Promise<unknown>) {
    this.note = note;
  }

  /** Told; `put` is what nobody is told of. */
  move(branch: string, to: Partial<BranchFacts>): void {
    this.put(branch, to);
    this.onMoved(branch);
  }

  put(branch: string, to: Partial<BranchFacts>): void {
    this.at.set(branch, { holds: true, newer: 1, ...to });
  }

  watch: Branches['watch'] = (_branches, onMoved) => {
    this.onMoved = onMoved;
    return () => {
      this.onMoved = () => undefined;
    };
  };

  look: Branches['look'] = async (asks) => {
    const moved = asks.flatMap(({ approval, branch, known }) => {
      const facts = this.at.get(branch);
      return facts === undefined || facts.tip === known ? [] : [{ approval, branch, ...facts }];
    });
    // What nobody moved is no deed: tests of other things read their own alone.
    if (moved.length > 0)
      await this.note(`look ${moved.map(({ approval }) => approval).join(' ')}`);
    return moved;
  };
}

export function playedPreviews(targets: ReadonlyMap<string, string>): MergePreviews {
  return {
    preview: async ({ pin: { commit, target, base } }) => ({
      ...{ commit, target, tip: targets.get(target) ?? base, ahead: 0, behind: 0, isForward: true },
      outcome: 'clean',
      ...{ files: [], fileCount: 0 },
    }),
  };
}
