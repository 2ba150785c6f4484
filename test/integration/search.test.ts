import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, open, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { searchFileOf } from '../../main/adapters/sqlite/search-file.ts';
import type { FindAsk } from '../../main/hub/feature.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { turn } from '../harness/clock.ts';
import { refusedWith, seededRandom } from '../harness/hub.ts';
import { newLogPath, openLog, withTables } from '../harness/hub-files.ts';
import { rounds } from '../harness/rounds.ts';
import { fields, say } from '../harness/said.ts';
import { findAll, openEngine } from '../harness/search.ts';
import { waitFor } from '../harness/wait.ts';

const program = fileURLToPath(new URL('../fixtures/search-load/main.ts', import.meta.url));
const isWindows = process.platform === 'win32';

function saidBy(from: string, bodies: readonly string[]) {
  return bodies.map((body) => ({ from, to: 'b', recipients: ['b'], body }));
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `word number${n + 1}`);
}

async function openSearched(file: string): Promise<LogStore> {
  const store = await openLog(file);
  store.searchBy(fields);
  return store;
}

async function seqsOf(store: LogStore, ask: Partial<FindAsk>): Promise<number[]> {
  const { events } = await store.find({ limit: 100, ...ask });
  return events.map(({ seq }) => seq);
}

/** How far the index is, by a look at its file. */
function indexedTo(file: string): number {
  return withTables(searchFileOf(file), (db) => {
    const cursor = db.prepare("SELECT value FROM meta WHERE key = 'cursor'").pluck().get();
    return (JSON.parse(cursor as string) as { seq: number }).seq;
  });
}

it('FIND-2: the index is made soon after a commit, beside the log and as private as it', async () => {
  const file = await newLogPath();
  const store = await openSearched(file);
  say(store, saidBy('a', numbered(1_200)));
  store.indexSoon();
  await waitFor('an index that is level', () => indexedTo(file) === 1_200 || indexedTo(file));
  if (isWindows) return;
  for (const end of ['', '-wal', '-shm'])
    expect((await stat(searchFileOf(file) + end)).mode & 0o777, end).toBe(0o600);
});

it('FIND-2, LOG-13: what is in segments is found, also by an index that is made anew', async () => {
  const file = await newLogPath();
  const store = await openLog(file, { retention: { keepEvents: 50, segmentEvents: 50 } });
  store.searchBy(fields);
  say(store, saidBy('a', numbered(230)));
  const oldest = () =>
    withTables(file, (db) => db.prepare('SELECT min(seq) FROM events').pluck().get() as number);
  await waitFor('all but the newest to be in segments', () => oldest() === 151 || oldest());
  const found = async (of: LogStore) => [
    await seqsOf(of, { text: 'number7' }),
    await seqsOf(of, { text: 'number51' }),
    await seqsOf(of, { text: 'number229' }),
    (await seqsOf(of, { text: 'word', limit: 500 })).length,
  ];
  const expected = [[7], [51], [229], 230];
  expect(await found(store)).toEqual(expected);
  await store.close();
  await rm(searchFileOf(file));
  expect(await found(await openSearched(file))).toEqual(expected);
});

it('FIND-4: commits leave the index alone, and the thread is told of all of them at once', async () => {
  const file = await newLogPath();
  const store = await openSearched(file);
  // The thread is there, and its index.
  await seqsOf(store, {});
  const at = [];
  for (const body of numbered(30)) {
    say(store, saidBy('a', [body]));
    store.indexSoon();
    await turn();
    at.push(indexedTo(file));
  }
  expect(new Set(at)).toEqual(new Set([0]));
  await waitFor('all of them', () => indexedTo(file) === 30 || indexedTo(file));
});

it('FIND-1: what was committed a moment ago is found', async () => {
  const store = await openSearched(await newLogPath());
  for (const body of numbered(20)) {
    say(store, saidBy('a', [body]));
    expect(await seqsOf(store, { text: body })).toEqual([store.head().seq]);
  }
});

it('FIND-1: an ask looks at a bounded piece of what the index has not got, and says where to go on', async () => {
  const file = await newLogPath();
  const store = await openLog(file);
  for (let n = 0; n < 10; n++) say(store, saidBy('a', numbered(1_000)));
  const engine = await openEngine(file);
  const backward = findAll(engine, { limit: 50, text: 'number7' });
  const forward = findAll(engine, { limit: 50, text: 'number7', after: 0 });
  const expected = Array.from({ length: 10 }, (_, n) => n * 1_000 + 7);
  expect([backward.seqs, forward.seqs]).toEqual([expected, expected]);
  expect([backward.asks, forward.asks]).toEqual([3, 3]);
});

it('FIND-2: after kill -9 it goes on where it was, and has each event once', async () => {
  const file = await newLogPath();
  const random = seededRandom(Date.now());
  for (let round = 0; round < rounds(2, 100); round++) {
    const child = spawn(process.execPath, [program, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    const lines = 2 + Math.floor(random() * 8);
    let acknowledged = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged = Number(line);
      if (acknowledged / 700 >= lines && child.exitCode === null) child.kill('SIGKILL');
    }
    await closed;
    expect(child.signalCode, 'it ended by itself').toBe('SIGKILL');
    const before = indexedTo(file);
    expect(before).toBeGreaterThan(0);
    const store = await openSearched(file);
    const head = store.head().seq;
    expect(head).toBeGreaterThanOrEqual(acknowledged);
    for (const seq of [1, before, before + 1, acknowledged, head])
      expect(await seqsOf(store, { text: `number${seq}` })).toEqual(seq > head ? [] : [seq]);
    store.indexSoon();
    await waitFor('the rest of it', () => indexedTo(file) === head || indexedTo(file));
    await store.close();
    expect(countIn(file), 'documents').toBe(head);
  }
});

function countIn(file: string): number {
  return withTables(searchFileOf(file), (db) => {
    const found = db
      .prepare(`SELECT rowid FROM found_0 WHERE found_0 MATCH '"word"'`)
      .pluck()
      .all();
    return found.length;
  });
}

describe('FIND-2: an index that is of no use is made anew', () => {
  /** A log with an index, closed. */
  async function indexed(word: string): Promise<string> {
    const file = await newLogPath();
    const store = await openSearched(file);
    say(store, saidBy('a', [`${word} one`, `${word} two`]));
    await seqsOf(store, { text: word });
    await store.close();
    return file;
  }

  const spoil: Record<string, (file: string) => Promise<unknown> | unknown> = {
    'is gone': (file) => rm(searchFileOf(file)),
    'is no database': (file) => writeFile(searchFileOf(file), 'x'.repeat(9_000)),
    'is empty': (file) => writeFile(searchFileOf(file), ''),
    'is cut off': async (file) => {
      const handle = await open(searchFileOf(file), 'r+');
      await handle.truncate(5_000);
      await handle.close();
    },
    'is torn inside': async (file) => {
      const handle = await open(searchFileOf(file), 'r+');
      const { size } = await handle.stat();
      await handle.write(Buffer.alloc(size - 4_096, 0xff), 0, size - 4_096, 4_096);
      await handle.close();
    },
    'lacks a table': (file) =>
      withTables(searchFileOf(file), (db) => void db.exec('DROP TABLE answers')),
    'is of an older format': (file) =>
      withTables(
        searchFileOf(file),
        (db) => void db.exec(`UPDATE meta SET value = '{"format":0}' WHERE key = 'made'`),
      ),
    'is of another log': async (file) => {
      const other = await indexed('other');
      await copyFile(searchFileOf(other), searchFileOf(file));
    },
    'knows a past that the log has not': async (file) => {
      const [mine, other] = [searchFileOf(file), searchFileOf(await indexed('other'))];
      const made = "SELECT value FROM meta WHERE key = 'made'";
      const of = withTables(mine, (db) => db.prepare(made).pluck().get());
      await copyFile(other, mine);
      withTables(mine, (db) => db.prepare("UPDATE meta SET value = ? WHERE key = 'made'").run(of));
    },
    'is further than the log': (file) =>
      withTables(
        searchFileOf(file),
        (db) =>
          void db.exec(`UPDATE meta SET value = '{"seq":9,"hash":"other"}' WHERE key = 'cursor'`),
      ),
  };

  it.each(Object.keys(spoil))('as one that %s', async (how) => {
    const file = await indexed('mine');
    await spoil[how]?.(file);
    const store = await openSearched(file);
    say(store, saidBy('a', ['mine three']));
    expect(await seqsOf(store, { text: 'mine' })).toEqual([1, 2, 3]);
    expect(await seqsOf(store, { text: 'other' })).toEqual([]);
    expect(indexedTo(file)).toBe(3);
  });

  it('as one that is damaged while it is used', async () => {
    const file = await newLogPath();
    const store = await openSearched(file);
    say(store, saidBy('a', ['mine one']));
    expect(await seqsOf(store, { text: 'mine' })).toEqual([1]);
    withTables(searchFileOf(file), (db) => void db.exec('DROP TABLE answers; DROP TABLE found_0'));
    say(store, saidBy('a', ['mine two']));
    expect(await seqsOf(store, { text: 'mine' })).toEqual([1, 2]);
  });

  it('as one that was made by other fields', async () => {
    const file = await indexed('mine');
    const store = await openLog(file);
    store.searchBy({ 'message.sent': { text: ['to'] } });
    expect(await seqsOf(store, { text: 'mine' })).toEqual([]);
    expect(await seqsOf(store, { text: 'b' })).toEqual([1, 2]);
  });
});

it('an index that cannot be written is told, with what to do, and used once it can', async () => {
  const file = await newLogPath();
  const store = await openSearched(file);
  say(store, saidBy('a', ['one']));
  // A folder stands where the file should.
  await mkdir(path.join(searchFileOf(file), 'full'), { recursive: true });
  const error = await refusedWith('SEARCH_FAILED', store.find({ limit: 1 }));
  expect(error.wire.mend).toContain('made anew from the log');
  await rm(searchFileOf(file), { recursive: true });
  expect(await seqsOf(store, {})).toEqual([1]);
});

it('who goes away, and the end of the store, end a search', async () => {
  const store = await openSearched(await newLogPath());
  say(store, saidBy('a', numbered(2_000)));
  const gone = new AbortController();
  const [first, second] = [store.find({ limit: 1 }, gone.signal), store.find({ limit: 1 })];
  gone.abort(new Error('gone'));
  await expect(first).rejects.toThrow('gone');
  expect((await second).events).toHaveLength(1);
  const last = store.find({ limit: 1 });
  const closed = store.close();
  await refusedWith('SHUTTING_DOWN', last);
  await closed;
  await refusedWith('SHUTTING_DOWN', store.find({ limit: 1 }));
});
