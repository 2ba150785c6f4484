/** Reads a log file and its segments by page, through indexes. */
import type Database from 'better-sqlite3';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { PageAsk } from '../../hub/feature.ts';
import { genesisHash, openStored } from '../../hub/seal.ts';
import { must } from '../../base/assert.ts';
import type { Range, Segments } from './segments.ts';

export interface Row {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

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

/** Of any connection: the writer's own on the loop, or a reader's beside it. What is in segments is read there. */
export function createRows(db: Database.Database, segments: Segments): LogRows {
  const head = db.prepare('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  const own = preparePages(db);
  const ofSegments = new WeakMap<Database.Database, Pages>();
  const pagesOf = (range: Range): Pages => {
    const segment = segments.use(range);
    const known = ofSegments.get(segment) ?? preparePages(segment);
    ofSegments.set(segment, known);
    return known;
  };

  function* findAfter(query: PageQuery, limit: number): Generator<Row> {
    const ranges = segments.list();
    for (const range of ranges) if (range.last > query.from) yield* pagesOf(range)(query, limit);
    const sealed = ranges.at(-1)?.last;
    const from = sealed === undefined ? query.from : Math.max(query.from, sealed);
    yield* own({ ...query, from }, limit);
  }

  function* findBefore(query: PageQuery, limit: number): Generator<Row> {
    const ranges = segments.list();
    const sealed = ranges.at(-1)?.last ?? Number.NEGATIVE_INFINITY;
    // What a segment has may still be here as well.
    for (const row of own(query, limit)) if (row.seq > sealed) yield row;
    for (const range of ranges.toReversed())
      if (range.first < query.from) yield* pagesOf(range)(query, limit);
  }

  // One picture of both: what is sealed meanwhile is then found in one of the two.
  const read = db.transaction((ask: PageAsk) => {
    const query = queryOf(ask);
    // One more than asked says whether there is more.
    const find = query.isBefore ? findBefore : findAfter;
    const { rows, more } = take(find(query, ask.limit + 1), ask);
    return { rows: query.isBefore ? rows.reverse() : rows, more };
  });
  return {
    head: () =>
      (head.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: genesisHash },
    rows: (ask) => read(ask),
  };
}

interface PageQuery {
  readonly name: string;
  readonly isBefore: boolean;
  readonly wanted: readonly string[];
  readonly from: number;
}

type Pages = (query: PageQuery, limit: number) => IterableIterator<Row>;

function preparePages(db: Database.Database): Pages {
  const queries = new Map(
    Object.entries(pageQueries).map(([name, sql]) => [name, db.prepare(sql)] as const),
  );
  return ({ name, wanted, from }, limit) => {
    const query = must(queries.get(name), `no page query ${name}`);
    return query.iterate(...wanted, from, limit) as IterableIterator<Row>;
  };
}

function queryOf(ask: PageAsk): PageQuery {
  const filter = ask.topic !== undefined ? 'topic' : ask.type !== undefined ? 'type' : 'all';
  const isBefore = ask.after === undefined && ask.before !== undefined;
  const wanted = ask.topic ?? ask.type;
  return {
    name: `${filter}${isBefore ? 'Before' : 'After'}`,
    isBefore,
    wanted: wanted === undefined ? [] : [wanted],
    from: (isBefore ? ask.before : ask.after) ?? 0,
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
