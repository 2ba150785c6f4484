/** Targets: the branches that work is merged into, and what happens to them without the hub. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { targets as contract } from '../../../preload/contract/targets.ts';
import { ok, wireOf } from '../../base/result.ts';
import type { EffectHandler, Feature, WaitChange, Waits } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import type { RestoreData } from './decide.ts';
import {
  decideAccept,
  decideRestore,
  decideRestored,
  decideRestoreFailed,
  decideTell,
} from './decide.ts';
import type { Targets } from './ports.ts';
import type { TargetsState } from './slice.ts';
import { initialTargets, reduceTargets } from './slice.ts';
import { watchTargets } from './watch-targets.ts';
import { sayMove } from './words.ts';

type Restored = EventData<typeof contract, 'target.restored'>;
type Moved = EventData<typeof contract, 'target.moved'>;

export function targetsFeature({ targets }: { readonly targets: Targets }): Feature {
  return feature(contract, {
    initial: initialTargets,
    version: 2,
    commands: {
      'target.tell': { decide: decideTell },
      'target.accept': { decide: decideAccept },
      'target.restore': { decide: decideRestore },
      'target.restored': { decide: decideRestored },
      'target.restore_failed': { decide: decideRestoreFailed },
    },
    queries: { 'target.list': async (_ask, { state }) => ok({ targets: state.values() }) },
    reduce: reduceTargets,
    views: { target: { items: (state: TargetsState) => state } },
    waits: targetWaits,
    describe: {
      'target.moved': ({ data }) => `${(data as Moved).target} moved: ${sayMove(data as Moved)}`,
    },
    effects: { 'target.restore': restoring(targets) },
    start: (life) => watchTargets(targets, life),
  });
}

const kind = 'target';

const targetWaits: Waits = {
  'target.moved': ({ data }) => {
    const moved = data as Moved;
    const { target } = moved;
    const title = `${target} moved without Musher: ${sayMove(moved)}`;
    return [
      { opens: { kind, subject: target, to: 'operator', agent: '', title, isBlocking: false } },
    ];
  },
  'target.accepted': settles,
  'target.restored': ({ data, ...event }) => {
    const { target, commit, keptRef } = data as Restored;
    const title = `${target} is back at ${commit.slice(0, 8)}; what it left by that is kept at ${keptRef}`;
    const opens = { kind, subject: target, to: 'operator', agent: '', title, isBlocking: false };
    return [...settles({ data, ...event }), { opens }];
  },
  'approval.merged': settles,
};

function settles({ data }: EventEnvelope): WaitChange[] {
  return [{ settles: `${kind}/${(data as { target: string }).target}` }];
}

function restoring(port: Targets): EffectHandler<RestoreData> {
  return {
    async run(data, { signal }) {
      const { keptRef } = await port.restore({ ...data, signal });
      const { target, to: commit } = data;
      return { type: 'target.restored', data: { target, commit, keptRef } };
    },
    failed: ({ target }, error) => ({
      type: 'target.restore_failed',
      data: { target, error: wireOf(error) },
    }),
  };
}
