// Worktrees that stand ready, played in memory.

import type { Pool, PoolMember } from '../../main/features/worktrees/ports.ts';

export class PlayedPool implements Pool {
  members: PoolMember[] = [];
  /** Where the base is. */
  commit = 'c1';
  readonly done: string[] = [];
  private made = 0;

  async list() {
    return this.members;
  }
  async commitOf() {
    return this.commit;
  }
  async make(commit: string) {
    this.made += 1;
    const name = `pool_${this.made}`;
    const path = `/r.worktrees/${name}`;
    this.done.push(`make ${name}`);
    this.members = [...this.members, { path, name, commit, isReady: false, isStale: false }];
    return path;
  }
  async bringTo(path: string, commit: string) {
    this.done.push(`refresh ${path}`);
    this.change(path, { commit, isReady: false });
  }
  async finish(path: string, as?: string) {
    this.change(path, { isReady: true, ...(as !== undefined && { setUpAs: as }) });
  }
  async remove(path: string) {
    this.done.push(`remove ${path}`);
    this.members = this.members.filter((one) => one.path !== path);
  }
  private change(path: string, over: Partial<PoolMember>) {
    this.members = this.members.map((one) => (one.path === path ? { ...one, ...over } : one));
  }
}
