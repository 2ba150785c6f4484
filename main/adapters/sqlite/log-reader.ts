/** Reads a log file: by page through indexes, and the whole chain to prove it. */
import type Database from 'better-sqlite3';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { LogReader } from '../../hub/feature.ts';
import { chainHash, genesisHash, openStored } from '../../hub/seal.ts';
import { reasonOf } from '../../base/result.ts';

interface Row {
  readonly seq: number;
  readonly body: string;
  readonly hash: string;
}

type Sha256 = (text: string) => string;

/** The hot queries, each answered by an index alone; a test holds their plans. */
export const pageQueries = {
  after: 'SELECT seq, body, hash FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
  before: 'SELECT seq, body, hash FROM events WHERE seq < ? ORDER BY seq DESC LIMIT ?',
  topicAfter:
    'SELECT e.seq, e.body, e.hash FROM topics t JOIN events e ON e.seq = t.seq WHERE t.topic = ? AND t.seq > ? ORDER BY t.seq LIMIT ?',
  topicBefore:
    'SELECT e.seq, e.body, e.hash FROM topics t JOIN events e ON e.seq = t.seq WHERE t.topic = ? AND t.seq < ? ORDER BY t.seq DESC LIMIT ?',
} as const;

export function createReader(db: Database.Database, sha256: Sha256): LogReader {
  const head = db.prepare('SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1');
  const mark = db.prepare('SELECT value FROM marks WHERE name = ?');
  const setMark = db.prepare('INSERT OR REPLACE INTO marks VALUES (?, ?)');
  return {
    head: () =>
      (head.get() as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: genesisHash },
    page: createPage(db),
    verify: () => verifyChain(db, sha256),
    mark: (name) => (mark.get(name) as { value: string } | undefined)?.value,
    setMark: (name, value) => void setMark.run(name, value),
  };
}

function createPage(db: Database.Database): LogReader['page'] {
  const after = db.prepare(pageQueries.after);
  const before = db.prepare(pageQueries.before);
  const topicAfter = db.prepare(pageQueries.topicAfter);
  const topicBefore = db.prepare(pageQueries.topicBefore);
  return (ask) => {
    const topic = ask.topic === undefined ? [] : [ask.topic];
    if (ask.after !== undefined || ask.before === undefined) {
      const rows = (ask.topic === undefined ? after : topicAfter).all(
        ...topic,
        ask.after ?? 0,
        ask.limit,
      );
      return toEvents(rows as Row[]);
    }
    const rows = (ask.topic === undefined ? before : topicBefore).all(
      ...topic,
      ask.before,
      ask.limit,
    );
    return toEvents((rows as Row[]).reverse());
  };
}

function toEvents(rows: readonly Row[]): EventEnvelope[] {
  return rows.map(openStored);
}

/** Walks the chain from the first event. A hole, a changed byte or an edited hash names its place. */
export function verifyChain(
  db: Database.Database,
  sha256: Sha256,
): ReturnType<LogReader['verify']> {
  let hash = genesisHash;
  let seq = 0;
  for (const row of db
    .prepare('SELECT seq, body, hash FROM events ORDER BY seq')
    .iterate() as Iterable<Row>) {
    const reason = linkFault(row, { seq, hash }, sha256);
    if (reason !== undefined) return { ok: false, head: seq, hash, brokenAt: row.seq, reason };
    ({ seq, hash } = row);
  }
  return { ok: true, head: seq, hash };
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
