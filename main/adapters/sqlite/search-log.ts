/** Reads a log and its segments for its index, on a read-only connection: events with the inboxes that they are in. */
import type Database from 'better-sqlite3';
import type { Row } from './log-reader.ts';
import type { Indexable } from './search-document.ts';
import type { Range, Segments } from './segments.ts';

/** A step of work: about 10 ms. */
const stepEvents = 500;
const stepChars = 256 * 1024;

export interface LoggedEvent extends Indexable {
  readonly hash: string;
}

export interface SearchLog {
  readonly logId: string;
  head(): number;
  /** Oldest first, above `after`, at most one step of them; with `before`, the newest below it and above `after`. */
  step(after: number, before?: number): LoggedEvent[];
  hashOf(seq: number): string | undefined;
  rows(seqs: readonly number[]): Row[];
}

/** Each call sees the log and its segments as they are at one moment. */
export function openSearchLog(db: Database.Database, segments: Segments): SearchLog {
  const head = db.prepare('SELECT max(seq) FROM events').pluck();
  const own = prepareSource(db);
  const prepared = new WeakMap<Database.Database, Source>();
  const sourceOf = (range: Range): Source => {
    const segment = segments.use(range);
    const source = prepared.get(segment) ?? prepareSource(segment);
    prepared.set(segment, source);
    return source;
  };
  const holderOf = (seq: number): Source => {
    const range = segments.list().find(({ first, last }) => first <= seq && seq <= last);
    return range === undefined ? own : sourceOf(range);
  };

  /** Of the first place, in the order in which they are asked for, that has any. */
  function step(from: number, until?: number): LoggedEvent[] {
    const ranges = segments.list();
    const sealed = ranges.at(-1)?.last ?? 0;
    const inSegments = ranges
      .filter(({ first, last }) => last > from && (until === undefined || first < until))
      .map((range) => () => sourceOf(range).step(from, until));
    const inLog = () => own.step(Math.max(from, sealed), until);
    const places = until === undefined ? [...inSegments, inLog] : [inLog, ...inSegments.reverse()];
    for (const place of places) {
      const events = place();
      if (events.length > 0) return events;
    }
    return [];
  }

  return {
    logId: db.prepare("SELECT value FROM meta WHERE key = 'log_id'").pluck().get() as string,
    head: () => (head.get() as number | null) ?? 0,
    step: db.transaction(step),
    hashOf: db.transaction((seq: number) => holderOf(seq).hashOf(seq)),
    rows: db.transaction((seqs: readonly number[]) => seqs.map((seq) => holderOf(seq).row(seq))),
  };
}

/** The log's own file, or a segment. */
interface Source {
  step(after: number, before?: number): LoggedEvent[];
  hashOf(seq: number): string | undefined;
  row(seq: number): Row;
}

function prepareSource(db: Database.Database): Source {
  const columns = 'SELECT seq, type, body, hash FROM events WHERE seq';
  const after = db.prepare(`${columns} > ? ORDER BY seq LIMIT ${stepEvents}`);
  const before = db.prepare(`${columns} > ? AND seq < ? ORDER BY seq DESC LIMIT ${stepEvents}`);
  const hash = db.prepare('SELECT hash FROM events WHERE seq = ?').pluck();
  const one = db.prepare('SELECT seq, body, hash FROM events WHERE seq = ?');
  const inboxes = inboxReader(db);
  return {
    step(from, until) {
      const rows = until === undefined ? after.iterate(from) : before.iterate(from, until);
      const events = take(rows as IterableIterator<LoggedEvent>);
      if (until !== undefined) events.reverse();
      const bySeq = inboxes(events[0]?.seq ?? 0, events.at(-1)?.seq ?? 0);
      return events.map((event) => ({ ...event, recipients: bySeq.get(event.seq) ?? [] }));
    },
    hashOf: (seq) => hash.get(seq) as string | undefined,
    row: (seq) => one.get(seq) as Row,
  };
}

function take(rows: Iterable<LoggedEvent>): LoggedEvent[] {
  const taken: LoggedEvent[] = [];
  let chars = 0;
  for (const row of rows) {
    taken.push(row);
    chars += row.body.length;
    if (chars >= stepChars) break;
  }
  return taken;
}

const inbox = 'inbox/';
/** The first text that no longer begins so. */
const inboxEnd = 'inbox0';

/** Topics are found by name: there are as many inboxes as there ever were agents, so each is asked for the range. */
function inboxReader(db: Database.Database) {
  const next = db
    .prepare('SELECT topic FROM topics WHERE topic > ? AND topic < ? ORDER BY topic LIMIT 1')
    .pluck();
  const seqs = db.prepare('SELECT seq FROM topics WHERE topic = ? AND seq BETWEEN ? AND ?').pluck();
  return (first: number, last: number): Map<number, string[]> => {
    const bySeq = new Map<number, string[]>();
    let topic = next.get(inbox, inboxEnd) as string | undefined;
    for (; topic !== undefined; topic = next.get(topic, inboxEnd) as string | undefined) {
      const name = topic.slice(inbox.length);
      for (const seq of seqs.all(topic, first, last) as number[]) {
        const names = bySeq.get(seq);
        if (names === undefined) bySeq.set(seq, [name]);
        else names.push(name);
      }
    }
    return bySeq;
  };
}
