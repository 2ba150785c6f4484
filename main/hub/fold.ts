/** From events to state. Pure: the same events give the same state, whenever and wherever they are folded. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { HubState } from './feature.ts';
import type { Registry } from './registry.ts';

export function initialState(registry: Registry): HubState {
  return Object.fromEntries(registry.features.map((f) => [f.contract.name, f.initial]));
}

/** The state after an event. Slices that no reducer changed keep their reference; unknown types change nothing. */
export function fold(registry: Registry, state: HubState, event: EventEnvelope): HubState {
  let next: Record<string, unknown> | undefined;
  for (const [name, reduce] of registry.reducersOf(event.type)) {
    const before = (next ?? state)[name];
    const after = reduce(before, event);
    if (after === before) continue;
    next ??= { ...state };
    next[name] = after;
  }
  return next ?? state;
}

/** Freezes what is new in a state, so that a reducer that mutates fails at its line. For development and tests. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
