/** The work behind snapshots: few at once, each agent's one after another, called off with the hub and done again at its next start. */
import { snapshots as contract } from '../../../preload/contract/snapshots.ts';
import { must } from '../../base/assert.ts';
import { wireOf } from '../../base/result.ts';
import type { EffectHandler, SystemCommand } from '../../hub/feature.ts';
import { selectAgents } from '../agents/index.ts';
import type { RestoreData, TakeData } from './decide.ts';
import type { SnapshotsPorts } from './ports.ts';

/** Reading a large worktree takes a core and a disk; agents need them too. */
const atOnce = 2;

export function snapshotEffects({
  snapshots,
}: SnapshotsPorts): Readonly<Record<string, EffectHandler<never>>> {
  const take: EffectHandler<TakeData> = {
    atOnce,
    async run({ ask, ...data }, { signal }) {
      const { snapshot, isNew } = await snapshots.take({ ...data, signal });
      const { id: _i, nested: _n, ...kept } = snapshot;
      return report('snapshot.taken', { ask, ...kept, why: kept.why ?? data.why, isNew });
    },
    failed: ({ ask, agent, why }, error) =>
      report('snapshot.failed', { ask, agent, why, error: wireOf(error) }),
  };
  const restore: EffectHandler<RestoreData> = {
    atOnce,
    async run({ ask, agent, commit, path, isNew, paths }, { signal }) {
      const wish = { commit, paths, signal };
      const done = isNew
        ? await snapshots.restore({ ...wish, to: path, name: ask })
        : await snapshots.restore({ ...wish, agent, path });
      return report('snapshot.restored', { ask, agent, commit, ...done });
    },
    failed: ({ ask, agent }, error) =>
      report('snapshot.failed', { ask, agent, error: wireOf(error) }),
  };
  const forget: EffectHandler<{ refs: { ref: string; commit: string }[] }> = {
    async run({ refs }, { hub, signal }) {
      await snapshots.forget({ refs, agents: [...selectAgents(hub).byId.keys()], signal });
      return undefined;
    },
  };
  return {
    'snapshot.take': take,
    'snapshot.restore': restore,
    'snapshot.forget': forget,
  } as Record<string, EffectHandler<never>>;
}

function report(type: keyof (typeof contract)['commands'], data: unknown): SystemCommand {
  must(contract.commands[type], 'a command of the contract');
  return { type, data };
}
