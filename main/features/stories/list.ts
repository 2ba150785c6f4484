/** Looking at stories: pages of those that fit, and one with all that it says and how it came to be. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type {
  stories as contract,
  StoryListRow,
  StoryPassage,
} from '../../../preload/contract/stories.ts';
import type { StoryCause, StoryRecord } from '../../../preload/contract/story-facts.ts';
import { storyPriorities } from '../../../preload/contract/story-stages.ts';
import { isOver } from '../../../preload/contract/story-stages.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { bodyIn, storiesSaying } from './bodies.ts';
import { unmetOf } from './dependencies.ts';
import { nodeNowOf } from './node-now.ts';
import { requireStory } from './require.ts';
import { neededByOf, type StoriesState, type Story } from './slice.ts';

type Ask = QueryData<typeof contract, 'story.list'>;
type Ctx = QueryContext<StoriesState>;

export async function listStories(
  ask: Ask,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'story.list'>>> {
  const { state, actor } = ctx;
  const saying = ask.body && ask.text?.trim() ? await storiesSaying(ask.text.trim(), ctx) : none;
  const found = choose(state, ask, { self: agentIdOf(actor), saying });
  const { page, hasMore } = pageOf(found, ask);
  const last = page.at(-1);
  return ok({
    stories: page.map((story) => toRow(story, ctx)),
    total: found.length,
    ...(hasMore && last !== undefined && { next: textOf(inOrderKey(last)) }),
  });
}

/** Only the page itself is put into order: numbers alone are sorted tens of times faster than stories. */
function pageOf(
  found: readonly Story[],
  { after, limit }: Pick<Ask, 'after' | 'limit'>,
): { page: Story[]; hasMore: boolean } {
  const from = after === undefined ? -1 : parseKey(after);
  const keys = new Float64Array(found.length);
  found.forEach((story, at) => {
    keys[at] = inOrderKey(story);
  });
  const left = keys.filter((key) => key > from).sort();
  const most = left[Math.min(limit, left.length) - 1] ?? -1;
  const page = found.filter((_, at) => isWithin(keys[at], { from, most }));
  return { page: inOrder(page), hasMore: left.length > limit };
}

function isWithin(
  key: number | undefined,
  { from, most }: { readonly from: number; readonly most: number },
): boolean {
  return key !== undefined && key > from && key <= most;
}

/** The most urgent first, then the oldest: as they are taken. */
export function inOrder(stories: Story[]): Story[] {
  // One number each, made once: a sort of 10,000 compares 130,000 times.
  const keyed = stories.map((story) => ({ key: inOrderKey(story), story }));
  return keyed.sort((a, b) => a.key - b.key).map(({ story }) => story);
}

const ranks: ReadonlyMap<string, number> = new Map(
  storyPriorities.map((priority, rank) => [priority, rank]),
);
const perRank = 1e10;

/** Sorts as `inOrder` does; no two stories have the same. */
export function inOrderKey({ priority, n }: Story): number {
  return (ranks.get(priority) ?? 0) * perRank + n;
}

/** `2.0000000012`: the rank and the number of a story. */
function textOf(key: number): string {
  return `${Math.floor(key / perRank)}.${String(key % perRank).padStart(10, '0')}`;
}

/** Whatever is none begins after everything. */
function parseKey(text: string): number {
  const [, rank, n] = /^(\d)\.(\d{10})$/.exec(text) ?? [];
  return n === undefined ? Number.POSITIVE_INFINITY : Number(rank) * perRank + Number(n);
}

const none: ReadonlySet<string> = new Set();

interface Known {
  readonly self: string | undefined;
  /** Those whose texts say what is looked for. */
  readonly saying: ReadonlySet<string>;
}

/** In no order. */
function choose(state: StoriesState, ask: Ask, { self, saying }: Known): Story[] {
  const text = ask.text?.trim().toLowerCase();
  const found: Story[] = [];
  const visit = (story: Story) => {
    const isIt = hasText(story, text) || saying.has(story.id);
    if (isIt && fits(story, ask) && isWhose(story, ask, self)) found.push(story);
  };
  state.open.forEach(visit);
  if (ask.all || ask.stage.some(isOver)) state.over.forEach(visit);
  return ask.ready ? found.filter((story) => isReady(state, story)) : found;
}

function fits({ place, type, labels }: Story, ask: Ask): boolean {
  if (ask.stage.length > 0 && !ask.stage.includes(place.stage)) return false;
  if (ask.type !== undefined && type !== ask.type) return false;
  return ask.label === undefined || labels.includes(ask.label);
}

function isWhose({ agent }: Story, ask: Ask, self: string | undefined): boolean {
  if (ask.mine && (agent === undefined || agent !== self)) return false;
  return ask.agent === undefined || agent === ask.agent;
}

function hasText({ id, title, labels }: Story, text: string | undefined): boolean {
  if (text === undefined || text === '') return true;
  const has = (one: string) => one.toLowerCase().includes(text);
  return has(title) || has(id) || labels.some(has);
}

/** Could begin now: in the backlog, and all that it depends on is done. */
export function isReady(state: StoriesState, story: Story): boolean {
  return story.place.stage === 'backlog' && unmetOf(state, story).length === 0;
}

function toRow(story: Story, ctx: Ctx): StoryListRow {
  return { ...toRecord(story), waitsFor: unmetOf(ctx.state, story), ...nodeNowOf(story, ctx) };
}

/** What pages may see in every place at once: without what only the story's own page needs. */
export function toRecord(story: Story): StoryRecord {
  const { n: _n, bodySeq: _seq, bodyHash: _hash, nextCriterion: _next, ...plain } = story;
  const { criteria, changed: _changed, byHand: _byHand, settled: _settled, ...record } = plain;
  const criteriaDone = criteria.filter(({ done }) => done).length;
  return { ...record, criteriaDone, criteriaTotal: criteria.length };
}

export async function getStory(
  ask: QueryData<typeof contract, 'story.get'>,
  ctx: Ctx,
): Promise<Result<QueryResult<typeof contract, 'story.get'>>> {
  const found = requireStory(ctx.state, ask.story);
  if (!found.ok) return found;
  const story = found.value;
  const [body, history] = [await bodyOf(story, ctx), await historyOf(ask, ctx)];
  return ok({
    ...toRecord(story),
    ...{ body, criteria: [...story.criteria], waitsFor: unmetOf(ctx.state, story) },
    ...nodeNowOf(story, ctx),
    neededBy: [...neededByOf(ctx.state, story.id)],
    ...history,
  });
}

/** In the event that wrote it last. */
async function bodyOf({ bodySeq }: Story, { log, signal }: Ctx): Promise<string> {
  const { events } = await log.read({ after: bodySeq - 1, limit: 1 }, signal);
  const [event] = events;
  return event === undefined ? '' : bodyIn(event);
}

export function storyTopic(story: string): string {
  return `story/${story}`;
}

async function historyOf(
  { story, before, limit }: QueryData<typeof contract, 'story.get'>,
  ctx: Ctx,
): Promise<{ history: StoryPassage[]; hasMore: boolean }> {
  const below = before ?? ctx.log.head().seq + 1;
  const ask = { before: below, limit, topic: storyTopic(story) };
  const { events, more } = await ctx.log.read(ask, ctx.signal);
  return { history: events.map((event) => toPassage(event, ctx)), hasMore: more };
}

function toPassage(event: EventEnvelope, ctx: Ctx): StoryPassage {
  const { seq, atMs, actor, data } = event;
  const { cause } = data as { cause?: StoryCause };
  return { seq, atMs, actor, text: ctx.describe(event), ...(cause !== undefined && { cause }) };
}
