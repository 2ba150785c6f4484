// LOG-13: what is old is in files of its own, and nobody who reads can tell.

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogFileOptions } from '../../main/adapters/sqlite/log-store.ts';
import { segmentFile, segmentsFolder } from '../../main/adapters/sqlite/segments.ts';
import { writeSegment } from '../../main/adapters/sqlite/write-segment.ts';
import { verifyLogFile } from '../../main/adapters/sqlite/verify-file.ts';
import type { PageAsk } from '../../main/hub/feature.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import type { InboxItem } from '../../preload/contract/messages.ts';
import { openBox, refusedWith } from '../harness/hub.ts';
import { append, newLogPath, openLog, withTables } from '../harness/hub-files.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { world } from '../harness/hub-ports.ts';
import { waitFor } from '../harness/wait.ts';

const retention = { keepEvents: 100, segmentEvents: 50 };
const options: Partial<LogFileOptions> = { retention };

/** Events 1 to 50 are sealed, 51 to 100 too, and so on, as long as 100 stay. */
async function sealedLog(count = 320): Promise<{ file: string; store: LogStore }> {
  const file = await newLogPath();
  const store = await openLog(file, options);
  for (let n = 0; n < count; n += 10) append(store, 10, n % 20 === 0 ? ['a'] : ['a', 'b']);
  await untilShort(file, store, count - 100);
  return { file, store };
}

/** Commits one event now and then, as a hub does, until the log has nothing older than `upTo`. */
async function untilShort(file: string, store: LogStore, upTo: number): Promise<void> {
  const wanted = Math.floor(upTo / 50) * 50;
  await waitFor('the log to be short', () => {
    append(store, 0);
    const oldest = oldestIn(file);
    return oldest > wanted ? true : new Error(`its oldest is ${oldest}, wanted ${wanted + 1}`);
  });
}

function oldestIn(file: string): number {
  return withTables(
    file,
    (db) => db.prepare('SELECT min(seq) FROM events').pluck().get() as number,
  );
}

function segmentsIn(file: string): { first: number; last: number }[] {
  return withTables(file, (db) => db.prepare('SELECT * FROM segments').all() as never);
}

it('LOG-13: every page is the same as if nothing had been sealed, also after a restart', async () => {
  const { file, store } = await sealedLog();
  const whole = memoryStore();
  for (let n = 0; n < 320; n += 10) append(whole, 10, n % 20 === 0 ? ['a'] : ['a', 'b']);
  await store.close();
  const again = await openLog(file, options);
  expect(segmentsIn(file).map(({ last }) => last)).toEqual([50, 100, 150, 200]);
  const seq = fc.integer({ min: 0, max: 330 });
  const narrow = fc.constantFrom({}, { topic: 'a' }, { topic: 'b' }, { type: 'test.happened' });
  const range = fc.oneof(
    seq.map((after) => ({ after })),
    seq.map((before) => ({ before })),
    fc.constant({}),
  );
  await fc.assert(
    fc.asyncProperty(range, narrow, fc.integer({ min: 1, max: 330 }), async (...row) => {
      const [from, by, limit] = row;
      const ask: PageAsk = { ...from, ...by, limit };
      const seqs = (events: readonly { seq: number }[]) => events.map((one) => one.seq);
      expect(seqs(again.page(ask))).toEqual(seqs(whole.page(ask)));
      const [page, expected] = [await again.read(ask), await whole.read(ask)];
      expect([seqs(page.events), page.more]).toEqual([seqs(expected.events), expected.more]);
    }),
    { numRuns: 200 },
  );
});

it('LOG-13: the chain is proved through the segments, with and without a hub', async () => {
  const { file, store } = await sealedLog();
  const proof = { ok: true, head: 320, hash: store.head().hash };
  expect(await store.verify()).toEqual(proof);
  await store.close();
  expect(await verifyLogFile(file)).toEqual(proof);
});

it('LOG-13: an unread message waits in a segment as it did in the log', async () => {
  const file = await newLogPath();
  const open = async (start = true) => {
    const store = await openLog(file, { retention: { keepEvents: 20, segmentEvents: 20 } });
    return { store, box: await openBox({ store, features: world().features, start }) };
  };
  const { store, box } = await open();
  await box.dispatch('agent.add', { name: 'a', profile: 'script', command: ['x'] });
  const { seq } = await box.dispatch('message.send', { to: 'a', body: 'do not forget me' });
  for (let n = 0; n < 80; n++) await box.dispatch('learning.add', { text: `${n}` });
  await waitFor('the message to be sealed', async () => {
    await box.dispatch('learning.add', { text: 'more' });
    return oldestIn(file) > seq;
  });
  await box.hub.stop();
  await store.close();
  const later = await open();
  const { items } = (await later.box.ask('inbox.read', {}, 'agent:a')) as { items: InboxItem[] };
  expect(items).toMatchObject([{ seq, text: 'do not forget me', redelivered: false }]);
});

it.skipIf(process.platform === 'win32')('LOG-6: only its owner can read a segment', async () => {
  const { file } = await sealedLog(160);
  const folder = segmentsFolder(file);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  for (const name of await readdir(folder))
    expect((await stat(path.join(folder, name))).mode & 0o777, name).toBe(0o600);
});

describe('a crash while a segment is made', () => {
  /** As it was before its rows were taken out of the log: the segment is there, named or not. */
  async function crashed(isNamed: boolean) {
    const file = await newLogPath();
    const store = await openLog(file, { retention: { keepEvents: 1_000, segmentEvents: 50 } });
    for (let n = 0; n < 16; n++) append(store, 10, ['a']);
    await store.close();
    const db = new Database(file);
    await writeSegment(db, { first: 1, last: 50 });
    if (isNamed)
      db.exec(`INSERT INTO segments VALUES (1, 50);
        DELETE FROM events WHERE seq < 21; DELETE FROM topics WHERE seq < 21`);
    db.close();
    return file;
  }

  it.each([false, true])('after it was written, named: %s', async (isNamed) => {
    const file = await crashed(isNamed);
    const seqs = (store: LogStore) =>
      [{ after: 0 }, { before: 999 }].map((from) =>
        store.page({ ...from, limit: 500, topic: 'a' }).map(({ seq }) => seq),
      );
    const all = Array.from({ length: 160 }, (_, at) => at + 1);
    const whole = [all, all];
    const store = await openLog(file, options);
    expect(seqs(store)).toEqual(whole);
    expect(await store.verify()).toMatchObject({ ok: true, head: 160 });
    await untilShort(file, store, 60);
    expect(seqs(store)).toEqual(whole);
    const topics = withTables(file, (db) =>
      db.prepare('SELECT min(seq) FROM topics').pluck().get(),
    );
    expect(topics).toBe(51);
  });

  it('in the middle of its file: the draft is nobody’s, and made anew', async () => {
    const file = await newLogPath();
    await mkdir(segmentsFolder(file), { recursive: true });
    const draft = `${segmentFile(file, { first: 1, last: 50 })}.draft`;
    await writeFile(draft, 'half of it');
    const store = await openLog(file, options);
    for (let n = 0; n < 16; n++) append(store, 10);
    await untilShort(file, store, 60);
    expect(existsSync(draft)).toBe(false);
    expect(await store.verify()).toMatchObject({ ok: true });
  });
});

describe('LOG-5: a segment', () => {
  const first = { first: 1, last: 50 };

  it('that is gone is told by name; what is newer is read, and all of it once it is back', async () => {
    const { file, store } = await sealedLog();
    await store.close();
    await rename(segmentFile(file, first), `${file}.away`);
    const without = await openLog(file, options);
    expect(() => without.page({ after: 0, limit: 1 })).toThrow('Events 1 to 50 are in');
    await refusedWith('SEGMENT_MISSING', without.read({ after: 0, limit: 1 }));
    expect(without.page({ after: 50, limit: 1 })).toMatchObject([{ seq: 51 }]);
    append(without, 1);
    expect(await without.verify()).toMatchObject({
      ...{ ok: false, brokenAt: 1 },
      reason: expect.stringContaining('Events 1 to 50 are in'),
    });
    await rename(`${file}.away`, segmentFile(file, first));
    expect(await without.verify()).toMatchObject({ ok: true, head: 321 });
  });

  it('that was changed is found, at its event', async () => {
    const { file, store } = await sealedLog();
    await store.close();
    const second = segmentFile(file, { first: 51, last: 100 });
    withTables(second, (db) =>
      db.exec(`UPDATE events SET body = replace(body, '"atMs":2', '"atMs":3') WHERE seq = 63`),
    );
    expect(await verifyLogFile(file)).toMatchObject({ ok: false, brokenAt: 63 });
  });

  it('that is no database any more is damaged, and the rest is read', async () => {
    const { file, store } = await sealedLog();
    await store.close();
    await writeFile(segmentFile(file, first), 'x'.repeat(5_000));
    const spoilt = await openLog(file, options);
    await refusedWith('LOG_DAMAGED', spoilt.read({ after: 0, limit: 500 }));
    expect(spoilt.page({ after: 50, limit: 1 })).toMatchObject([{ seq: 51 }]);
    expect(await spoilt.verify()).toMatchObject({ ok: false, brokenAt: 1 });
  });
});

it('where no segment can be written the log stays long and whole, and says so', async () => {
  const file = await newLogPath();
  const troubles: string[] = [];
  const store = await openLog(file, { retention, onTrouble: (reason) => troubles.push(reason) });
  await writeFile(segmentsFolder(file), 'a file where the folder should be');
  for (let n = 0; n < 16; n++) append(store, 10);
  await waitFor('the trouble to be told', () => troubles.length > 0);
  expect(store.page({ after: 0, limit: 500 })).toHaveLength(160);
  await store.close();
  await rm(segmentsFolder(file));
  const again = await openLog(file, options);
  await untilShort(file, again, 60);
  expect(await again.verify()).toMatchObject({ ok: true, head: 160 });
});

it('where none can be written for long, the trouble is not told for each commit', async () => {
  const file = await newLogPath();
  const long = await openLog(file);
  for (let n = 0; n < 30; n++) append(long, 1_000);
  await long.close();
  const troubles: string[] = [];
  const store = await openLog(file, { retention, onTrouble: (reason) => troubles.push(reason) });
  await writeFile(segmentsFolder(file), 'a file where the folder should be');
  append(store, 1);
  await waitFor('the trouble to be told', () => troubles.length > 0);
  for (let n = 0; n < 5; n++) {
    append(store, 1);
    // Takes longer than a try does.
    expect(await store.verify()).toMatchObject({ ok: true });
  }
  expect(troubles).toHaveLength(1);
  await store.close();
});
