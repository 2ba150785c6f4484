// The worktrees' watches, played: a test tells what a tree is like.

import type { TreeListener, TreeState, Trees } from '../../main/features/worktrees/ports.ts';

export class PlayedTrees implements Trees {
  private readonly listeners = new Map<string, Set<TreeListener>>();

  follow(worktreePath: string, listener: TreeListener) {
    const all = this.listeners.get(worktreePath) ?? new Set();
    this.listeners.set(worktreePath, all.add(listener));
    return () => {
      all.delete(listener);
    };
  }

  /** Which are followed by somebody. */
  followed(): string[] {
    return [...this.listeners].filter(([, all]) => all.size > 0).map(([path]) => path);
  }

  tell(
    worktreePath: string,
    state: Partial<TreeState>,
    touched: 'all' | readonly string[] = 'all',
  ): void {
    const changes = new Map([...(state.changes ?? [])].sort(([a], [b]) => (a < b ? -1 : 1)));
    const whole = { atMs: 0, seenBy: 'events' as const, ...state, changes };
    for (const listener of this.listeners.get(worktreePath) ?? []) listener.onState(whole, touched);
  }

  fail(worktreePath: string, error: unknown): void {
    for (const listener of this.listeners.get(worktreePath) ?? []) listener.onTrouble(error);
  }
}
