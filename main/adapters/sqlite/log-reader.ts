/** Reads a log file: by page through indexes, and the whole chain to prove it. */
import type Database from 'better-sqlite3';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { LogReader } from '../../hub/feature.ts';
import { chainHash, genesisHash, openStored } from '../../hub/seal.ts';
import { must } from '../../base/assert.ts';
import { reasonOf } from '../../base/result.ts';

interface Row {
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
  const prepared = new Map(
    Object.entries(pageQueries).map(([name, sql]) => [name, db.prepare(sql)]),
  );
  return (ask) => {
    const filter = ask.topic !== undefined ? 'topic' : ask.type !== undefined ? 'type' : 'all';
    const isBefore = ask.after === undefined && ask.before !== undefined;
    const query = must(
      prepared.get(`${filter}${isBefore ? 'Before' : 'After'}`),
      `no page query for ${filter}`,
    );
    const wanted = ask.topic ?? ask.type;
    const from = isBefore ? ask.before : (ask.after ?? 0);
    const rows = query.all(...(wanted === undefined ? [] : [wanted]), from, ask.limit) as Row[];
    return toEvents(isBefore ? rows.reverse() : rows);
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
