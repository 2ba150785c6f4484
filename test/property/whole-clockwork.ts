// Timers and triggers as the reference of the whole pipeline has them: what is to fire, and that it does so once and has one effect.

import { expect } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';

interface Schedule {
  readonly kind: string;
  readonly everyMs?: number;
  readonly fromMs?: number;
  readonly atMs?: number;
  readonly cron?: string;
}

interface ModelTimer {
  schedule: Schedule;
  state: 'active' | 'paused' | 'over';
  fired: number;
  lastDueMs: number | undefined;
  /** It has another schedule than it last fired by: its times begin anew, as the clock stands. */
  isAnew: boolean;
  /** What the clock showed when its next time was worked out. */
  armedMs: number;
}

interface ModelTrigger {
  readonly on: string;
  readonly word: string;
  readonly once: boolean;
  isArmed: boolean;
}

type Told = Record<string, string> & { once?: boolean; on?: unknown; n?: number; dueMs?: number };

/** A clock that is set back by less was only put right: no time of before comes again. */
const putRightMs = 60_000;

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** What cron expressions come to, where no clock is ever changed. */
export const crons = {
  often: { cron: '*/30 * * * *', zone: 'UTC', everyMs: 30 * minuteMs, fromMs: 0 },
  daily: { cron: '0 3 * * *', zone: 'Asia/Kolkata', everyMs: dayMs, fromMs: -150 * minuteMs },
} as const;

export class ModelClockwork {
  /** Timers and triggers that are to start an agent. */
  readonly begins = new Set<string>();
  readonly timers = new Map<string, ModelTimer>();
  private readonly triggers = new Map<string, ModelTrigger>();
  /** What should have fired, what did, and what came of it; each by its name. */
  private readonly due: string[] = [];
  private readonly fired: string[] = [];
  private readonly done: string[] = [];
  private readonly begun: string[] = [];

  read(event: EventEnvelope): void {
    this.readTimer(event);
    this.readTrigger(event);
    const { type, causeId, actor } = event;
    const isEffect = type === 'story.added' || type === 'message.sent';
    const [by, name, at] = causeId.split(':');
    if (isEffect && actor === 'operator' && (by === 'timer' || by === 'trigger'))
      this.done.push(`${name} ${at}`);
    if (type === 'agent.added' && (by === 'timer' || by === 'trigger'))
      this.begun.push(`${name} ${at}`);
    this.readAction(event);
    const { stage, title } = subjectOf(event);
    for (const [id, one] of this.triggers) {
      if (!one.isArmed || one.on !== type || (one.word !== stage && one.word !== title)) continue;
      this.due.push(`${id} ${event.seq}`);
      if (one.once) one.isArmed = false;
    }
  }

  /** Of the quiet hub: each that was due has fired once, and each firing has done its work once. */
  check(): void {
    const triggered = this.fired.filter((one) => one.startsWith('tr-'));
    expect(triggered.toSorted(), 'matching events that fired a trigger').toEqual(
      this.due.toSorted(),
    );
    expect(this.done.toSorted(), 'what firings did').toEqual(this.fired.toSorted());
    const begun = this.fired.filter((one) => this.begins.has(one.split(' ')[0] ?? ''));
    expect(this.begun.toSorted(), 'agents that firings started').toEqual(begun.toSorted());
  }

  /** When each that is on is due next, as the clock stands. */
  nextDue(nowMs: number): number[] {
    return [...this.timers.values()].flatMap(({ state, schedule, lastDueMs = -Infinity }) => {
      const { kind, everyMs = 1, fromMs = 0, atMs = 0 } = schedule;
      if (state !== 'active') return [];
      if (kind === 'once') return atMs > nowMs ? [atMs] : [];
      const afterMs = Math.max(nowMs, lastDueMs);
      return [fromMs + (Math.floor((afterMs - fromMs) / everyMs) + 1) * everyMs];
    });
  }

  /** Of stories that would make a trigger fire. */
  titlesAwaited(): string[] {
    const words = [...this.triggers.values()].filter(({ isArmed }) => isArmed);
    return words.flatMap(({ word }) => (word.length === 1 ? [word] : []));
  }

  /** Due moments of a span of time that no clock was set in, of each timer that was on all the while: once each. */
  dueIn(fromMs: number, toMs: number): Map<string, number[]> {
    const all = new Map<string, number[]>();
    for (const [id, { state, schedule, lastDueMs = -Infinity, armedMs }] of this.timers) {
      const { everyMs = 0, fromMs: firstMs = 0 } = schedule;
      if (state !== 'active' || schedule.kind === 'once') continue;
      // None comes again, wherever the clock was set to since.
      const isPutRight = armedMs > fromMs && armedMs - fromMs < putRightMs;
      const leastMs = Math.max(fromMs, lastDueMs + 1, isPutRight ? armedMs + 1 : -Infinity);
      const first = firstMs + Math.ceil((leastMs - firstMs) / everyMs) * everyMs;
      const count = Math.max(0, Math.floor((toMs - first) / everyMs) + 1);
      all.set(
        id,
        Array.from({ length: count }, (_none, at) => first + at * everyMs),
      );
    }
    return all;
  }

  private readAction({ type, data }: EventEnvelope): void {
    if (type !== 'timer.added' && type !== 'trigger.added') return;
    const { timer, trigger, action } = data as Told & { action: { kind: string; agent?: string } };
    const isBegin = action.kind === 'prompt' && action.agent === undefined;
    if (isBegin) this.begins.add(timer ?? trigger ?? '');
  }

  private readTimer({ type, data: told, atMs, seq }: EventEnvelope): void {
    const data = told as Told;
    const { timer: id = '', dueMs, n = 0 } = data;
    const schedule = asInterval((told as { schedule?: Schedule }).schedule);
    const known = this.timers.get(id);
    if (type === 'timer.added' && schedule !== undefined)
      this.timers.set(id, {
        schedule,
        state: 'active',
        fired: 0,
        lastDueMs: undefined,
        isAnew: true,
        armedMs: atMs,
      });
    if (known === undefined) return;
    if (schedule !== undefined && type !== 'timer.fired') known.schedule = schedule;
    if (schedule !== undefined && type === 'timer.edited') known.isAnew = true;
    if (type === 'timer.edited' && schedule !== undefined && known.state === 'over')
      known.state = 'active';
    if (type !== 'timer.acted' && (type !== 'timer.fired' || dueMs !== undefined))
      known.armedMs = atMs;
    if (type === 'timer.paused') known.state = 'paused';
    if (type === 'timer.resumed') known.state = 'active';
    if (type === 'timer.removed') known.state = 'over';
    if (type !== 'timer.fired') return;
    const why = `#${seq}: firing ${n} of ${id}`;
    expect(n, why).toBe(known.fired + 1);
    known.fired = n;
    this.fired.push(`${id} ${n}`);
    if (dueMs === undefined) return;
    expect(known.state, why).toBe('active');
    expect(dueMs, `${why} before its time`).toBeLessThanOrEqual(atMs);
    const lastMs = known.isAnew ? -Infinity : (known.lastDueMs ?? -Infinity);
    expect(dueMs, `${why} for the same time`).toBeGreaterThan(lastMs);
    known.isAnew = false;
    expect(isTimeOf(known.schedule, dueMs), `${why} at ${dueMs}, which is none of its times`).toBe(
      true,
    );
    known.lastDueMs = dueMs;
    if (known.schedule.kind === 'once') known.state = 'over';
  }

  private readTrigger({ type, data: told }: EventEnvelope): void {
    const { trigger: id = '', once = false, on, where = '', stage = '' } = told as Told;
    const known = this.triggers.get(id);
    if (type === 'trigger.added') {
      const word = stage === '' ? (/"(.)"/.exec(where)?.[1] ?? '') : stage;
      const [of = ''] = on as string[];
      this.triggers.set(id, { on: of, word, once, isArmed: true });
    }
    if (type === 'trigger.removed') this.triggers.delete(id);
    if (known && type === 'trigger.paused') known.isArmed = false;
    if (known && type === 'trigger.resumed') known.isArmed = true;
    if (type === 'trigger.fired') this.fired.push(`${id} ${(on as { seq: number }).seq}`);
  }
}

/** A cron expression by the interval that it comes to. */
function asInterval(schedule: Schedule | undefined): Schedule | undefined {
  const known = Object.values(crons).find(({ cron }) => cron === schedule?.cron);
  return known === undefined ? schedule : { ...schedule, ...known, kind: 'cron' };
}

function isTimeOf({ kind, everyMs = 1, fromMs = 0, atMs }: ModelTimer['schedule'], dueMs: number) {
  return kind === 'once' ? dueMs === atMs : (dueMs - fromMs) % everyMs === 0;
}

/** What triggers may ask for of an event here: the title of a story that is written, or where one goes. */
function subjectOf({ type, data }: EventEnvelope): { title?: string; stage?: string } {
  const { title, place } = data as { title?: string; place?: { stage: string } };
  if (type === 'story.added') return title === undefined ? {} : { title };
  return type === 'story.moved' && place !== undefined ? { stage: place.stage } : {};
}
