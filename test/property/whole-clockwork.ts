// Timers and triggers as the reference of the whole pipeline has them: what is to fire, and that it does so once and has one effect.

import { expect } from 'vitest';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';

interface ModelTimer {
  schedule: { kind: string; everyMs?: number; fromMs?: number; atMs?: number };
  state: 'active' | 'paused' | 'over';
  fired: number;
  lastDueMs: number | undefined;
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

export class ModelClockwork {
  readonly timers = new Map<string, ModelTimer>();
  private readonly triggers = new Map<string, ModelTrigger>();
  /** What should have fired, what did, and what came of it; each by its name. */
  private readonly due: string[] = [];
  private readonly fired: string[] = [];
  private readonly done: string[] = [];

  read(event: EventEnvelope): void {
    this.readTimer(event);
    this.readTrigger(event);
    const { type, causeId, actor } = event;
    const isEffect = type === 'story.added' || type === 'message.sent';
    const [by, name, at] = causeId.split(':');
    if (isEffect && actor === 'operator' && (by === 'timer' || by === 'trigger'))
      this.done.push(`${name} ${at}`);
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
  }

  /** Due moments of a span of time that no clock was set in, of each timer that was on all the while: once each. */
  dueIn(fromMs: number, toMs: number): Map<string, number[]> {
    const all = new Map<string, number[]>();
    for (const [id, { state, schedule, lastDueMs = -Infinity, armedMs }] of this.timers) {
      const { everyMs = 0, fromMs: firstMs = 0 } = schedule;
      if (state !== 'active' || schedule.kind !== 'interval') continue;
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

  private readTimer({ type, data: told, atMs, seq }: EventEnvelope): void {
    const data = told as Told;
    const { timer: id = '', dueMs, n = 0 } = data;
    const schedule = (told as { schedule?: ModelTimer['schedule'] }).schedule;
    const known = this.timers.get(id);
    if (type === 'timer.added' && schedule !== undefined)
      this.timers.set(id, {
        schedule,
        state: 'active',
        fired: 0,
        lastDueMs: undefined,
        armedMs: atMs,
      });
    if (known === undefined) return;
    if (schedule !== undefined && type !== 'timer.fired') known.schedule = schedule;
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
    expect(dueMs, `${why} for the same time`).toBeGreaterThan(known.lastDueMs ?? -Infinity);
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

function isTimeOf({ kind, everyMs = 1, fromMs = 0, atMs }: ModelTimer['schedule'], dueMs: number) {
  return kind === 'once' ? dueMs === atMs : (dueMs - fromMs) % everyMs === 0;
}

/** What triggers may ask for of an event here: the title of a story that is written, or where one goes. */
function subjectOf({ type, data }: EventEnvelope): { title?: string; stage?: string } {
  const { title, place } = data as { title?: string; place?: { stage: string } };
  if (type === 'story.added') return title === undefined ? {} : { title };
  return type === 'story.moved' && place !== undefined ? { stage: place.stage } : {};
}
