import fc from 'fast-check';
import { expect, it } from 'vitest';
import { featureContracts } from '../../preload/contract/features.ts';
import { applyDelta, fromSnapshot, type Mirror, recordsIn } from '../../preload/contract/sync.ts';
import { Pace } from '../../main/base/pace.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { frameMs } from '../../main/hub/records-feed.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, openBox, TestPage } from '../harness/hub.ts';
import { memoryStore, type MemoryStore } from '../harness/hub-memory-store.ts';
import { world, type World } from '../harness/hub-ports.ts';
import type { Step } from './command-step.ts';
import { statesOf, steps, take } from './hub-steps.ts';
import { rounds } from '../harness/rounds.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const kinds = new Map(
  featureContracts.flatMap((one) => [
    ...Object.entries(one.records),
    ...Object.entries('live' in one ? one.live : {}),
  ]),
);

interface Run {
  readonly played: World;
  readonly store: MemoryStore;
  box: Box;
  page: TestPage;
  mirror: Mirror | undefined;
}

async function open(
  run: Pick<Run, 'played' | 'store'>,
): Promise<Pick<Run, 'box' | 'page' | 'mirror'>> {
  const box = await openBox({ features: run.played.features, store: run.store });
  const page = new TestPage();
  box.hub.openRecords(0, page);
  return { box, page, mirror: undefined };
}

async function begin(): Promise<Run> {
  const run = { played: world(), store: memoryStore() };
  return { ...run, ...(await open(run)) };
}

async function next(run: Run, step: Step): Promise<void> {
  if (step.does === 'crash') {
    run.box.crash();
    Object.assign(run, await open(run));
  } else await take(run.box, run.played, step);
  await run.box.advance(frameMs);
  for (const told of run.page.take()) {
    if ('snapshot' in told) run.mirror = fromSnapshot(told.snapshot);
    else run.mirror = run.mirror && applyDelta(run.mirror, told.delta);
  }
}

function snapshotOf(box: Box): TestPage['told'] {
  const fresh = new TestPage();
  box.hub.openRecords(0, fresh).close();
  return fresh.take();
}

function checkMirror({ box, page, mirror }: Run): void {
  const records = mirror === undefined ? {} : recordsIn(mirror);
  expect(plain([{ snapshot: { seq: mirror?.seq, records } }])).toEqual(plain(snapshotOf(box)));
  const live = page.takeLive().flatMap(({ put }) => Object.entries(put));
  for (const [id, record] of [...Object.entries(records), ...live]) {
    const parsed = kinds.get(id.split('/')[0] ?? '')?.safeParse(plain(record));
    expect(parsed?.error?.issues, id).toBeUndefined();
  }
}

async function checkRebuild({ box, played, store }: Run): Promise<void> {
  const rebuilt = await rebuild({
    registry: buildRegistry(played.features),
    store: { ...store, slices: () => [] },
    pace: new Pace(new TestClock()),
  });
  expect(rebuilt.head).toEqual(box.hub.head());
  expect(plain(rebuilt.state)).toEqual(plain(box.hub.state()));
}

async function checkLog({ box, store }: Run): Promise<void> {
  expect(await store.verify()).toMatchObject({ ok: true, head: box.hub.head().seq });
  for (const event of store.page({ after: 0, limit: 100_000 }))
    for (const topic of box.hub.topicsOf(event))
      expect(store.page({ after: event.seq - 1, limit: 1, topic })).toEqual([event]);
}

it('FOLD-1, FEED-2, FEED-8: whatever happens, pages mirror the state, the log gives it again, and records fit their schema', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const run = await begin();
      for (const step of all) {
        await next(run, step);
        checkMirror(run);
        await checkRebuild(run);
      }
      for (const type of run.store.tables.events.map((event) => event.type)) seen.add(type);
      await checkLog(run);
      await run.box.hub.stop();
    }),
    { numRuns: rounds(10, 2_000) },
  );
  expect([...seen].length, `only ${[...seen].join(', ')}`).toBeGreaterThanOrEqual(rounds(12, 20));
});

it('every transient state ends, whatever fails', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const run = await begin();
      for (const step of all) await next(run, step);
      await next(run, { does: 'wait', ms: 5_000 });
      expect(
        statesOf(run.box).filter((state) => state.endsWith('ing') && state !== 'running'),
      ).toEqual([]);
      expect(run.store.pendingEffects()).toEqual([]);
      await run.box.hub.stop();
    }),
    { numRuns: rounds(10, 2_000) },
  );
});
