import {
  chmod,
  copyFile,
  mkdir,
  readdir,
  readFile,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { pageQueries } from '../../main/adapters/sqlite/log-reader.ts';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { verifyLogFile } from '../../main/adapters/sqlite/verify-file.ts';
import type { PageAsk } from '../../main/hub/feature.ts';
import { openHub } from '../../main/hub/hub.ts';
import type { Batch } from '../../main/hub/log-store.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { TestClock, turn } from '../harness/clock.ts';
import { afterTurn, refusedWith, seededRandom } from '../harness/hub.ts';
import { append, linkedEvents, newLogPath, openLog, withTables } from '../harness/hub-files.ts';
import { memoryStore } from '../harness/hub-memory-store.ts';
import { toyFeature } from '../harness/hub-toy.ts';

const nothing: Batch = { events: [], receipts: [], effects: [], endedEffects: [] };
const effect = { id: 'fx1-0', kind: 'k', lane: 'l', data: '{}', attempts: 0 };
const receipt = {
  caller: 'operator',
  commandId: 'command-1',
  fingerprint: 'f',
  seq: 1,
  result: '{}',
} as const;
const isWindows = process.platform === 'win32';

describe.each([
  ['SQLite', async () => openLog(await newLogPath())],
  ['memory', async () => memoryStore()],
] as const)('a log store on %s', (_, open) => {
  it('LOG-7: keeps a batch whole, and reads it back by page', async () => {
    const store = await open();
    const events = linkedEvents(store, 20, ['a']).map((one, index) =>
      index % 2 === 0 ? one : { ...one, topics: ['a', 'b', 'b'] },
    );
    store.commit({ events, receipts: [receipt], effects: [effect], endedEffects: [] });
    const seqs = (ask: Parameters<typeof store.page>[0]) => store.page(ask).map(({ seq }) => seq);
    expect(store.head()).toEqual({ seq: 20, hash: events[19]?.hash });
    expect(seqs({ after: 18, limit: 9 })).toEqual([19, 20]);
    expect(seqs({ before: 4, limit: 2 })).toEqual([2, 3]);
    expect(seqs({ limit: 2 })).toEqual([1, 2]);
    expect(seqs({ after: 3, limit: 3, topic: 'b' })).toEqual([4, 6, 8]);
    expect(seqs({ before: 9, limit: 2, topic: 'b' })).toEqual([6, 8]);
    expect(seqs({ before: 9, limit: 2, type: 'test.happened' })).toEqual([7, 8]);
    expect(seqs({ after: 0, limit: 2, type: 'test.other' })).toEqual([]);
    expect(store.receipt('operator', 'command-1')).toMatchObject(receipt);
    expect([store.pendingEffects(), store.receipt('agent:a', 'command-1')]).toEqual([
      [effect],
      undefined,
    ]);
  });

  it('counts beginnings, takes them back, and ends effects', async () => {
    const store = await open();
    store.commit({ ...nothing, effects: [effect, { ...effect, id: 'fx1-1' }] });
    expect([store.beginEffect('fx1-0'), store.beginEffect('fx1-0')]).toEqual([1, 2]);
    store.letEffectGo('fx1-0');
    store.commit({ ...nothing, endedEffects: ['fx1-1', 'fx9-9'] });
    expect(store.pendingEffects()).toEqual([{ ...effect, attempts: 1 }]);
  });

  it('keeps marks, of each owner apart', async () => {
    const store = await open();
    const [one, other] = [store.marks('one'), store.marks('other')];
    one.set('m', '1');
    one.set('m', '2');
    store.commit({ ...nothing, marks: [{ owner: 'other', name: 'm', value: '3' }] });
    expect([one.get('m'), other.get('m'), one.get('n')]).toEqual(['2', '3', undefined]);
  });

  it('FOLD-5: keeps slices in pieces, and what stands still is not written again', async () => {
    const store = await open();
    const end = { hash: 'h', written: [], unchanged: [] };
    for (const [part, json] of ['{"a":', '1}'].entries())
      store.saveSlicePart({ feature: 'a', seq: 5, part, json });
    expect(store.slices()).toEqual([]);
    store.saveSnapshot({ ...end, seq: 5, written: [{ feature: 'a', version: 1, parts: 2 }] });
    store.saveSlicePart({ feature: 'b', seq: 9, part: 0, json: '[]' });
    const b = { feature: 'b', version: 3, parts: 1 };
    store.saveSnapshot({ ...end, seq: 9, written: [b], unchanged: ['a'] });
    store.saveSlicePart({ feature: 'b', seq: 12, part: 0, json: 'never finished' });
    while (store.dropOldParts(1));
    expect(store.slices()).toMatchObject([
      { feature: 'a', version: 1, seq: 9, hash: 'h' },
      { feature: 'b', version: 3, seq: 9, hash: 'h' },
    ]);
    expect([store.sliceJson('a'), store.sliceJson('b')]).toEqual(['{"a":1}', '[]']);
  });

  it('reads pages beside the loop, cut by number or by bytes, and says whether there is more', async () => {
    const store = await open();
    append(store, 300);
    const seqs = async (ask: PageAsk) => {
      const { events, more } = await store.read(ask);
      return [events[0]?.seq, events.at(-1)?.seq, more];
    };
    expect(await seqs({ after: 0, limit: 200 })).toEqual([1, 200, true]);
    expect(await seqs({ after: 100, limit: 200 })).toEqual([101, 300, false]);
    expect(await seqs({ before: 300, limit: 50 })).toEqual([250, 299, true]);
    expect(await seqs({ after: 298, limit: 9 })).toEqual([299, 300, false]);
    expect(await seqs({ after: 300, limit: 200 })).toEqual([undefined, undefined, false]);
  });
});

it('LOG-7: a batch of which one part cannot be written leaves nothing behind', async () => {
  const store = await openLog(await newLogPath());
  append(store, 1);
  const events = [...linkedEvents(store, 2), ...linkedEvents(store, 1)];
  expect(() =>
    store.commit({ events, receipts: [receipt], effects: [effect], endedEffects: [] }),
  ).toThrow();
  expect([
    store.head().seq,
    store.receipt('operator', 'command-1'),
    store.pendingEffects(),
  ]).toEqual([1, undefined, []]);
  append(store, 1);
  expect(await store.verify()).toMatchObject({ ok: true, head: 2 });
});

it('LOG-4: a log that is open is refused to another, until it is closed', async () => {
  const file = await newLogPath();
  const first = await openLog(file);
  await refusedWith('REPOSITORY_BUSY', openLogStore(file, { now: () => 0 }));
  await refusedWith('REPOSITORY_BUSY', verifyLogFile(file));
  append(first, 1);
  await first.close();
  expect((await openLog(file)).head().seq).toBe(1);
});

it('LOG-4: opening and refusing in one process lets no other process in', async () => {
  const file = await newLogPath();
  await openLog(file);
  await refusedWith('REPOSITORY_BUSY', openLogStore(file, { now: () => 0 }));
  const script = `
    const { openLogStore } = await import(process.argv[1]);
    await openLogStore(process.argv[2], { now: () => 0 }).then(
      () => console.log('opened'), (error) => console.log(error.wire.code));
    process.exit(0);`;
  const store = new URL('../../main/adapters/sqlite/log-store.ts', import.meta.url).href;
  const args = ['--input-type=module', '--eval', script, store, file];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout.trim()).toBe('REPOSITORY_BUSY');
});

describe('LOG-11: what may be long is read beside the loop', () => {
  /** Turns of the loop until it settles. */
  async function turnsUntil(promise: Promise<unknown>): Promise<number> {
    let isOver = false;
    const over = promise.finally(() => {
      isOver = true;
    });
    let turns = 0;
    for (; !isOver; turns++) await turn();
    await over;
    return turns;
  }

  async function longLog() {
    const store = await openLog(await newLogPath());
    for (let n = 0; n < 8; n++) append(store, 1_000);
    return store;
  }

  it('the proof of a chain: others have their turns meanwhile', async () => {
    const store = await longLog();
    // The thread is there from the first on: what is counted is the work.
    await store.verify();
    expect(await turnsUntil(store.verify())).toBeGreaterThan(1);
  });

  it('a page does not wait for a proof, and sees what was committed a moment ago', async () => {
    const store = await longLog();
    const order: string[] = [];
    const proof = store.verify().then(() => order.push('proof'));
    append(store, 1);
    const page = await store.read({ before: 99_999, limit: 400 });
    order.push('page');
    await proof;
    expect([order, page.events.at(-1)?.seq]).toEqual([['page', 'proof'], 8_001]);
  });

  it('a caller that goes ends its own alone', async () => {
    const store = await longLog();
    const caller = new AbortController();
    const [gone, waits] = [store.verify(caller.signal), store.verify()];
    caller.abort(new Error('the caller went'));
    await expect(gone).rejects.toThrow('the caller went');
    expect(await waits).toMatchObject({ ok: true, head: 8_000 });
    await expect(store.verify(caller.signal)).rejects.toThrow('the caller went');
  });

  it('closing the store ends what is read, and what is asked later', async () => {
    const store = await longLog();
    const reads = [store.verify(), store.read({ after: 0, limit: 500 })];
    const refused = reads.map((one) => refusedWith('SHUTTING_DOWN', one));
    await store.close();
    await Promise.all(refused);
    await refusedWith('SHUTTING_DOWN', store.verify());
    await refusedWith('SHUTTING_DOWN', store.read({ limit: 1 }));
    await store.close();
  });

  it('an error of the reader is told, and it goes on', async () => {
    const store = await longLog();
    const broken = { after: 0, limit: Number.NaN };
    await expect(store.read(broken)).rejects.toThrow();
    expect(await store.verify()).toMatchObject({ ok: true });
  });
});

it('LOG-12: what is committed comes into the file without the loop, which begins its log anew', async () => {
  const file = await newLogPath();
  const store = await openLog(file);
  const { size } = statSync(file);
  for (let n = 0; n < 300; n++) append(store, 10);
  // No turn of the loop has ended since: whatever a commit does itself is done.
  expect(statSync(file).size).toBe(size);
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(1024 * 1024);
  await expect.poll(() => statSync(file).size, { timeout: 10_000 }).toBeGreaterThan(size);
  // How often it was begun stands in its head.
  const beginnings = async () => (await readFile(`${file}-wal`)).readUInt32BE(12);
  const before = await beginnings();
  const afterOne = () => {
    append(store, 1);
    return beginnings();
  };
  await expect.poll(afterOne, { timeout: 10_000 }).toBeGreaterThan(before);
  await store.close();
  expect(await verifyLogFile(file)).toMatchObject({ ok: true });
});

it('LOG-9: marks of the first format find their owners', async () => {
  const file = await newLogPath();
  await mkdir(path.dirname(file));
  await copyFile(new URL('../fixtures/logs/v1.sqlite', import.meta.url), file);
  withTables(file, (db) =>
    db.exec(`INSERT INTO marks VALUES ('handed/a', '1'), ('token/a', '2'), ('sessions', '[]')`),
  );
  const store = await openLog(file);
  expect([
    store.marks('messages').get('handed/a'),
    store.marks('tokens').get('a'),
    store.marks('messages').get('token/a'),
  ]).toEqual(['1', '2', undefined]);
});

describe('LOG-5: what is no log, or of a newer Musher, is refused and left as it is', () => {
  it('a file of something else', async () => {
    const file = await newLogPath();
    await mkdir(path.dirname(file));
    await writeFile(file, 'dear diary '.repeat(500));
    await refusedWith('LOG_DAMAGED', openLogStore(file, { now: () => 0 }));
    await refusedWith('LOG_DAMAGED', verifyLogFile(file));
    expect(await readFile(file, 'utf8')).toBe('dear diary '.repeat(500));
  });

  it('a file of a newer format', async () => {
    const file = await newLogPath();
    await (await openLog(file)).close();
    withTables(file, (db) => db.pragma('user_version = 99'));
    const error = await refusedWith('LOG_DAMAGED', openLogStore(file, { now: () => 0 }));
    expect(error.wire.message).toContain('newer Musher');
  });

  it('a log with a page of zeros', async () => {
    const file = await newLogPath();
    const store = await openLog(file);
    append(store, 400);
    await store.close();
    const bytes = await readFile(file);
    const start = bytes.byteLength - 10 * 4096;
    await writeFile(file, bytes.fill(0, start, start + 8 * 4096));
    const open = async () => {
      const damaged = await openLog(file);
      await openHub({
        ...{ features: [toyFeature()], store: damaged, clock: new TestClock() },
        ...{ random: seededRandom(1), log: silentLogger },
      });
    };
    await refusedWith('LOG_DAMAGED', open());
  });

  it.skipIf(isWindows || process.getuid?.() === 0)(
    'a folder that cannot be written is no damage',
    async () => {
      const file = await newLogPath();
      await mkdir(path.dirname(file), { mode: 0o500 });
      await refusedWith('STORE_FAILED', openLogStore(file, { now: () => 0 }));
      await chmod(path.dirname(file), 0o700);
    },
  );

  it('a file where the folder should be is no damage', async () => {
    const file = await newLogPath();
    await writeFile(path.dirname(file), '');
    await refusedWith('STORE_FAILED', openLogStore(file, { now: () => 0 }));
  });
});

it.skipIf(isWindows)(
  'LOG-6: only its owner can read the log, what SQLite puts beside it, and its folder',
  async () => {
    const file = await newLogPath();
    append(await openLog(file), 1);
    const folder = path.dirname(file);
    const modes = await Promise.all(
      (await readdir(folder)).map(
        async (name) => (await stat(path.join(folder, name))).mode & 0o777,
      ),
    );
    const whole = { modes: [0o600, 0o600, 0o600, 0o600], folder: 0o700 };
    expect({ modes, folder: (await stat(folder)).mode & 0o777 }).toEqual(whole);
  },
);

describe('LOG-7: a torn end of the write-ahead log costs whole commits from the end alone', () => {
  it.each([1, 37, 4_000, 9_000])('%i bytes short', async (short) => {
    const file = await newLogPath();
    const store = await openLog(file);
    for (let n = 0; n < 10; n++) append(store, 3);
    const copy = `${path.dirname(file)}/copy.sqlite`;
    await copyFile(file, copy);
    await copyFile(`${file}-wal`, `${copy}-wal`);
    await truncate(`${copy}-wal`, (await stat(`${copy}-wal`)).size - short);
    const torn = await openLog(copy);
    const { ok, head } = await torn.verify();
    expect({ ok, isWhole: head % 3 === 0, isLess: head < 30, isMost: head >= 24 }).toEqual({
      ...{ ok: true, isWhole: true, isLess: true, isMost: true },
    });
    append(torn, 1);
    expect(await torn.verify()).toMatchObject({ ok: true, head: head + 1 });
  });
});

describe('LOG-8: pages are read through indexes, without a scan or a sort', () => {
  it.each(Object.entries(pageQueries))('%s', async (...row) => {
    const [name, sql] = row;
    const file = await newLogPath();
    await (await openLog(file)).close();
    const asked = name.startsWith('all') ? [1, 2] : ['x', 1, 2];
    const plan = withTables(file, (db) =>
      (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...asked) as Array<{ detail: string }>).map(
        ({ detail }) => detail,
      ),
    );
    for (const step of plan)
      expect(step).toMatch(/^SEARCH \w+ USING (INTEGER )?(PRIMARY KEY|(COVERING )?INDEX)/);
  });
});

it('LOG-9: a file of the first format is brought to the newest, and knows its own name', async () => {
  const file = await newLogPath();
  await mkdir(path.dirname(file));
  new Database(file).close();
  const store = await openLog(file);
  append(store, 1);
  const { logId } = store;
  await store.close();
  expect((await openLog(file)).logId).toBe(logId);
});

describe('LOG-3: verify finds what was done to the past, and where', () => {
  type Change = (db: Database.Database) => unknown;
  const sql =
    (text: string): Change =>
    (db) =>
      db.exec(text);
  const spoil: Array<[string, Change, number]> = [
    [
      'a changed byte',
      sql(`UPDATE events SET body = replace(body, '"index":4', '"index":5') WHERE seq = 5`),
      5,
    ],
    ['a changed hash', sql(`UPDATE events SET hash = '00' WHERE seq = 5`), 5],
    ['a removed event', sql('DELETE FROM events WHERE seq = 5'), 6],
    ['a removed beginning', sql('DELETE FROM events WHERE seq < 3'), 3],
    [
      'a removed event, the rest moved up',
      sql('DELETE FROM events WHERE seq = 5; UPDATE events SET seq = seq - 1 WHERE seq > 5'),
      5,
    ],
    [
      'an inserted event',
      sql(`UPDATE events SET seq = -seq WHERE seq > 5; UPDATE events SET seq = 1 - seq WHERE seq < 0;
        INSERT INTO events SELECT 6, type, body, hash FROM events WHERE seq = 5`),
      6,
    ],
    [
      'two events in the other order',
      sql(
        'UPDATE events SET seq = 99 WHERE seq = 5; UPDATE events SET seq = 5 WHERE seq = 6; UPDATE events SET seq = 6 WHERE seq = 99',
      ),
      5,
    ],
  ];
  it.each(spoil)('%s', async (...row) => {
    const [, change, brokenAt] = row;
    const file = await newLogPath();
    const store = await openLog(file);
    append(store, 10);
    expect(await store.verify()).toEqual({ ok: true, ...verified(store) });
    await store.close();
    withTables(file, change);
    const found = await verifyLogFile(file);
    expect(found).toMatchObject({ ok: false, brokenAt });
    expect(found.reason).toMatch(/event \d+/);
    expect(await (await openLog(file)).verify()).toEqual(found);
  });

  it('a new hash chain over changed events has another head', async () => {
    const [one, other] = [await openLog(await newLogPath()), await openLog(await newLogPath())];
    append(one, 3);
    append(other, 4);
    expect((await one.verify()).hash).not.toBe((await other.verify()).hash);
  });
});

function verified(store: { head(): { seq: number; hash: string } }) {
  const { seq, hash } = store.head();
  return { head: seq, hash };
}

it('LOG-10: a commit that fails in its middle refuses its commands, and what was there stays', async () => {
  const file = await newLogPath();
  const clock = new TestClock();
  await (await openLog(file)).close();
  withTables(file, (db) =>
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.seq > 5
      BEGIN SELECT RAISE(ABORT, 'disk full'); END`),
  );
  const store = await openLog(file);
  const features = [toyFeature()];
  const hub = await openHub({ features, store, clock, random: seededRandom(1), log: silentLogger });
  const add = (times: number) =>
    afterTurn(clock, hub.dispatch({ type: 'toy.add', data: { name: 'x', times } }, 'operator'));
  await add(2);
  await refusedWith('STORE_FAILED', add(9));
  expect(await add(3)).toMatchObject({ seq: 5, result: { total: 5 } });
  expect([(await store.verify()).head, hub.head().seq]).toEqual([5, 5]);
  await hub.stop();
});
