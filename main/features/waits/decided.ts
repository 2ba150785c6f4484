/**
 * What the operator decided, from the log itself: events of a few types, met by their numbers, the newest first. How long each had
 * waited is remembered for the newest alone.
 */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { DecidedItem, waits as contract } from '../../../preload/contract/waits.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { LogReader, QueryContext } from '../../hub/feature.ts';
import { endedId, type WaitsState } from './slice.ts';

interface DecisionType {
  /** Of its data: names the item's subject. The type's first word is the item's kind. */
  readonly field: string;
  /** Where neither the event's own words nor its name say it. */
  readonly says?: string;
}

const decisions: Readonly<Record<string, DecisionType>> = {
  'question.answered': { field: 'question' },
  'question.cancelled': { field: 'question' },
  'question.expired': { field: 'question' },
  'permission.allowed': { field: 'permission' },
  'permission.denied': { field: 'permission' },
  'permission.closed': { field: 'permission', says: 'Left to its terminal' },
  'approval.approved': { field: 'approval' },
  'approval.denied': { field: 'approval' },
  'approval.withdrawn': { field: 'approval' },
  'proposal.approved': { field: 'proposal' },
  'proposal.rejected': { field: 'proposal' },
  'config.reverting': { field: 'version' },
  'target.accepted': { field: 'target' },
  'target.restoring': { field: 'target' },
  'conflict.ordered': { field: 'conflict' },
  'conflict.dismissed': { field: 'conflict' },
};

const types = Object.keys(decisions);
const perRead = 100;
/** A search looks at this many decisions for each ask at most, then says where to go on. */
const mostReads = 10;
const whatChars = 300;

type Ctx = QueryContext<WaitsState>;
type Ask = QueryData<typeof contract, 'inbox.decided'>;

export async function listDecided(
  { before, limit, text }: Ask,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'inbox.decided'>>> {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean);
  const found: DecidedItem[] = [];
  let from = before ?? ctx.log.head().seq + 1;
  for (let read = 0; read < mostReads; read += 1) {
    const page = await newestBelow(ctx, from);
    for (const event of page.events) {
      const item = toDecided(event, ctx);
      if (item === undefined || !fits(item, words)) continue;
      found.push(item);
      if (found.length === limit) return ok({ decisions: found, before: event.seq });
    }
    if (page.goOn === undefined) return ok({ decisions: found });
    from = page.goOn;
  }
  return ok({ decisions: found, before: from });
}

interface Newest {
  /** The newest first. */
  readonly events: readonly EventEnvelope[];
  /** Below it there may be more. */
  readonly goOn: number | undefined;
}

/** Of all types as far back as each was read: what lies below the end of one may have others of it in between. */
async function newestBelow(
  { log, signal }: { log: LogReader; signal: AbortSignal },
  before: number,
): Promise<Newest> {
  const pages = await Promise.all(
    types.map((type) => log.read({ before, limit: perRead, type }, signal)),
  );
  const ends = pages.flatMap(({ more, events }) => (more ? [events[0]?.seq ?? before] : []));
  const goOn = ends.length === 0 ? undefined : Math.max(...ends);
  const events = pages
    .flatMap((page) => page.events)
    .filter(({ seq }) => goOn === undefined || seq >= goOn)
    .sort((a, b) => b.seq - a.seq);
  return { events, goOn };
}

/** Undefined for what an agent did itself, or answered another. What a rule of the operator's approved is theirs. */
function toDecided(event: EventEnvelope, ctx: Ctx): DecidedItem | undefined {
  const { seq, atMs, actor: by, type } = event;
  const isExpiry = type === 'question.expired';
  const data = event.data as Readonly<Record<string, unknown>>;
  const isByRule = type === 'approval.approved' && data.rule !== undefined;
  if (by !== 'operator' && !isExpiry && !isByRule) return undefined;
  const subject = String(data[decisions[type]?.field ?? ''] ?? '');
  const item = `${type.split('.')[0]}/${subject}`;
  const wait = ctx.state.ended.byId.get(endedId(seq, item));
  // One that ran out of time between two agents was nobody's here.
  if (isExpiry && wait === undefined) return undefined;
  return {
    ...{ seq, atMs, by, type, item, what: say(event, ctx) },
    agent: String(wait?.agent ?? data.agent ?? data.asker ?? ''),
    ...(wait !== undefined && { waitedMs: wait.lastedMs }),
  };
}

function say(event: EventEnvelope, ctx: Ctx): string {
  const { title, note } = event.data as { title?: string; note?: string };
  const told = ctx.describe(event);
  // Some are for no inbox and have no words of their own.
  const words =
    told === event.type
      ? [decisions[event.type]?.says ?? verbOf(event.type), title, note].filter(Boolean).join(': ')
      : told;
  const line = words.replace(/\s+/gu, ' ').trim();
  return line.length <= whatChars ? line : `${line.slice(0, whatChars - 1)}…`;
}

/** `approval.approved` reads `Approved`. */
function verbOf(type: string): string {
  const verb = type.split('.')[1] ?? type;
  return verb.charAt(0).toUpperCase() + verb.slice(1);
}

function fits({ what, agent, item }: DecidedItem, words: readonly string[]): boolean {
  const text = `${what} ${agent} ${item}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
