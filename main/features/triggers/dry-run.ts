/**
 * What a trigger would have fired on, among past events: read beside the loop page by page, nothing is done. Its cool-down and its once are
 * played, its limit by the minute is not: that one would have been paused is seen from the count.
 */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Matcher } from '../../../preload/contract/trigger-facts.ts';
import type { triggers as contract } from '../../../preload/contract/triggers.ts';
import { testNamed, type WouldFire } from '../../../preload/contract/triggers.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { isOwn } from './chain.ts';
import { fitsPlainly, fitsType } from './match.ts';
import type { Expressions, Verdict } from './ports.ts';
import { requireMatcher, requireTrigger } from './require.ts';
import { type TriggersState, within } from './slice.ts';
import { Subject } from './subject.ts';

type Ask = QueryData<typeof contract, 'trigger.test'>;
type Answer = QueryResult<typeof contract, 'trigger.test'>;
type Ctx = QueryContext<TriggersState>;

const pageSize = 200;
const lineChars = 200;

interface Played {
  readonly id: string | undefined;
  readonly matcher: Matcher;
  readonly once: boolean;
  readonly cooldownMs: number;
}

export async function testTrigger(
  expressions: Expressions,
  ask: Ask,
  ctx: Ctx,
): Promise<Result<Answer>> {
  const played = requirePlayed(ask, ctx.state, expressions);
  if (!played.ok) return played;
  const end = Math.min(ask.before ?? Infinity, ctx.log.head().seq + 1);
  const start = Math.max(1, end - ask.look);
  const tally = new Tally(played.value, ctx);
  let after = start - 1;
  while (after < end - 1) {
    const limit = Math.min(pageSize, end - 1 - after);
    const { events } = await ctx.log.read({ after, limit }, ctx.signal);
    const last = events.at(-1)?.seq;
    if (last === undefined) break;
    await look(events, { played: played.value, expressions, tally });
    after = last;
  }
  const looked = Math.max(0, after - start + 1);
  const range = looked === 0 ? { from: 0, to: 0 } : { from: start, to: after };
  return ok({ ...tally.answer(), looked, ...range, hasMore: start > 1 });
}

/** Of a trigger that there is, but for what is said in place of it. */
function requirePlayed(ask: Ask, state: TriggersState, expressions: Expressions): Result<Played> {
  const { trigger: id, on, story, agent, stage, path, where, once, cooldownMs } = ask;
  const found = id === undefined ? undefined : requireTrigger(state, id);
  if (found?.ok === false) return found;
  const own = found?.value;
  const types = on ?? own?.on;
  if (types === undefined) return refuse('TRIGGER_TEST_EMPTY');
  // One that there is was read before.
  const fault = where === undefined ? undefined : expressions.check(where);
  const wished = {
    on: types,
    story: story ?? own?.story,
    agent: agent ?? own?.agent,
    stage: stage ?? own?.stage,
    path: path ?? own?.path,
    where: where ?? own?.where,
  };
  const matcher = requireMatcher(wished, fault);
  if (!matcher.ok) return matcher;
  return ok({
    ...{ id, matcher: matcher.value },
    once: once ?? own?.once ?? false,
    cooldownMs: cooldownMs ?? own?.cooldownMs ?? 0,
  });
}

interface Looking {
  readonly played: Played;
  readonly expressions: Expressions;
  readonly tally: Tally;
}

/** Asked all at once, told in order. */
async function look(
  events: readonly EventEnvelope[],
  { played: { id, matcher }, expressions, tally }: Looking,
): Promise<void> {
  const { where } = matcher;
  const fitting = events
    .filter((event) => fitsType(matcher.on, event.type) && !(id !== undefined && isOwn(event, id)))
    .map((event) => new Subject(event))
    .filter((subject) => fitsPlainly(matcher, subject));
  const verdicts = await Promise.all(
    fitting.map(async (subject): Promise<Verdict> => {
      if (where === undefined) return true;
      return (await expressions.evaluate([where], subject.plain))[0] ?? false;
    }),
  );
  for (const [at, { event }] of fitting.entries()) tally.add(event, verdicts[at] ?? false);
}

class Tally {
  private readonly played: Played;
  private readonly ctx: Ctx;
  private count = 0;
  private held = 0;
  private faults = 0;
  private fault: string | undefined;
  private lastMs: number | undefined;
  private fires: WouldFire[] = [];

  constructor(played: Played, ctx: Ctx) {
    this.played = played;
    this.ctx = ctx;
  }

  add(event: EventEnvelope, verdict: Verdict): void {
    if (verdict === false) return;
    if (verdict !== true) {
      this.faults += 1;
      this.fault = verdict.fault;
    } else if (this.isHeld(event)) this.held += 1;
    else this.fire(event);
  }

  answer() {
    const { count, held, faults, fault, fires } = this;
    return { count, held, faults, fires, ...(fault !== undefined && { fault }) };
  }

  private isHeld({ atMs }: EventEnvelope): boolean {
    const { once, cooldownMs } = this.played;
    if (this.lastMs === undefined) return false;
    return once || within(cooldownMs, atMs, this.lastMs);
  }

  private fire(event: EventEnvelope): void {
    const { seq, atMs, type, actor } = event;
    const text = this.ctx.describe(event).replace(/\s+/g, ' ').slice(0, lineChars);
    this.count += 1;
    this.lastMs = atMs;
    this.fires.push({ seq, atMs, type, actor, text });
    if (this.fires.length > testNamed) this.fires.shift();
  }
}
