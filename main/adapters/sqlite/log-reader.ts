/** Reads a log file: by page through indexes, and the whole chain to prove it. */
import type Database from 'better-sqlite3';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { PageAsk, Verification } from '../../hub/feature.ts';
import { chainHash, genesisHash, openStored } from '../../hub/seal.ts';
import { must } from '../../base/assert.ts';
import { reasonOf } from '../../base/result.ts';

export interface Row {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

type Sha256 = (text: string) => string;

const fromTopic = 'FROM topics t JOIN events e ON e.seq = t.seq WHERE t.topic = ? AND t.seq';
const fromType = 'FROM events e WHERE e.type = ? AND e.seq';
const fromAll = 'FROM events e WHERE e.seq';

/** The hot queries, each answered by an index alone; a test holds their plans. */
export const pageQueries = {
  allAfter: `SELECT e.seq, e.body, e.hash ${fromAll} > ? ORDER BY e.seq LIMIT ?`,
  allBefore: `SELECT e.seq, e.body, e.hash ${fromAll} < ? ORDER BY e.seq DESC LIMIT ?`,
  topicAfter: `SELECT e.seq, e.body, e.hash ${fromTopic} > ? ORDER BY t.seq LIMIT ?`,
  topicBefore: `SELECT e.seq, e.body, e.hash ${fromTopic} < ? ORDER BY t.seq DESC LIMIT ?`,
  typeAfter: `SELECT e.seq, e.body, e.hash ${fromType} > ? ORDER BY e.seq LIMIT ?`,
  typeBefore: `SELECT e.seq, e.body, e.hash ${fromType} < ? ORDER BY e.seq DESC LIMIT ?`,
} as const;

export interface LogRows {
  head(): { seq: number; hash: string };
  /** Oldest first. */
  rows(ask: PageAsk): { rows: Row[]; more: boolean };
}

/** Of any connection: the writer's own on the loop, or a reader's beside it. */
export function createRows(db: Database.Database): LogRows {
  const head = db.prepare('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  const queries = new Map(
    Object.entries(pageQueries).map(([name, sql]) => [name, db.prepare(sql)] as const),
  );
  return {
    head: () =>
      (head.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: genesisHash },
    rows(ask) {
      const { name, isBefore, wanted, from } = queryOf(ask);
      const query = must(queries.get(name), `no page query ${name}`);
      // One more than asked says whether there is more.
      const found = query.iterate(...wanted, from, ask.limit + 1) as IterableIterator<Row>;
      const { rows, more } = take(found, ask);
      return { rows: isBefore ? rows.reverse() : rows, more };
    },
  };
}

function queryOf(ask: PageAsk) {
  const filter = ask.topic !== undefined ? 'topic' : ask.type !== undefined ? 'type' : 'all';
  const isBefore = ask.after === undefined && ask.before !== undefined;
  const wanted = ask.topic ?? ask.type;
  return {
    name: `${filter}${isBefore ? 'Before' : 'After'}`,
    isBefore,
    wanted: wanted === undefined ? [] : [wanted],
    from: isBefore ? ask.before : (ask.after ?? 0),
  };
}

function take(found: Iterable<Row>, { limit, maxBytes = Infinity }: PageAsk) {
  const rows: Row[] = [];
  let bytes = 0;
  for (const row of found) {
    if (rows.length === limit || bytes >= maxBytes) return { rows, more: true };
    rows.push(row);
    bytes += row.body.length;
  }
  return { rows, more: false };
}

export function toEvents(rows: readonly Row[]): EventEnvelope[] {
  return rows.map(openStored);
}

/** The events as one text: each body is the JSON of an object that its hash is to be added to. */
export function toJson(rows: readonly Row[]): string {
  return `[${rows.map(({ body, hash }) => `${body.slice(0, -1)},"hash":"${hash}"}`).join(',')}]`;
}

const stepSize = 500;

/**
 * Walks the chain from the first event, `upTo` a head or to its end. A hole, a changed byte or an edited hash names its
 * place. Stops after each step (about 5 ms) to be asked on, and holds no transaction open over it: a long one would
 * keep SQLite from reusing its write-ahead log.
 */
export function* verifySteps(
  db: Database.Database,
  sha256: Sha256,
  upTo = Infinity,
): Generator<undefined, Verification> {
  const step = db.prepare('SELECT seq, body, hash FROM events WHERE seq > ? ORDER BY seq LIMIT ?');
  let hash = genesisHash;
  let seq = 0;
  let last: number | bigint = -(2n ** 63n);
  for (;;) {
    const rows = step.all(last, stepSize) as Row[];
    for (const row of rows) {
      if (row.seq > upTo) return { ok: true, head: seq, hash };
      const reason = linkFault(row, { seq, hash }, sha256);
      if (reason !== undefined) return { ok: false, head: seq, hash, brokenAt: row.seq, reason };
      ({ seq, hash } = row);
    }
    if (rows.length < stepSize) return { ok: true, head: seq, hash };
    last = seq;
    yield;
  }
}

function linkFault(
  row: Row,
  previous: { seq: number; hash: string },
  sha256: Sha256,
): string | undefined {
  if (row.seq !== previous.seq + 1) return `event ${previous.seq + 1} is missing`;
  if (chainHash({ sha256 }, previous.hash, row.body) !== row.hash)
    return `event ${row.seq} or its hash was changed`;
  try {
    return openStored(row).seq === row.seq ? undefined : `event ${row.seq} says it is another`;
  } catch (error) {
    return `event ${row.seq} is unreadable: ${reasonOf(error)}`;
  }
}
