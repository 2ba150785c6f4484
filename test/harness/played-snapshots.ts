// Snapshots, played: each is another one unless a test says that nothing changed.

import type { KeptSnapshot, Snapshots } from '../../main/features/snapshots/ports.ts';
import { musherError } from '../../main/base/result.ts';

export class PlayedSnapshots implements Snapshots {
  /** Newest first. */
  kept: KeptSnapshot[] = [];
  /** The next one has all that the newest has. */
  isSame = false;
  /** What all of them together take: this much each. */
  bytesEach = 0;
  private readonly deed: (what: string) => Promise<void>;

  constructor(deed: (what: string) => Promise<void>) {
    this.deed = deed;
  }

  /** Puts one there. */
  put(
    agent: string,
    { atMs, ...more }: { atMs: number } & Partial<KeptSnapshot['snapshot']>,
  ): void {
    const n = this.kept.length + 1;
    const commit = n.toString(16).padStart(12, '0').padEnd(40, 'a');
    const ref = `refs/musher/snapshots/${agent}/${n}`;
    const id = commit.slice(0, 12);
    const snapshot = { id, agent, ref, commit, atMs, nested: [], files: 1, ...more };
    this.kept.unshift({ snapshot, keys: [] });
  }

  list: Snapshots['list'] = async ({ agent }) =>
    this.kept.filter(({ snapshot }) => agent === undefined || snapshot.agent === agent);

  find: Snapshots['find'] = async ({ snapshot: id }) => {
    const found = this.kept.find(({ snapshot }) => snapshot.commit.startsWith(id));
    if (found === undefined) throw musherError('SNAPSHOT_UNKNOWN', { snapshot: id });
    return found;
  };

  take: Snapshots['take'] = async ({ agent, why }) => {
    await this.deed(`keep ${agent} ${why}`);
    const isNew = !this.isSame || this.kept.length === 0;
    if (isNew) this.put(agent, { atMs: 0, why, branch: `agent/${agent}`, head: 'c1' });
    const [newest] = this.kept;
    if (newest === undefined) throw new Error('nothing was put');
    return { snapshot: newest.snapshot, isNew };
  };

  diff: Snapshots['diff'] = async () => ({
    ...{ patch: 'patch', truncated: false, files: [], fileCount: 1 },
    ...{ additions: 2, deletions: 0 },
  });

  requireNew = async (to: string): Promise<void> => {
    if (!to.startsWith('/'))
      throw musherError('SNAPSHOT_TARGET_INVALID', { path: to, reason: 'it is not absolute' });
  };

  restore: Snapshots['restore'] = async (ask) => {
    const path = 'to' in ask ? ask.to : ask.path;
    await this.deed(`restore ${path} ${ask.paths?.join(' ') ?? 'all'}`);
    if ('to' in ask) return { path, files: 2, left: [] };
    const before = { ref: 'refs/musher/snapshots/x/0', commit: 'b'.repeat(40), atMs: 0 };
    return { path, files: 2, left: [], before };
  };

  sizeOf: Snapshots['sizeOf'] = async ({ commits }) => commits.length * this.bytesEach;

  forget: Snapshots['forget'] = async ({ refs }) => {
    await this.deed(`forget ${refs.length}`);
    const gone = new Set(refs.map(({ ref }) => ref));
    this.kept = this.kept.filter(({ snapshot }) => !gone.has(snapshot.ref));
  };
}
