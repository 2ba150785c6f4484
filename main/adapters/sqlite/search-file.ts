/**
 * The index of a log: a file of its own beside it, made from the log alone. It says which log it is of, how it was made and
 * how far it is; one that says otherwise, or cannot be read, is thrown away and made anew.
 */
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { type Document, markOf, toMatch, type Wanted } from './search-document.ts';

/** Bumped when documents or tables become others. */
const format = 1;

/**
 * Events are indexed by so many numbers apart: FTS5 walks a list of hits from its end, and a walk to the middle of a
 * million takes a tenth of a second. It also parts a long search into steps.
 */
const shardSeqs = 131_072;

/**
 * Of a shard no text is kept (`content=''`): the log has it. `columnsize=0`: nothing is ranked. Words come as they are compared and
 * apart by spaces, so the tokenizer has nothing to decide; what marks are made of besides letters are parts of words to it.
 */
const tables = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE answers (seq INTEGER PRIMARY KEY, root INTEGER NOT NULL);`;
const shardTable = (name: string) => `
  CREATE VIRTUAL TABLE ${name} USING fts5(words, content='', columnsize=0,
    tokenize="ascii tokenchars '-._/*'")`;

/** What an index has to be of, to be of use. */
export interface IndexOf {
  readonly logId: string;
  /** What its documents were made by; other fields make other documents. */
  readonly fields: string;
}

/** The last event that was looked at. */
export interface IndexCursor {
  readonly seq: number;
  readonly hash: string;
}

export interface FindRange {
  /** Above this, below that. */
  readonly after: number;
  readonly before: number;
  readonly isAscending: boolean;
  readonly limit: number;
}

/** Events of neighbouring numbers. */
export interface Shard {
  readonly first: number;
  readonly last: number;
  /** Numbers of events, in the order of the range. */
  find(wanted: Wanted, range: FindRange): number[];
  /** The same, among these alone, oldest first. */
  findAmong(wanted: Wanted, seqs: readonly number[]): number[];
}

export interface SearchFile {
  cursor(): IndexCursor;
  /** All of it or nothing, with the cursor. */
  add(documents: readonly Document[], cursor: IndexCursor): void;
  /** First of the chain that this event is in; itself where it answers none. */
  rootOf(seq: number): number;
  /** Those that have something of the range, in its direction. */
  shards(range: FindRange): Shard[];
  close(): void;
}

export function searchFileOf(log: string): string {
  return path.join(path.dirname(log), 'search.sqlite');
}

/** Mode 0600, as the log has it. `accepts` is asked whether the cursor is one of this log. */
export async function openSearchFile(
  file: string,
  of: IndexOf,
  accepts: (cursor: IndexCursor) => boolean,
): Promise<SearchFile> {
  const found = await openIfOf(file, of);
  if (found !== undefined && accepts(found.cursor())) return found;
  found?.close();
  await removeSearchFile(file);
  return make(file, of);
}

export async function removeSearchFile(file: string): Promise<void> {
  for (const end of ['', '-wal', '-shm']) await rm(file + end, { force: true });
}

/** Undefined for one that is another's, or none. */
async function openIfOf(file: string, of: IndexOf): Promise<SearchFile | undefined> {
  await makePrivate(file);
  let db: Database.Database | undefined;
  try {
    db = openDatabase(file);
    const meta = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
    if (meta.get('made') === madeOf(of)) return createSearchFile(db);
  } catch {
    // Whatever is wrong with it: it holds nothing that the log has not.
  }
  db?.close();
  return undefined;
}

async function make(file: string, of: IndexOf): Promise<SearchFile> {
  await makePrivate(file);
  const db = openDatabase(file);
  try {
    db.transaction(() => {
      db.exec(tables);
      const set = db.prepare('INSERT INTO meta VALUES (?, ?)');
      set.run('made', madeOf(of));
      set.run('cursor', JSON.stringify({ seq: 0, hash: '' }));
    })();
    return createSearchFile(db);
  } catch (error) {
    db.close();
    throw error;
  }
}

async function makePrivate(file: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.chmod(0o600);
  } finally {
    await handle.close();
  }
}

function openDatabase(file: string): Database.Database {
  const db = new Database(file, { timeout: 0 });
  // A power cut may take the last of it, which is then made again; it does not break what is left.
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  return db;
}

function madeOf({ logId, fields }: IndexOf): string {
  return JSON.stringify({ format, logId, fields });
}

function createSearchFile(db: Database.Database): SearchFile {
  const cursor = db.prepare("SELECT value FROM meta WHERE key = 'cursor'").pluck();
  const move = db.prepare("UPDATE meta SET value = ? WHERE key = 'cursor'");
  const answers = db.prepare('INSERT OR REPLACE INTO answers VALUES (?, ?)');
  const root = db.prepare('SELECT root FROM answers WHERE seq = ?').pluck();
  const rootOf = (seq: number) => (root.get(seq) as number | undefined) ?? seq;
  const shards = openShards(db);
  return {
    cursor: () => JSON.parse(cursor.get() as string) as IndexCursor,
    add(documents, to) {
      // Made before: what a transaction takes back would still be known here.
      for (const { seq } of documents) shards.make(seq);
      addAll(documents, to);
    },
    rootOf,
    shards: ({ after, before, isAscending }) => {
      const found = shards.all().filter(({ first, last }) => last > after && first < before);
      return isAscending ? found : found.reverse();
    },
    close: () => db.close(),
  };

  function addAll(documents: readonly Document[], to: IndexCursor): void {
    db.transaction(() => {
      for (const { seq, words, marks, re } of documents) {
        const thread = re === undefined ? [] : [rootOf(re)];
        for (const first of thread) answers.run(seq, first);
        shards.insert(seq, [...words, ...marks, ...thread.map(markOf.thread)].join(' '));
      }
      move.run(JSON.stringify(to));
    }).immediate();
  }
}

interface Shards {
  /** By number. */
  all(): Shard[];
  make(seq: number): void;
  insert(seq: number, words: string): void;
}

function openShards(db: Database.Database): Shards {
  const names = db
    .prepare("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE %'")
    .pluck()
    .all() as string[];
  const shards = new Map(
    names
      .map((name) => Number(name.slice('found_'.length)))
      .sort((a, b) => a - b)
      .map((number) => [number, openShard(db, number)]),
  );
  const numberOf = (seq: number) => Math.floor(seq / shardSeqs);
  return {
    all: () => [...shards.values()],
    make(seq) {
      const number = numberOf(seq);
      if (shards.has(number)) return;
      db.exec(shardTable(nameOf(number)));
      shards.set(number, openShard(db, number));
    },
    insert: (seq, words) => shards.get(numberOf(seq))?.insert(seq, words),
  };
}

function nameOf(number: number): string {
  return `found_${number}`;
}

function openShard(
  db: Database.Database,
  number: number,
): Shard & { insert(seq: number, words: string): void } {
  const name = nameOf(number);
  const insert = db.prepare(`INSERT INTO ${name} (rowid, words) VALUES (?, ?)`);
  const from = `SELECT rowid FROM ${name} WHERE ${name} MATCH ?`;
  const range = `${from} AND rowid > ? AND rowid < ? ORDER BY rowid`;
  const ascending = db.prepare(`${range} LIMIT ?`).pluck();
  const descending = db.prepare(`${range} DESC LIMIT ?`).pluck();
  const among = db
    .prepare(`${from} AND rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid`)
    .pluck();
  return {
    first: number * shardSeqs,
    last: (number + 1) * shardSeqs - 1,
    find: (wanted, { after, before, isAscending, limit }) =>
      (isAscending ? ascending : descending).all(
        ...[toMatch(wanted), after, before, limit],
      ) as number[],
    findAmong: (wanted, seqs) => among.all(toMatch(wanted), JSON.stringify(seqs)) as number[],
    insert: (seq, words) => void insert.run(seq, words),
  };
}
