/** Writes one segment: a proved copy of a range of the log, whole before it has its name. */
import { mkdir, open, rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import { chainHash } from '../../hub/seal.ts';
import { prepareInsert } from './insert-rows.ts';
import type { Row } from './log-reader.ts';
import type { Range } from './segments.ts';
import { segmentFile, segmentIndexes, segmentSchema, segmentsFolder } from './segments.ts';
import { sha256 } from './sha256.ts';

/** Rows in one reading of the log: a long one would keep SQLite from reusing its write-ahead log. */
const step = 1_000;

type Stored = Row & { readonly type: string };

/** `log`: a connection that reads. Throws when the range is not whole there, or its chain is broken; no file is left then. */
export async function writeSegment(log: Database.Database, range: Range): Promise<void> {
  await mkdir(segmentsFolder(log.name), { recursive: true, mode: 0o700 });
  const file = segmentFile(log.name, range);
  const draft = `${file}.draft`;
  await rm(draft, { force: true });
  await (await open(draft, 'wx', 0o600)).close();
  try {
    fill(draft, log, range);
    await sync(draft, 'r+');
    await rename(draft, file);
    // A name is durable once its folder is. Windows has no such thing, and needs none.
    if (process.platform !== 'win32') await sync(segmentsFolder(log.name), 'r');
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

function fill(draft: string, log: Database.Database, range: Range): void {
  const db = new Database(draft);
  try {
    // Until it has its name it is nobody's: a crash leaves a draft, which the next try makes anew.
    db.pragma('journal_mode = OFF');
    db.pragma('synchronous = OFF');
    db.exec(segmentSchema);
    db.transaction(() => {
      copyEvents(db, log, range);
      copyTopics(db, log, range);
      const meta = db.prepare('INSERT INTO meta VALUES (?, ?)');
      meta.run('log_id', log.prepare("SELECT value FROM meta WHERE key = 'log_id'").pluck().get());
    })();
    db.exec(segmentIndexes);
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function copyEvents(db: Database.Database, log: Database.Database, { first, last }: Range): void {
  const insert = prepareInsert(db, 'INSERT INTO events', 4);
  const read = log.prepare(
    'SELECT seq, type, body, hash FROM events WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
  );
  let hash: string | undefined;
  for (let seq = first - 1; seq < last; ) {
    const rows = read.all(seq, last, step) as Stored[];
    if (rows.length === 0) throw new Error(`event ${seq + 1} is missing`);
    for (const row of rows) {
      const isNext = row.seq === seq + 1;
      const isLinked = hash === undefined || chainHash({ sha256 }, hash, row.body) === row.hash;
      if (!isNext || !isLinked) throw new Error(`the chain is broken at event ${seq + 1}`);
      ({ seq, hash } = row);
    }
    insert(rows.flatMap((row) => [row.seq, row.type, row.body, row.hash]));
  }
}

function copyTopics(db: Database.Database, log: Database.Database, { first, last }: Range): void {
  const insert = prepareInsert(db, 'INSERT INTO topics', 2);
  const read = log.prepare('SELECT topic, seq FROM topics WHERE seq BETWEEN ? AND ?');
  let some: unknown[] = [];
  for (const row of read.iterate(first, last) as IterableIterator<{ topic: string; seq: number }>) {
    some.push(row.topic, row.seq);
    if (some.length < 2 * step) continue;
    insert(some);
    some = [];
  }
  insert(some);
}

async function sync(place: string, flags: 'r' | 'r+'): Promise<void> {
  const handle = await open(place, flags);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
