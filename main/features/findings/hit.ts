/** One more of a thing: the finding that it belongs to is counted up, or begun. Pure. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import {
  type FindingCategory,
  type FindingRecord,
  findingsPerCategory,
  namedAgents,
  namedEvents,
} from '../../../preload/contract/findings.ts';
import { Table } from '../../../preload/contract/table.ts';
import { shortHash } from '../../base/short-hash.ts';

/** Findings of all categories, and which are of each, so that a full one costs its own few and not all. */
export interface Findings {
  readonly byId: Table<FindingRecord>;
  /** At most 60 of each; in no order. */
  readonly ids: Readonly<Partial<Record<FindingCategory, readonly string[]>>>;
}

export const noFindings: Findings = { byId: Table.empty(), ids: {} };

export interface Subject {
  readonly category: FindingCategory;
  readonly subject: readonly string[];
}

export interface Hit extends Subject {
  readonly agents: readonly string[];
  /** How long it lasted, of what lasts. */
  readonly lastedMs?: number | undefined;
  readonly isRisky?: boolean | undefined;
  readonly detail?: string | undefined;
}

const subjectChars = 200;
const detailChars = 300;

export function findingIdOf({ category, subject }: Subject): string {
  return `f-${shortHash([category, ...subject.map(subjectWord)].join('\n'))}`;
}

export function hit(findings: Findings, found: Hit, event: EventEnvelope): Findings {
  const id = findingIdOf(found);
  const known = findings.byId.get(id);
  if (known !== undefined)
    return { ...findings, byId: findings.byId.set(id, again(known, found, event)) };
  const { category } = found;
  const { byId, ids } = withRoom(findings, category);
  return {
    byId: byId.set(id, begun(id, found, event)),
    ids: { ...ids, [category]: [...(ids[category] ?? []), id] },
  };
}

/** What is learned of a finding besides that it happened again. */
export function amend(
  findings: Findings,
  subject: Subject,
  change: (finding: FindingRecord) => FindingRecord,
): Findings {
  const byId = findings.byId.update(findingIdOf(subject), change);
  return byId === findings.byId ? findings : { ...findings, byId };
}

function begun(id: string, found: Hit, { seq, atMs }: EventEnvelope): FindingRecord {
  const { category, subject, agents, lastedMs, isRisky, detail } = found;
  return {
    ...{ id, category, subject: subject.map(subjectWord), agents: agents.slice(-namedAgents) },
    ...{ count: 1, firstMs: atMs, lastMs: atMs, seqs: [seq] },
    ...(lastedMs !== undefined && { totalMs: lastedMs, longestMs: lastedMs }),
    ...(isRisky === true && { isRisky }),
    ...(detail !== undefined && { detail: cut(detail, detailChars) }),
  };
}

function again(known: FindingRecord, found: Hit, { seq, atMs }: EventEnvelope): FindingRecord {
  const { agents, lastedMs, isRisky, detail } = found;
  const others = known.agents.filter((agent) => !agents.includes(agent));
  return {
    ...known,
    agents: [...others, ...agents].slice(-namedAgents),
    count: known.count + 1,
    lastMs: Math.max(known.lastMs, atMs),
    seqs: [...known.seqs, seq].slice(-namedEvents),
    ...(lastedMs !== undefined && {
      totalMs: (known.totalMs ?? 0) + lastedMs,
      longestMs: Math.max(known.longestMs ?? 0, lastedMs),
    }),
    ...(isRisky === true && { isRisky }),
    ...(detail !== undefined && { detail: cut(detail, detailChars) }),
  };
}

/** Of a full category the rarest goes, of those the one that is longest ago. What is frequent stays however much comes once. */
function withRoom(findings: Findings, category: FindingCategory): Findings {
  const { byId, ids } = findings;
  const own = ids[category] ?? [];
  if (own.length < findingsPerCategory) return findings;
  let least: FindingRecord | undefined;
  for (const id of own) {
    const one = byId.get(id);
    if (one !== undefined && (least === undefined || isLess(one, least))) least = one;
  }
  if (least === undefined) return findings;
  const { id: gone } = least;
  const left = own.filter((id) => id !== gone);
  return { byId: byId.delete(gone), ids: { ...ids, [category]: left } };
}

/** Down to the id, so that the order in which a table is walked decides nothing. */
function isLess(a: FindingRecord, b: FindingRecord): boolean {
  if (a.count !== b.count) return a.count < b.count;
  return a.lastMs === b.lastMs ? a.id < b.id : a.lastMs < b.lastMs;
}

const subjectWord = (word: string) => cut(word.replace(/\s+/gu, ' ').trim(), subjectChars);

function cut(text: string, chars: number): string {
  return text.length <= chars ? text : `${text.slice(0, chars - 1)}…`;
}
