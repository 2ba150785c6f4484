/** The log as a list: what is asked for goes to the index that has it, and what none has is looked at in the log itself. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { eventDefs } from '../../../preload/contract/features.ts';
import type { timeline as contract, PastEvent } from '../../../preload/contract/timeline.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { LogReader, QueryContext } from '../../hub/feature.ts';
import { storyTopic } from '../stories/index.ts';
import { findMoment, parseMoment } from './moment.ts';

type Ask = QueryData<typeof contract, 'timeline.list'>;
type Listed = QueryResult<typeof contract, 'timeline.list'>;

/** Above `after`, below `before`; in this direction. */
interface Range {
  readonly after: number;
  readonly before: number;
  readonly isForward: boolean;
  readonly limit: number;
}

interface Found {
  /** Oldest first. */
  readonly events: readonly EventEnvelope[];
  readonly more: boolean;
  /** How far was looked, in the direction of the range. */
  readonly cursor: number;
}

/** Pages of one look at what no index has; the rest is for the next ask. */
const mostPages = 8;
const pageSize = 500;
/** What is longer is read beside the loop: of many types each would take its own millisecond of one turn. */
const besideLoop = 101;

export async function listEvents(ask: Ask, ctx: QueryContext<object>): Promise<Result<Listed>> {
  const types = typesOf(ask.type);
  if (ask.type !== undefined && types?.length === 0)
    return refuse('EVENT_TYPE_UNKNOWN', { type: ask.type });
  const range = await rangeOf(ask, ctx);
  if (!range.ok) return range;
  const { events, more, cursor } = await find(ask, { types, range: range.value }, ctx);
  const head = ctx.log.head().seq;
  return ok({ events: events.map((event) => toPastEvent(event, ctx)), head, more, cursor });
}

/** All that begin so; undefined where any will do. */
export function typesOf(type: string | undefined): readonly string[] | undefined {
  if (type === undefined) return undefined;
  const begin = type.replace(/[.*]+$/, '');
  return [...eventDefs.keys()].filter((one) => one === begin || one.startsWith(`${begin}.`));
}

async function rangeOf(ask: Ask, { log, signal }: QueryContext<object>): Promise<Result<Range>> {
  const isForward = ask.after !== undefined && ask.before === undefined;
  let [after, before] = [ask.after ?? 0, ask.before ?? log.head().seq + 1];
  if (ask.from !== undefined) {
    const from = await boundOf(log, ask.from, signal);
    if (!from.ok) return from;
    const isTime = 'atMs' in (parseMoment(ask.from) ?? {});
    after = Math.max(after, isTime ? from.value : from.value - 1);
  }
  if (ask.to !== undefined) {
    const to = await boundOf(log, ask.to, signal);
    if (!to.ok) return to;
    before = Math.min(before, to.value + 1);
  }
  return ok({ after, before, isForward, limit: ask.limit });
}

/** Of a time, the last event before it; 0 where all are later. */
async function boundOf(log: LogReader, at: string, signal: AbortSignal): Promise<Result<number>> {
  const moment = parseMoment(at);
  if (moment !== undefined && 'seq' in moment) return ok(moment.seq);
  const found = await findMoment(log, at, signal);
  if (found.ok) return ok(found.value.seq);
  return found.error.code === 'MOMENT_TOO_EARLY' ? ok(0) : found;
}

async function find(
  ask: Ask,
  { types, range }: { types: readonly string[] | undefined; range: Range },
  ctx: QueryContext<object>,
): Promise<Found> {
  const { agent, story, text } = ask;
  const fits = (event: EventEnvelope) =>
    (types === undefined || types.includes(event.type)) &&
    (agent === undefined || concerns(event, agent));
  if (story !== undefined) return scan(ctx, { ...range, topic: storyTopic(story) }, fits);
  if (text !== undefined)
    return joined(await search(ctx, { text, types, agent }, range), fits, range);
  if (agent !== undefined) {
    // What an agent wrote or got, and what the hub says of it: found by its name, as its history is.
    const name = `"${agent.replaceAll('"', ' ')}"`;
    const own = await search(ctx, { types, agent }, range);
    const told = await search(ctx, { types: within(agentTypes, types), text: name }, range);
    return joined([...own, ...told], fits, range);
  }
  if (types !== undefined) {
    const isOneOfMany = types.length > 3;
    const pages = types.map((type) => scan(ctx, { ...range, type, isOneOfMany }, fits));
    return joined(await Promise.all(pages), fits, range);
  }
  return scan(ctx, range, fits);
}

const agentTypes = [...eventDefs.keys()].filter((type) => /^(agent|terminal)\./.test(type));

function within(all: readonly string[], types: readonly string[] | undefined): readonly string[] {
  return types === undefined ? all : all.filter((type) => types.includes(type));
}

async function search(
  { log, signal }: QueryContext<object>,
  what: { text?: string; types?: readonly string[] | undefined; agent?: string | undefined },
  { after, before, isForward, limit }: Range,
): Promise<Found[]> {
  const { text, types, agent } = what;
  if (types?.length === 0) return [];
  const wanted = {
    ...(text !== undefined && { text }),
    ...(types !== undefined && { types }),
    ...(agent !== undefined && { agent }),
  };
  const within = isForward ? { after, before } : { before };
  const found = await log.find({ ...wanted, ...within, limit }, signal);
  const events = found.events.filter(({ seq }) => seq > after && seq < before);
  const isOver = !isForward && found.cursor <= after + 1;
  return [{ ...found, events, more: found.more && !isOver }];
}

interface Narrowed {
  readonly topic?: string;
  readonly type?: string;
  readonly isOneOfMany?: boolean;
}

/** Pages through an index, or the log, until there is enough or it has looked at as much as one ask may. */
async function scan(
  { log, signal }: QueryContext<object>,
  { topic, type, isOneOfMany = false, ...range }: Range & Narrowed,
  fits: (event: EventEnvelope) => boolean,
): Promise<Found> {
  const { isForward, limit } = range;
  const of = { ...(topic !== undefined && { topic }), ...(type !== undefined && { type }) };
  const isNarrow = topic !== undefined || type !== undefined;
  let at = isForward ? range.after : range.before;
  const events: EventEnvelope[] = [];
  for (let page = 0; page < mostPages; page++) {
    const size = Math.max(limit, isOneOfMany ? besideLoop : isNarrow ? 0 : pageSize / 5);
    const where = isForward ? { after: at } : { before: at };
    const found = await log.read({ ...of, ...where, limit: size }, signal);
    const inRange = found.events.filter(({ seq }) => seq > range.after && seq < range.before);
    events.push(...inRange.filter(fits));
    const last = isForward ? found.events.at(-1) : found.events[0];
    const isOver = !found.more || last === undefined || inRange.length < found.events.length;
    at = last?.seq ?? at;
    if (isOver) return cut(events, { more: false, cursor: at }, range);
    if (events.length >= limit) break;
  }
  return cut(events, { more: true, cursor: at }, range);
}

/** Several looks as one: only as far as all of them have looked. */
function joined(
  found: readonly Found[],
  fits: (event: EventEnvelope) => boolean,
  range: Range,
): Found {
  const { isForward } = range;
  const ends = found.filter(({ more }) => more).map(({ cursor }) => cursor);
  const end = isForward ? Math.min(...ends) : Math.max(...ends);
  const isLooked = (seq: number) => ends.length === 0 || (isForward ? seq <= end : seq >= end);
  const bySeq = new Map(found.flatMap(({ events }) => events).map((event) => [event.seq, event]));
  const events = [...bySeq.values()].filter((event) => isLooked(event.seq) && fits(event));
  const edge = isForward ? range.before : range.after;
  return cut(events, { more: ends.length > 0, cursor: ends.length > 0 ? end : edge }, range);
}

function cut(
  all: readonly EventEnvelope[],
  { more, cursor }: Omit<Found, 'events'>,
  { limit, isForward }: Range,
): Found {
  const sorted = [...all].sort((a, b) => a.seq - b.seq);
  const events = isForward ? sorted.slice(0, limit) : sorted.slice(-limit);
  if (events.length === sorted.length) return { events, more, cursor };
  const last = isForward ? events.at(-1) : events[0];
  return { events, more: true, cursor: last?.seq ?? cursor };
}

const subjects = ['story', 'approval', 'question', 'permission', 'agent'] as const;

/** Names of the things that it is about, as records are named. */
function aboutOf({ data, actor }: EventEnvelope): string[] {
  if (typeof data !== 'object' || data === null) return [];
  const fields = data as Readonly<Record<string, unknown>>;
  const named = subjects.flatMap((kind) => {
    const name = fields[kind];
    return typeof name === 'string' && name !== '' && name.length <= 80 ? [`${kind}/${name}`] : [];
  });
  const writer = actor.startsWith('agent:') ? [`agent/${actor.slice('agent:'.length)}`] : [];
  return [...new Set([...named, ...writer])];
}

function concerns(event: EventEnvelope, agent: string): boolean {
  if (aboutOf(event).includes(`agent/${agent}`)) return true;
  const { to, recipients, former } = (event.data ?? {}) as Readonly<Record<string, unknown>>;
  const others = Array.isArray(recipients) ? (recipients as unknown[]) : [];
  return to === agent || former === agent || others.includes(agent);
}

const mostText = 300;

export function toPastEvent(
  event: EventEnvelope,
  { describe }: Pick<QueryContext<object>, 'describe'>,
): PastEvent {
  const { seq, atMs, type, actor, via, causeId } = event;
  const said = describe(event);
  const about = aboutOf(event);
  // What no feature says in words is told by what it is of.
  const names = about.map((one) => one.slice(one.indexOf('/') + 1)).join(', ');
  const text = said === type ? names : said.slice(0, mostText);
  return {
    ...{ seq, atMs, type, actor, causeId, text },
    ...(via !== undefined && { via }),
    about,
  };
}
