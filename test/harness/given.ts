// given(events).when(command).leadsTo(events), or .refused(code): policy without a world. Not `then`: that would make a promise of it.

import { expect } from 'vitest';
import { z } from 'zod';
import type { Actor, EventEnvelope } from '../../preload/contract/envelope.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { systemClock } from '../../main/base/clock.ts';
import { Pace } from '../../main/base/pace.ts';
import { MusherError, unwrap } from '../../main/base/result.ts';
import { parseData } from '../../main/hub/dispatch.ts';
import type { Decision, Effect, HubState, SystemCommand } from '../../main/hub/feature.ts';
import { deepFreeze, fold, initialState } from '../../main/hub/fold.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import type { World } from './hub-ports.ts';

/** An event of the past: what happened, to whom it is due, and when. */
export interface Past {
  readonly type: string;
  readonly data: unknown;
  /** Default: `system`. */
  readonly actor?: Actor;
  /** Milliseconds after the beginning; default: when the one before happened. */
  readonly atMs?: number;
}

/** Times in these tests are counted from here. */
export const beginMs = 1_700_000_000_000;

/** Events as `[type, data]`, effects as `kind lane`. */
type Told = ReadonlyArray<readonly [string, unknown]>;

export interface Outcome {
  leadsTo(events: Told, effects?: readonly string[]): Promise<void>;
  /** The same, for a closer look at the decision. */
  decides(events: Told, effects?: readonly string[]): Promise<Decision<unknown>>;
  refused(code: ErrorCode): Promise<void>;
  refusal(code: ErrorCode): Promise<MusherError>;
  taken(): Promise<void>;
  /** Events as their types alone. */
  types(types: readonly string[], effects: readonly string[]): Promise<Decision<unknown>>;
  /** The state after the command, or its refusal thrown. */
  state(): Promise<HubState>;
}

export interface Given {
  readonly state: HubState;
  readonly seq: number;
  /** `atMs`: how long after the last event. */
  when(type: string, data?: unknown, by?: { actor?: Actor; atMs?: number }): Outcome;
  due(afterMs: number): readonly SystemCommand[];
}

/** Folds the past through the real reducers. */
export function given(world: World, ...past: readonly Past[]): Given {
  const registry = buildRegistry(world.features);
  let state = deepFreeze(initialState(registry));
  let atMs = beginMs;
  for (const [index, one] of past.entries()) {
    atMs = one.atMs === undefined ? atMs : beginMs + one.atMs;
    const event = envelope(one, { seq: index + 1, atMs, v: registry.events.get(one.type)?.v ?? 1 });
    state = deepFreeze(fold(registry, state, event));
  }
  const seq = past.length;
  return {
    state,
    seq,
    when: (type, data = {}, { actor = 'operator', atMs: afterMs = 0 } = {}) =>
      outcomeOf({ registry, state, seq, type, data, actor, nowMs: atMs + afterMs }),
    due: (afterMs) =>
      registry.features.flatMap((one) => one.due?.(state[one.contract.name], atMs + afterMs) ?? []),
  };
}

function envelope(one: Past, place: { seq: number; atMs: number; v: number }): EventEnvelope {
  const { type, data, actor = 'system' } = one;
  return { ...place, id: `e-${place.seq}`, type, actor, causeId: 'c', data, hash: '' };
}

interface Asked {
  readonly registry: ReturnType<typeof buildRegistry>;
  readonly state: HubState;
  readonly seq: number;
  readonly type: string;
  readonly data: unknown;
  readonly actor: Actor;
  readonly nowMs: number;
}

async function decide(asked: Asked): Promise<Decision<unknown>> {
  const { registry, state, seq, type, actor, nowMs } = asked;
  const found = registry.commands.get(type);
  if (found === undefined) throw new Error(`There is no command ${type}`);
  const { handler, def } = found;
  const data = parseData(def.data, asked.data, type);
  const signal = new AbortController().signal;
  const outside = { hub: state, newest: () => state, pace: new Pace(systemClock), actor, signal };
  const facts = await handler.prepare?.(data, outside);
  let ids = 0;
  const ctx = {
    state: state[found.feature.contract.name],
    ...{ hub: state, nowMs, actor, nextSeq: seq + 1 },
    newId: (prefix: string) => {
      ids += 1;
      return `${prefix}-${ids}`;
    },
  };
  return unwrap(handler.decide(ctx, data, facts === undefined ? undefined : unwrap(facts)));
}

function outcomeOf(asked: Asked): Outcome {
  const outcome: Outcome = {
    async leadsTo(events, effects) {
      await outcome.decides(events, effects);
    },
    async refused(code) {
      await outcome.refusal(code);
    },
    async taken() {
      await decide(asked);
    },
    async decides(events, effects) {
      const decision = await decide(asked);
      expect(plain(decision.events.map(({ type, data }) => [type, data]))).toEqual(plain(events));
      requireKept(asked, decision);
      if (effects !== undefined) expect(kinds(decision.effects)).toEqual(effects);
      return decision;
    },
    async types(types, effects) {
      const decision = await decide(asked);
      expect(decision.events.map(({ type }) => type)).toEqual(types);
      requireKept(asked, decision);
      expect(kinds(decision.effects ?? [])).toEqual(effects);
      return decision;
    },
    async refusal(code) {
      const thrown = await decide(asked).then(
        (decision) => expect.fail(`Expected ${code}, got ${JSON.stringify(decision.events)}`),
        (error: unknown) => error,
      );
      if (!(thrown instanceof MusherError)) throw thrown;
      expect(thrown.wire.code).toBe(code);
      expect(thrown.wire.message + thrown.wire.mend, 'a hole in the text').not.toMatch(/\{\w+\}/);
      return thrown;
    },
    async state() {
      const { registry, seq, nowMs: atMs, actor } = asked;
      const { events } = await decide(asked);
      return events.reduce((state, { type, v, data }, index) => {
        const place = { seq: seq + index + 1, atMs, v };
        return deepFreeze(fold(registry, state, envelope({ type, data, actor }, place)));
      }, asked.state);
    },
  };
  return outcome;
}

/** Throws when the log would not take one of its events. */
function requireKept({ registry }: Asked, { events }: Decision<unknown>): void {
  for (const { type, data } of events) {
    const def = registry.events.get(type);
    if (def !== undefined) z.parse(def.data, data);
  }
}

function kinds(effects: readonly Effect[] = []): string[] {
  return effects.map((effect) => `${effect.kind} ${effect.lane}`);
}

/** As it is stored: a field that is undefined is none. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
