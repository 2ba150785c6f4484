// Time travel over whatever may happen to a hub: the state at any event is what folding the log up to there gives.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Feature, HubState } from '../../main/hub/feature.ts';
import { fold, initialState } from '../../main/hub/fold.ts';
import { newest } from '../../main/hub/past/fold-alone.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { openBox } from '../harness/hub.ts';
import { memoryStore, type MemoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { keepAll, MemoryWaypoints, openPastBox, type PastBox, stateOf } from '../harness/past.ts';
import type { Step } from './command-step.ts';
import { steps, take } from './hub-steps.ts';
import { rounds } from '../harness/rounds.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const spacing = { near: 7, nearEvents: 28, far: 14 };

/** What is done to what is kept before a look, aimed by a share of what there is; then another thread opens it. */
const mishaps: Readonly<Record<string, (run: Run, share: number) => void>> = {
  none: () => undefined,
  keep: ({ box }) => keepAll(box.past),
  forget({ waypoints }, share) {
    waypoints.forget(pick(waypoints.places(), share)?.seq ?? 0);
  },
  spoil({ waypoints, features }, share) {
    const kept = waypoints.kept.get(pick(waypoints.places(), share)?.seq ?? 0);
    kept?.set(nameOf(features, share), { version: 1, json: 'spoilt' });
  },
  version(run, share) {
    const name = nameOf(run.features, share);
    run.features = run.features.map((one) =>
      one.contract.name === name ? { ...one, version: one.version + 1 } : one,
    );
  },
};

interface Run {
  readonly store: MemoryStore;
  readonly waypoints: MemoryWaypoints;
  features: readonly Feature[];
  box: PastBox;
}

function pick<T>(all: readonly T[], share: number): T | undefined {
  return all[Math.floor(share * all.length)];
}

function nameOf(features: readonly Feature[], share: number): string {
  return pick(features, share)?.contract.name ?? '';
}

async function logOf(all: readonly Step[]) {
  const played = world();
  const store = memoryStore();
  const box = await openBox({ features: played.features, store });
  for (const step of all) if (step.does !== 'crash') await take(box, played, step);
  await box.hub.stop();
  return { store, features: played.features };
}

/** After each event, from none. */
function statesOf(store: MemoryStore, features: readonly Feature[]): HubState[] {
  const registry = buildRegistry(features);
  const states = [initialState(registry)];
  for (const event of store.page({ after: 0, limit: 100_000 }))
    states.push(fold(registry, states.at(-1) ?? {}, newest(registry, event)));
  return states;
}

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const look = fc.tuple(fc.constantFrom(...Object.keys(mishaps)), share);

it('PAST-1, PAST-3: whatever happened, and whatever became of what is kept', async () => {
  await fc.assert(
    fc.asyncProperty(steps, fc.array(look, { minLength: 4 }), async (all, looks) => {
      const { store, features } = await logOf(all);
      const states = statesOf(store, features);
      const waypoints = new MemoryWaypoints();
      const open = (of: readonly Feature[]) =>
        openPastBox({ store, features: of, waypoints, spacing });
      const run: Run = { store, features, waypoints, box: open(features) };
      for (const [what, at] of looks) {
        mishaps[what]?.(run, at);
        if (what !== 'none') run.box = open(run.features);
        const seq = 1 + Math.floor(at * (states.length - 1));
        const found = stateOf(run.box.past, seq);
        expect(plain(found), `#${seq} of ${states.length - 1}`).toEqual(plain(states[seq]));
      }
    }),
    { numRuns: rounds(15, 1_000) },
  );
});
