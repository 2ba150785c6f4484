// The past of a real log: the thread that folds it, the file that keeps it, segments, and what is asked of both.

import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openPast } from '../../main/adapters/sqlite/open-past.ts';
import { segmentFile } from '../../main/adapters/sqlite/segments.ts';
import { waypointsFileOf } from '../../main/adapters/sqlite/waypoints-file.ts';
import { initialState } from '../../main/hub/fold.ts';
import { fold } from '../../main/hub/fold.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import { openBox, refusedWith } from '../harness/hub.ts';
import { newLogPath, openLog, withTables } from '../harness/hub-files.ts';
import { world } from '../harness/hub-ports.ts';
import { keepAll, stateOf } from '../harness/past.ts';
import { happen, openTimeline } from '../harness/timeline.ts';
import { waitFor } from '../harness/wait.ts';

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const spacing = { near: 20, nearEvents: 80, far: 40 };
const registry = buildRegistry(world().features);
const isWindows = process.platform === 'win32';

/** A log whose older half is in segments, with what folding it up to each event gives. */
async function sealedLog() {
  const file = await newLogPath();
  const store = await openLog(file, { retention: { keepEvents: 60, segmentEvents: 50 } });
  const box = await openBox({ features: world().features, store });
  await happen(box, 40);
  const oldest = () =>
    withTables(file, (db) => db.prepare('SELECT min(seq) FROM events').pluck().get() as number);
  await waitFor('the older half to be in segments', () => oldest() > 100 || oldest());
  const states = [initialState(registry)];
  for (const event of store.page({ after: 0, limit: 10_000 }))
    states.push(fold(registry, states.at(-1) ?? {}, event));
  return { file, states, head: states.length - 1 };
}

describe('the file of what is kept', () => {
  it('PAST-1, PAST-3, LOG-13: gives every state again, over segments, when it is cut off, spoilt or gone', async () => {
    const { file, states, head } = await sealedLog();
    const kept = waypointsFileOf(file);
    const look = async () => {
      const { past, close } = await openPast(file, { registry, spacing });
      for (const seq of [head, 3, 41, 60, head - 7, 40])
        expect(plain(stateOf(past, seq)), `#${seq}`).toEqual(plain(states[seq]));
      keepAll(past);
      close();
    };
    await look();
    if (!isWindows) expect((await stat(kept)).mode & 0o777).toBe(0o600);
    await look();
    withTables(kept, (db) => {
      db.prepare('DELETE FROM kept WHERE seq = 40').run();
      db.prepare("UPDATE bodies SET data = x'00' WHERE id % 3 = 0").run();
    });
    await look();
    await writeFile(kept, 'no database at all');
    await look();
    await rm(kept);
    await look();
  });

  it('PAST-5: stays within its bound by keeping fewer places, and is of one log alone', async () => {
    const { file, states, head } = await sealedLog();
    const few = { registry, spacing, maxBytes: 90_000 };
    const first = await openPast(file, few);
    keepAll(first.past);
    keepAll(first.past);
    expect(first.bytes()).toBeLessThan(150_000);
    expect(plain(stateOf(first.past, head - 3))).toEqual(plain(states[head - 3]));
    first.close();
    withTables(waypointsFileOf(file), (db) =>
      db.prepare("UPDATE meta SET value = 'other' WHERE key = 'made'").run(),
    );
    const again = await openPast(file, { registry, spacing });
    expect(plain(stateOf(again.past, 90))).toEqual(plain(states[90]));
    again.close();
  });

  it('LOG-13: a segment that is away is named to who needs it; what is kept behind it is shown all the same', async () => {
    const { file, states, head } = await sealedLog();
    const first = await openPast(file, { registry, spacing });
    keepAll(first.past);
    first.close();
    const place = segmentFile(file, { first: 51, last: 100 });
    await rename(place, `${place}.away`);
    const { past, close } = await openPast(file, { registry, spacing });
    expect(() => stateOf(past, 70)).toThrow(/Events 51 to 100 are in .*51-0+100\.sqlite/);
    for (const seq of [120, head]) expect(plain(stateOf(past, seq))).toEqual(plain(states[seq]));
    close();
  });
});

it('PAST-4: a thread that is killed is started again, and one that is not waited for lets go', async () => {
  const { box, past } = await openTimeline();
  await happen(box, 4);
  const ask = { at: '12' };
  const before = await box.ask('timeline.at', ask);
  const asked = box.ask('timeline.at', { at: '20' });
  await past.kill();
  expect(await asked).toMatchObject({ seq: 20, kinds: { agent: { count: 2 } } });
  expect(await box.ask('timeline.at', ask)).toEqual(before);
  const gone = new AbortController();
  const query = { type: 'timeline.at', data: { at: '15' }, signal: gone.signal };
  const cancelled = box.hub.query(query, 'operator');
  gone.abort(new Error('the caller went'));
  await expect(cancelled).rejects.toThrow('the caller went');
  // The next thread has to begin first.
  await past.kill();
  expect(await box.ask('timeline.at', { at: '15', waitMs: 0 })).toMatchObject({
    progress: { to: 15 },
    kinds: {},
  });
  const refused = refusedWith('SHUTTING_DOWN', box.ask('timeline.at', { at: '16' }));
  await past.close();
  await refused;
});
