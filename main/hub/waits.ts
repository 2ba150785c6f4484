/** What several features say that an event does to what waits, read together. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { Feature, WaitChange } from './feature.ts';

export interface WaitReader {
  /** Event types that change what waits. */
  readonly types: readonly string[];
  changes(event: EventEnvelope): readonly WaitChange[];
}

export function readWaits(features: ReadonlyArray<Pick<Feature, 'waits'>>): WaitReader {
  const readers = Map.groupBy(
    features.flatMap(({ waits }) => Object.entries(waits ?? {})),
    ([type]) => type,
  );
  return {
    types: [...readers.keys()],
    changes: (event) => readers.get(event.type)?.flatMap(([, read]) => read(event)) ?? [],
  };
}
