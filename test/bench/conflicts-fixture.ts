// Agents in worktrees of one large repository, as the source of collisions sees them: real trees, real git, and a hub that
// says no more than who has which worktree.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCollisionProof } from '../../main/adapters/git/collisions/collisions.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createTrees } from '../../main/adapters/trees/trees.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { startInFlight } from '../../main/features/conflicts/in-flight/in-flight.ts';
import type { SeenConflict } from '../../main/features/conflicts/teller.ts';
import type { TreeState } from '../../main/features/worktrees/index.ts';
import type { Life } from '../../main/hub/feature.ts';
import { Table } from '../../preload/contract/table.ts';

export const files = 20_000;
const filesInFolder = 20;

export const fileAt = (n: number) =>
  `packages/p${Math.floor(n / 400)}/src/m${Math.floor(n / filesInFolder)}/f${n % filesInFolder}.ts`;

export interface Watched {
  readonly roots: readonly string[];
  readonly runs: { count: number };
  /** Of each tree, as it was told last. */
  readonly states: ReadonlyMap<string, TreeState>;
  onSeen: (collision: SeenConflict) => void;
  dispose(): Promise<void>;
}

export const nameOf = (tree: number) => `a${tree}`;

export async function watchTrees(count: number): Promise<Watched> {
  const disk = process.platform === 'linux' && existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const home = await mkdtemp(join(disk, 'musher-conflicts-'));
  const root = join(home, 'repo');
  const env = { PATH: process.env.PATH ?? '', HOME: home, GIT_CONFIG_SYSTEM: devNull };
  const run = (args: readonly string[], cwd = root, input?: string) =>
    execFileSync('git', args, { cwd, env, input, encoding: 'utf8', maxBuffer: 1 << 28 }).trim();
  execFileSync('git', ['init', '-q', '-b', 'main', root], { env });
  run(['fast-import', '--quiet'], root, importOf());
  const commit = run(['rev-parse', 'refs/heads/main']);
  const roots = Array.from({ length: count }, (_, n) => join(home, 'trees', nameOf(n)));
  for (const path of roots) run(['worktree', 'add', '-q', '--detach', path, commit]);
  // What was written in the second of its index would be read again at each look.
  for (const path of roots) run(['status'], path);

  const runs = { count: 0 };
  const bare = createGit({ clock: systemClock, env });
  const git: typeof bare = {
    ...bare,
    run(ask) {
      runs.count++;
      return bare.run(ask);
    },
  };
  const repository = { root, commonDir: join(root, '.git'), name: 'repo', worktreesFolder: home };
  const proof = createCollisionProof({ git, repository }, join(home, 'collisions'));
  const states = new Map<string, TreeState>();
  const trees = createTrees(git);
  const agents = roots.map((worktreePath, n) => ({
    ...{ id: nameOf(n), worktreePath, base: { ref: 'refs/heads/main', commit } },
  }));
  const { life, end } = lifeOf(agents);
  const watched: Watched = {
    ...{ roots, runs, states, onSeen: () => undefined },
    async dispose() {
      await end();
      await proof.dispose();
      await rm(home, { recursive: true, force: true });
    },
  };
  const following = {
    follow: (path: string, listener: Parameters<typeof trees.follow>[1]) =>
      trees.follow(path, {
        onTrouble: (error) => listener.onTrouble(error),
        onState(state, touched) {
          states.set(path, state);
          listener.onState(state, touched);
        },
      }),
  };
  startInFlight(
    life,
    { trees: following, proof },
    {
      async seen(collision) {
        watched.onSeen(collision);
      },
      gone: async () => undefined,
      open: () => [],
    },
  );
  return watched;
}

function lifeOf(agents: readonly { readonly id: string }[]) {
  const ended = new AbortController();
  const ends: Array<() => unknown> = [];
  const byId = agents.reduce((table, one) => table.set(one.id, one), Table.empty<unknown>());
  const hub = { agents: { byId }, approvals: { byId: Table.empty() }, targets: Table.empty() };
  const life = {
    ...{ hub: () => hub, onTopics: () => undefined, own: (end: () => unknown) => ends.push(end) },
    ...{ clock: systemClock, logger: silentLogger, signal: ended.signal },
  } as unknown as Life<unknown>;
  return {
    life,
    async end() {
      ended.abort();
      for (const one of ends.reverse()) await one();
    },
  };
}

function importOf(): string {
  const parts = ['commit refs/heads/main\ncommitter a <a@b> 1700000000 +0000\ndata 1\na\n'];
  for (let n = 0; n < files; n++) {
    const text = `export const line${n} = 1;\n`.repeat(12);
    parts.push(`M 100644 inline ${fileAt(n)}\ndata ${text.length}\n${text}\n`);
  }
  return parts.join('');
}
