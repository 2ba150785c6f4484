// A feature small enough to see the hub through: named counters, and work that can be held.

import { z } from 'zod';
import {
  command,
  defineFeature,
  event,
  query,
  type CommandData,
} from '../../preload/contract/define.ts';
import { ok, refuse } from '../../main/base/result.ts';
import { Table } from '../../preload/contract/table.ts';
import type {
  EffectHandler,
  Feature,
  HubState,
  Life,
  SystemCommand,
} from '../../main/hub/feature.ts';
import { decided, feature, handler, newEvent } from '../../main/hub/feature.ts';

const name = z.string().min(1);

export const toyContract = defineFeature({
  name: 'toys',
  commands: {
    'toy.add': command({
      summary: 'Add to a counter',
      who: ['operator', 'agent'],
      data: z.object({ name, by: z.number().default(1), times: z.number().default(1) }),
      result: z.object({ total: z.number() }),
    }),
    'toy.drop': command({
      summary: 'Forget a counter',
      who: ['operator'],
      data: z.object({ name }),
      result: z.object({}),
    }),
    'toy.prepare': command({
      summary: 'Add what the outside says',
      who: ['operator'],
      data: z.object({ name }),
      result: z.object({ total: z.number() }),
    }),
    'toy.work': command({
      summary: 'Have work done',
      who: ['operator'],
      data: z.object({ name, lane: z.string().default('a'), count: z.number().default(1) }),
      result: z.object({}),
    }),
    'toy.throw': command({
      summary: 'Meet a defect',
      who: ['operator'],
      data: z.object({}),
      result: z.object({}),
    }),
    'toy.worked': command({
      summary: 'Work ended',
      who: ['system'],
      data: z.object({ name, how: z.enum(['done', 'failed', 'refused', 'defect']) }),
      result: z.object({}),
    }),
  },
  queries: {
    'toy.get': query({
      summary: 'Show a counter, waiting for its next change',
      who: ['operator', 'agent'],
      data: z.object({ name, waitMs: z.number().default(0) }),
      result: z.object({ total: z.number() }),
    }),
    'toy.load': query({
      summary: 'Show how busy it is now',
      who: ['operator'],
      data: z.object({ name }),
      result: z.object({ percent: z.number() }),
    }),
    'toy.secret': query({
      summary: 'Tell the operator alone',
      who: ['operator'],
      data: z.object({}),
      result: z.object({}),
    }),
  },
  events: {
    'toy.added': event({
      v: 2,
      data: z.object({ name: z.string(), by: z.number() }),
      // Version 1 called it `plus`.
      upcast: {
        1: (old) => {
          const { plus, ...rest } = old as { name: string; plus: number };
          return { ...rest, by: plus };
        },
      },
    }),
    'toy.dropped': event({ v: 1, data: z.object({ name: z.string() }) }),
    'toy.work_asked': event({ v: 1, data: z.object({ name: z.string() }) }),
    'toy.work_ended': event({ v: 1, data: z.object({ name: z.string(), how: z.string() }) }),
  },
  records: { toy: z.object({ total: z.number() }) },
  live: { load: z.object({ percent: z.number() }) },
});

export interface Toy {
  readonly total: number;
}
export interface ToyState {
  readonly byName: Table<Toy>;
  readonly ended: readonly string[];
}

export interface ToyOptions {
  /** What the outside says to `toy.prepare`. */
  readonly outside?: (signal: AbortSignal) => Promise<number>;
  readonly run?: EffectHandler<{ name: string }>['run'];
  readonly failed?: EffectHandler<{ name: string }>['failed'];
  readonly atOnce?: number;
  readonly due?: (state: ToyState, nowMs: number) => readonly SystemCommand[];
  readonly start?: (life: Life<ToyState>) => void;
  readonly recover?: (state: ToyState) => Promise<readonly SystemCommand[]>;
  readonly windDown?: (state: ToyState) => readonly SystemCommand[];
  readonly version?: number;
  /** Replaces the fold of `toy.added`. */
  readonly added?: (state: ToyState, data: { name: string; by: number }) => ToyState;
}

/** The toys' slice as plain data. */
export function toysIn(hub: HubState): { byName: Record<string, Toy>; ended: readonly string[] } {
  const { byName, ended } = hub.toys as ToyState;
  return { byName: byName.toJSON(), ended };
}

function totalOf(state: ToyState, toy: string): number {
  return state.byName.get(toy)?.total ?? 0;
}

function add(state: ToyState, { name: toy, by }: { name: string; by: number }): ToyState {
  return {
    ...state,
    byName: state.byName.set(toy, { total: totalOf(state, toy) + by }),
  };
}

const worked = (toy: string, how: string): SystemCommand => ({
  type: 'toy.worked',
  data: { name: toy, how },
});

export function toyFeature(options: ToyOptions = {}): Feature {
  return feature(toyContract, {
    initial: { byName: Table.empty(), ended: [] } as ToyState,
    version: options.version ?? 1,
    commands: {
      'toy.add': {
        decide: (
          { state },
          { name: toy, by, times }: CommandData<typeof toyContract, 'toy.add'>,
        ) =>
          by === 0
            ? refuse('BAD_REQUEST', { reason: 'Nothing is added.' })
            : decided(
                { total: totalOf(state, toy) + by * times },
                Array.from({ length: times }, () =>
                  newEvent(toyContract, 'toy.added', { name: toy, by }),
                ),
              ),
      },
      'toy.drop': {
        decide: (_ctx, data) => decided({}, [newEvent(toyContract, 'toy.dropped', data)]),
      },
      'toy.prepare': handler({
        prepare: async (_data, ctx) => ok(await (options.outside ?? (async () => 1))(ctx.signal)),
        decide: ({ state }, { name: toy }, by: number) =>
          decided({ total: totalOf(state as ToyState, toy) + by }, [
            newEvent(toyContract, 'toy.added', { name: toy, by }),
          ]),
      }),
      'toy.work': {
        decide: (_ctx, { name: toy, lane, count }) =>
          decided(
            {},
            count === 0 ? [] : [newEvent(toyContract, 'toy.work_asked', { name: toy })],
            Array.from({ length: Math.max(1, count) }, () => ({
              kind: 'toy.work',
              lane,
              data: { name: toy },
            })),
          ),
      },
      'toy.throw': {
        decide: () => {
          throw new TypeError('a defect of decide');
        },
      },
      'toy.worked': { decide: (_ctx, { name: toy, how }) => decideWorked(toy, how) },
    },
    queries: {
      'toy.secret': async () => ok({}),
      'toy.load': async ({ name: toy }, ctx) =>
        ok(ctx.live('load').get(toy) as { percent: number }),
      'toy.get': async ({ name: toy, waitMs }, ctx) => {
        if (waitMs > 0) await ctx.untilTopic(`toy/${toy}`, waitMs);
        return ok({ total: totalOf(ctx.fresh().state, toy) });
      },
    },
    reduce: {
      'toy.added': (state, { data }) =>
        (options.added ?? add)(state, data as { name: string; by: number }),
      'toy.dropped': (state, { data }) => {
        return { ...state, byName: state.byName.delete((data as { name: string }).name) };
      },
      'toy.work_ended': (state, { data }) => {
        const { name: toy, how } = data as { name: string; how: string };
        return { ...state, ended: [...state.ended, `${toy}:${how}`] };
      },
    },
    views: { toy: { items: (state: ToyState) => state.byName } },
    topics: ({ data }) => [`toy/${(data as { name: string }).name}`],
    describe: { 'toy.added': ({ data }) => `plus ${(data as { by: number }).by}` },
    effects: {
      'toy.work': {
        run: options.run ?? (async ({ name: toy }: { name: string }) => worked(toy, 'done')),
        ...('failed' in options
          ? { failed: options.failed }
          : { failed: ({ name: toy }: { name: string }) => worked(toy, 'failed') }),
        ...(options.atOnce === undefined ? {} : { atOnce: options.atOnce }),
      },
    },
    ...(options.due === undefined ? {} : { due: options.due }),
    ...(options.start === undefined ? {} : { start: options.start }),
    ...(options.recover === undefined ? {} : { recover: options.recover }),
    ...(options.windDown === undefined ? {} : { windDown: options.windDown }),
  });
}

/** The toy feature under another name, so that two stand beside each other. */
export function otherToys(options: ToyOptions = {}): Feature {
  const toy = toyFeature(options);
  const contract = {
    ...toy.contract,
    name: 'others',
    commands: {},
    queries: {},
    events: {},
    live: {},
  };
  return { ...toy, contract, commands: {}, queries: {}, effects: {}, views: {}, reduce: {} };
}

function decideWorked(toy: string, how: string) {
  if (how === 'defect') throw new TypeError('a defect of the report');
  return how === 'refused'
    ? refuse('BAD_REQUEST', { reason: 'Nobody asked for that work.' })
    : decided({}, [newEvent(toyContract, 'toy.work_ended', { name: toy, how })]);
}
