import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { IntentRecord } from '../../preload/contract/intents.ts';
import type { ConflictRecord } from '../../preload/contract/conflict-records.ts';
import { Pace } from '../../main/base/pace.ts';
import { rebuild } from '../../main/hub/rebuild.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { TestClock } from '../harness/clock.ts';
import { type Box, openBox } from '../harness/hub.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { rounds } from '../harness/rounds.ts';
import { command, name, operator, type Step } from './command-step.ts';
import { conflictCommands, declaring } from './conflict-steps.ts';
import { take } from './hub-steps.ts';

const step: fc.Arbitrary<Exclude<Step, { does: 'fail' | 'exit' }>> = fc.oneof(
  { weight: 12, arbitrary: declaring },
  { weight: 8, arbitrary: fc.oneof(...conflictCommands) },
  {
    weight: 1,
    arbitrary: command(operator, ['agent.destroy', 'agent.revive'], fc.record({ agent: name })),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constant('wait' as const),
      ms: fc.constantFrom(1_000, 5_000, 61_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ does: 'crash' as const }) },
);

/** What a file or pattern of the steps means, said anew: which of these it covers. */
const meant: Readonly<Record<string, readonly string[]>> = {
  x: ['x'],
  'src/a.ts': ['src/a.ts'],
  'src/b.ts': ['src/b.ts'],
  'src/': ['src/a.ts', 'src/b.ts', 'src/c.md'],
  'src/*.ts': ['src/a.ts', 'src/b.ts'],
  '**/*.md': ['src/c.md', 'docs/a.md'],
  'docs/a.md': ['docs/a.md'],
};

const regionsMeet: Readonly<Record<string, boolean>> = {
  'range1 range4': true,
  'range1 range1': true,
  'range4 range4': true,
  'function class': true,
};

function nameOf(region: { kind: string; startLine?: number }): string {
  return `${region.kind}${region.startLine ?? ''}`;
}

function isMeeting(one: IntentRecord, other: IntentRecord): boolean {
  const parts = (file: IntentRecord['files'][number]) =>
    typeof file === 'string'
      ? { paths: meant[file] ?? [], regions: [] }
      : { paths: meant[file.path] ?? [], regions: file.regions.map(nameOf) };
  return one.files.map(parts).some((a) =>
    other.files.map(parts).some((b) => {
      if (!a.paths.some((path) => b.paths.includes(path))) return false;
      if (a.regions.length === 0 || b.regions.length === 0) return true;
      return a.regions.some((x) =>
        b.regions.some(
          (y) =>
            x === y ||
            x.startsWith('range') !== y.startsWith('range') ||
            (regionsMeet[`${x} ${y}`] ?? regionsMeet[`${y} ${x}`] ?? false),
        ),
      );
    }),
  );
}

async function check(box: Box): Promise<string> {
  const { intents } = (await box.ask('intent.list')) as { intents: IntentRecord[] };
  const met = intents.flatMap((one, at) =>
    intents.slice(at + 1).flatMap((other) => (isMeeting(one, other) ? [[one, other]] : [])),
  ) as [IntentRecord, IntentRecord][];
  expect(met.filter((both) => both.every(({ exclusive }) => exclusive))).toEqual([]);
  const { conflicts } = (await box.ask('conflict.list', { all: true })) as {
    conflicts: ConflictRecord[];
  };
  const isForward = ({ kind, end }: ConflictRecord) => kind === 'forward' && end === undefined;
  const told = conflicts.filter(isForward).map(({ agents }) => agents.toSorted().join());
  const pairs = met.map((both) =>
    both
      .map(({ agent }) => agent)
      .toSorted()
      .join(),
  );
  expect(told.toSorted()).toEqual(pairs.toSorted());
  return `${intents.filter(({ exclusive }) => exclusive).length}/${met.length}`;
}

it('no two live claims ever overlap, who says the same is told just so, and the log gives it all again', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (all) => {
      const [played, store] = [world(), memoryStore()];
      let drawn = 0;
      // Over all lives, so that no id comes twice.
      const random = () => {
        drawn += 1;
        return (drawn * 0.618_033_988_7) % 1;
      };
      let box = await openBox({ features: played.features, store, random });
      for (const one of ['a', 'b', 'c']) await box.dispatch('agent.add', { name: one });
      for (const one of all) {
        if (one.does === 'crash') {
          box.crash();
          const clock = new TestClock();
          clock.advance(box.clock.now() - clock.now());
          box = await openBox({ features: played.features, store, clock, random });
        } else await take(box, played, one);
        // The end of what is over is told by the next tick; in steps of whole seconds, that is at once.
        await box.advance(1_000);
        seen.add(await check(box));
      }
      const registry = buildRegistry(played.features);
      const fresh = { ...store, slices: () => [] };
      const { state } = await rebuild({ registry, store: fresh, pace: new Pace(new TestClock()) });
      expect(JSON.stringify(state.conflicts)).toBe(JSON.stringify(box.hub.state().conflicts));
      await box.hub.stop();
    }),
    { numRuns: rounds(30, 3_000) },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['2/0', '1/1', '0/3']));
});
