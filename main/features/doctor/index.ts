/** Doctor: what Musher needs and whether it is there. It keeps nothing and changes nothing; what the hub knows makes it say more. */
import { doctor as contract } from '../../../preload/contract/doctor.ts';
import type { WorktreeRecord } from '../../../preload/contract/worktrees.ts';
import { systemClock } from '../../base/clock.ts';
import { ok } from '../../base/result.ts';
import type { Feature, QueryContext } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import { examine } from './examine.ts';
import type { Known, Machine } from './ports.ts';

export { examine } from './examine.ts';

export interface DoctorPorts {
  /** Fresh eyes for each examination. */
  readonly machine: () => Machine;
}

export function doctorFeature({ machine }: DoctorPorts): Feature {
  return feature(contract, {
    initial: {},
    version: 1,
    commands: {},
    queries: {
      'doctor.check': async (_data, ctx) =>
        ok(
          await examine({
            ...{ machine: machine(), clock: systemClock },
            ...{ signal: ctx.signal, known: knownBy(ctx) },
          }),
        ),
    },
    reduce: {},
  });
}

function knownBy(ctx: QueryContext<object>): Known {
  const agents = [...selectAgents(ctx.hub).byId.values()];
  const trees = ctx.live('worktree');
  return {
    agents: agents.map(({ id, profile, branch, worktreePath: path, state }) => ({
      ...{ id, profile, branch, path, isDestroyed: state === 'destroyed' },
    })),
    polled: agents.flatMap(({ id }) => {
      const seen = trees.get(id) as WorktreeRecord | undefined;
      return seen?.seenBy === 'poll' ? [{ agent: id, reason: seen.reason ?? 'unknown' }] : [];
    }),
  };
}
