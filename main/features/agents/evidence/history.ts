/**
 * What an agent's status was, read from the log: its events are found by its name and folded again by the very reducers that
 * made the status, so that history never says something else than was shown.
 */
import { agents as contract } from '../../../../preload/contract/agents.ts';
import type { QueryData, QueryResult } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { Table } from '../../../../preload/contract/table.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { FindAsk, QueryContext, SearchFields } from '../../../hub/feature.ts';
import type { Agent, AgentsState } from '../slice.ts';
import { requireAgent } from '../slice.ts';
import { statusOf } from '../view.ts';

type Ask = QueryData<typeof contract, 'agent.history'>;
type Answer = QueryResult<typeof contract, 'agent.history'>;
type Change = Answer['changes'][number];
type Reducers = Readonly<Record<string, (state: AgentsState, event: EventEnvelope) => AgentsState>>;

export interface HistoryOf {
  /** Of agents. */
  readonly reducers: Reducers;
  /** Of events that change what agents wait for. */
  readonly waitTypes: readonly string[];
}

/** Own events are found by whom they are of. */
export const historySearch: Readonly<Record<string, SearchFields>> = Object.fromEntries(
  Object.keys(contract.events).map((type) => [type, { text: ['agent'] }]),
);
const ended = 'terminal.exited';

/** Events of each of the three kinds that are looked at for one page; the rest is for the next one. */
const mostEvents = 300;
/** The oldest of them only tell what was so before: nothing is said of their own time, where there are older ones. */
const warmUpEvents = 50;

export async function readHistory(
  of: HistoryOf,
  ask: Ask,
  ctx: QueryContext<AgentsState>,
): Promise<Result<Answer>> {
  const found = requireAgent(ctx.state, ask.agent);
  if (!found.ok) return found;
  const { nowMs } = ctx;
  const { events, lowest } = await eventsOf(of, ask, ctx);
  const all = changesOf(of, found.value, events);
  const isWhole = lowest === 0;
  const fromSeq = isWhole ? 0 : (events[warmUpEvents]?.seq ?? lowest);
  const told = all.filter(({ seq }) => seq >= fromSeq).reverse();
  const sinceMs = ask.sinceMs === undefined ? 0 : nowMs - ask.sinceMs;
  // With what was so when it began.
  const isIn = (_: Change, at: number) => at === 0 || (told[at - 1]?.atMs ?? 0) > sinceMs;
  const inTime = told.filter(isIn);
  const changes = inTime.slice(0, ask.limit);
  const hasMore = changes.length < inTime.length || (inTime.length === told.length && !isWhole);
  const next = changes.at(-1)?.seq ?? fromSeq;
  return ok({ changes, ...(hasMore && { next }), nowMs });
}

interface Found {
  /** Oldest first. */
  readonly events: readonly EventEnvelope[];
  /** There may be older ones than this; 0 when there are none. */
  readonly lowest: number;
}

async function eventsOf(
  { waitTypes }: HistoryOf,
  { agent, before }: Ask,
  ctx: QueryContext<AgentsState>,
): Promise<Found> {
  const range = { limit: mostEvents, ...(before !== undefined && { before }) };
  const asks: FindAsk[] = [
    { ...range, types: [...Object.keys(historySearch), ended], text: `"${agent}"` },
    { ...range, types: waitTypes, agent },
    // Whatever it does is a sign of life.
    { ...range, from: agent },
  ];
  const pages = await Promise.all(asks.map((one) => ctx.log.find(one, ctx.signal)));
  const lowest = Math.max(...pages.map(({ more, cursor }) => (more ? cursor : 0)));
  const bySeq = new Map(
    pages
      .flatMap(({ events }) => events)
      .filter((event) => event.seq >= lowest && isOf(event, agent))
      .map((event) => [event.seq, event]),
  );
  const events = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  // One of the same name that was purged is another one.
  const born = events.findLastIndex(({ type }) => type === 'agent.added');
  return born < 0 ? { events, lowest } : { events: events.slice(born), lowest: 0 };
}

/** Names are found by their words: `api` is in `api-docs` too. */
function isOf({ type, data }: EventEnvelope, agent: string): boolean {
  const isNamed = type.startsWith('agent.') || type === ended;
  return !isNamed || (data as { agent?: string }).agent === agent;
}

function changesOf(
  { reducers }: HistoryOf,
  agent: Agent,
  events: readonly EventEnvelope[],
): Change[] {
  const changes: Change[] = [];
  let state: AgentsState = {
    byId: Table.empty<Agent>().set(agent.id, unknownOf(agent)),
    waiters: Table.empty(),
  };
  for (const event of events) {
    const typed = reducers[event.type]?.(state, event) ?? state;
    state = reducers['*']?.(typed, event) ?? typed;
    const change = toChange(state.byId.get(agent.id), event);
    if (change !== undefined && !isSame(changes.at(-1), change)) changes.push(change);
  }
  return changes;
}

/** As far as it is known before the first event that is looked at: it is there. */
function unknownOf({ id, profile, branch, baseRef, createdMs, session }: Agent): Agent {
  return {
    ...{ id, profile, branch, baseRef, createdMs, session, wanted: true },
    ...{ state: 'running', stateSinceMs: createdMs, liveness: 'unknown' },
    reported: { value: 'unknown', source: 'none', sinceMs: createdMs },
    waits: Table.empty(),
  };
}

function toChange(
  agent: Agent | undefined,
  { seq, atMs, type }: EventEnvelope,
): Change | undefined {
  if (agent === undefined) return undefined;
  const { state, liveness } = agent;
  return { seq, atMs, by: type, state, liveness, status: statusOf(agent) };
}

function isSame(one: Change | undefined, other: Change): boolean {
  if (one === undefined || one.state !== other.state || one.liveness !== other.liveness)
    return false;
  const { value, source, note } = one.status;
  const { status } = other;
  return value === status.value && source === status.source && note === status.note;
}
