/** What several features say that an event does to what waits, read together. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { Feature, WaitChange } from './feature.ts';

export interface WaitReader {
  /** Event types that change what waits. */
  readonly types: readonly string[];
  changes(event: EventEnvelope): readonly WaitChange[];
}

export function readWaits(features: readonly Feature[]): WaitReader {
  const declared = features.map(({ waits }) => waits ?? {});
  return {
    types: [...new Set(declared.flatMap((waits) => Object.keys(waits)))],
    changes: (event) => declared.flatMap((waits) => waits[event.type]?.(event) ?? []),
  };
}
