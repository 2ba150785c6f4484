// What a new agent waits for its worktree, of a repository of 20,000 files: taken from the pool, beside one that is made.
import { openRepository } from '../../main/adapters/git/open-repository.ts';
import { createPool } from '../../main/adapters/git/pool.ts';
import { createGit } from '../../main/adapters/git/run.ts';
import { createWorktrees } from '../../main/adapters/git/worktrees.ts';
import { systemClock } from '../../main/base/clock.ts';
import type { Bench } from './bench.ts';
import { median } from './load.ts';
import { makeTrees } from './trees-fixture.ts';

const rounds = 5;

export const bench: Bench = {
  name: 'pool',
  async run() {
    const fixture = await makeTrees(0);
    try {
      const git = createGit({ clock: systemClock, env: fixture.env });
      const context = { git, repository: await openRepository(git, fixture.repository) };
      const [pool, worktrees] = [createPool(context), createWorktrees(context)];
      let agents = 0;
      const provision = async (): Promise<number> => {
        agents += 1;
        const agent = `a${agents}`;
        const begun = performance.now();
        await worktrees.provision({ agent, branch: `agent/${agent}`, base: 'main' });
        return performance.now() - begun;
      };
      const [made, moved, kept]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round <= rounds; round++) {
        const times = [await provision()];
        for (const as of [undefined, 'set up']) {
          const path = await pool.make(await pool.commitOf('main'));
          await pool.finish(path, as);
          times.push(await provision());
        }
        // The first round warms.
        if (round === 0) continue;
        for (const [at, list] of [made, moved, kept].entries()) list.push(times[at] ?? 0);
      }
      const limit = median(made);
      return [
        { name: 'pool.moved', list: moved },
        { name: 'pool.kept', list: kept },
      ].map(({ name, list }) => {
        const value = median(list);
        return { name, value, unit: 'ms', limit, ratio: value / limit };
      });
    } finally {
      await fixture.dispose();
    }
  },
};
