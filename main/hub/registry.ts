/** What the features offer, looked up by name. Built once; a name declared twice is a bug. */
import type { CommandDef, EventDef, QueryDef } from '../../preload/contract/define.ts';
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import { assert } from '../base/assert.ts';
import type { AnyHandler, EffectHandler, Feature, QueryContext, SearchFields } from './feature.ts';
import type { Result } from '../base/result.ts';

export type Reducer = (state: unknown, event: EventEnvelope) => unknown;

export interface Registry {
  readonly features: readonly Feature[];
  readonly commands: ReadonlyMap<
    string,
    { feature: Feature; def: CommandDef; handler: AnyHandler<unknown, unknown, unknown> }
  >;
  readonly queries: ReadonlyMap<
    string,
    {
      feature: Feature;
      def: QueryDef;
      run: (data: unknown, ctx: QueryContext<unknown>) => Promise<Result<unknown>>;
    }
  >;
  readonly events: ReadonlyMap<string, EventDef>;
  readonly effects: ReadonlyMap<string, EffectHandler<unknown>>;
  /** Who folds an event of this type. Filled on first use, `*` reducers included. */
  reducersOf(type: string): ReadonlyArray<readonly [featureName: string, Reducer]>;
  /** Where an event is found later. */
  topicsOf(event: EventEnvelope): readonly string[];
  describe(event: EventEnvelope): string;
  /** By event type: what it is found by. */
  readonly search: Readonly<Record<string, SearchFields>>;
}

export function buildRegistry(features: readonly Feature[]): Registry {
  const reducers = new Map<string, Array<readonly [string, Reducer]>>();
  const owners = new Map(
    features.flatMap((f) => Object.keys(f.contract.events).map((type) => [type, f] as const)),
  );
  return {
    features,
    commands: collect(features, (f) =>
      Object.entries(f.contract.commands).map(([type, def]) => [
        type,
        { feature: f, def, handler: handlerOf(f, type) },
      ]),
    ),
    queries: collect(features, (f) =>
      Object.entries(f.contract.queries).map(([type, def]) => [
        type,
        { feature: f, def, run: queryOf(f, type) },
      ]),
    ),
    events: collect(features, (f) => Object.entries(f.contract.events)),
    effects: collect(features, (f) => Object.entries(f.effects ?? {})),
    reducersOf(type) {
      const known = reducers.get(type) ?? findReducers(features, type);
      reducers.set(type, known);
      return known;
    },
    topicsOf: (event) => owners.get(event.type)?.topics?.(event) ?? [],
    describe: (event) => owners.get(event.type)?.describe?.[event.type]?.(event) ?? event.type,
    search: Object.fromEntries(collect(features, (f) => Object.entries(f.search ?? {}))),
  };
}

function handlerOf(feature: Feature, type: string): AnyHandler<unknown, unknown, unknown> {
  const found = (feature.commands as Record<string, AnyHandler<unknown, unknown, unknown>>)[type];
  assert(found, `Feature ${feature.contract.name} has no handler for command ${type}`);
  return found;
}

function queryOf(feature: Feature, type: string) {
  const found = (
    feature.queries as Record<
      string,
      (data: unknown, ctx: QueryContext<unknown>) => Promise<Result<unknown>>
    >
  )[type];
  assert(found, `Feature ${feature.contract.name} has no query ${type}`);
  return found;
}

function findReducers(
  features: readonly Feature[],
  type: string,
): Array<readonly [string, Reducer]> {
  return features.flatMap((f) =>
    [f.reduce[type], f.reduce['*']]
      .filter((reducer) => reducer !== undefined)
      .map((reducer) => [f.contract.name, reducer] as const),
  );
}

function collect<V>(
  features: readonly Feature[],
  entriesOf: (feature: Feature) => Array<[string, V]>,
): Map<string, V> {
  const all = new Map<string, V>();
  for (const [name, value] of features.flatMap(entriesOf)) {
    assert(!all.has(name), `"${name}" is declared by two features`);
    all.set(name, value);
  }
  return all;
}
