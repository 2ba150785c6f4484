/** Slices folded by themselves over a stretch of the log: from the events of the types that they read, and no others. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Feature, HubState, LogReader } from '../feature.ts';
import { fold } from '../fold.ts';
import { pagesOf } from '../pages-of-types.ts';
import type { Registry } from '../registry.ts';
import { buildRegistry } from '../registry.ts';
import { upcast } from '../seal.ts';

export interface Stretch {
  /** Slices after event `from`, of the features alone. */
  readonly slices: HubState;
  readonly from: number;
  readonly upTo: number;
}

export interface FoldedTo {
  readonly seq: number;
  readonly slices: HubState;
}

/** Yields after each page. `registry`: of all features, for the newest version of each event. */
export function* foldAlone(
  { registry, log }: { readonly registry: Registry; readonly log: Pick<LogReader, 'page'> },
  features: readonly Feature[],
  { slices, from, upTo }: Stretch,
): Generator<FoldedTo, HubState> {
  if (features.length === 0 || from >= upTo) return slices;
  const isAll = features.length === registry.features.length;
  const alone = isAll ? registry : buildRegistry(features);
  // All together read nearly every type: in one row they come faster than each by its index.
  const types = isAll ? ['*'] : typesOf(features);
  let state = slices;
  let last = from;
  for (const page of pagesOf(log, { types, after: from, upTo })) {
    for (const event of page) {
      if (isAll && event.seq !== last + 1) throw new Error(`event ${last + 1} is missing`);
      last = event.seq;
      state = fold(alone, state, newest(registry, event));
    }
    yield { seq: last, slices: state };
  }
  if (isAll && last < upTo) throw new Error(`event ${last + 1} is missing`);
  return state;
}

function typesOf(features: readonly Feature[]): string[] {
  return [...new Set(features.flatMap(({ reduce }) => Object.keys(reduce)))];
}

export function newest(registry: Registry, event: EventEnvelope): EventEnvelope {
  return upcast(registry.events.get(event.type), event);
}
