// The past over a store in memory: folded in this thread, kept in a map, and spoilt as a test likes.

import { Past, type PastLog, type Progress } from '../../main/hub/past/past.ts';
import type { KeptSlice, Spacing, Waypoints } from '../../main/hub/past/waypoints.ts';
import type { Past as PastPort } from '../../main/features/timeline/ports.ts';
import { answerOf, overviewFeature } from '../../main/features/timeline/index.ts';
import type { Feature, HubState } from '../../main/hub/feature.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { buildRegistry } from '../../main/hub/registry.ts';
import type { Head } from '../../main/hub/seal.ts';
import { decodeSlice, encodeSlice } from '../../main/hub/slice-json.ts';

export class MemoryWaypoints implements Waypoints {
  level = 0;
  /** What is written is lost. */
  isFull = false;
  readonly heads = new Map<number, string>();
  readonly kept = new Map<number, Map<string, { version: number; json: string }>>();

  places(): Head[] {
    return [...this.heads].map(([seq, hash]) => ({ seq, hash })).sort((a, b) => a.seq - b.seq);
  }

  versionsAt(seq: number): ReadonlyMap<string, number> {
    const kept = [...(this.kept.get(seq) ?? [])];
    return new Map(kept.map(([name, { version }]) => [name, version]));
  }

  read(seq: number, feature: string): unknown {
    const json = this.kept.get(seq)?.get(feature)?.json;
    if (json === undefined || json === 'spoilt') return undefined;
    return decodeSlice(json);
  }

  write({ seq, hash }: Head, slices: readonly KeptSlice[]): void {
    if (this.isFull) return;
    this.heads.set(seq, hash);
    const kept = this.kept.get(seq) ?? new Map<string, { version: number; json: string }>();
    this.kept.set(seq, kept);
    for (const { feature, version, slice } of slices)
      kept.set(feature, { version, json: [...encodeSlice(slice)].join('') });
  }

  forget(seq: number, feature?: string): void {
    if (feature !== undefined) this.kept.get(seq)?.delete(feature);
    else this.drop(seq);
  }

  keepOnly(seqs: readonly number[]): void {
    for (const seq of [...this.heads.keys()]) if (!seqs.includes(seq)) this.drop(seq);
  }

  private drop(seq: number): void {
    this.heads.delete(seq);
    this.kept.delete(seq);
  }
}

export interface PastBox {
  readonly past: Past;
  readonly waypoints: MemoryWaypoints;
  /** Events that were read so far. */
  read(): number;
}

export interface PastBoxOptions {
  readonly store: LogStore;
  readonly features: readonly Feature[];
  readonly waypoints?: MemoryWaypoints;
  readonly spacing?: Spacing;
}

export function openPastBox(options: PastBoxOptions): PastBox {
  const { store, features, waypoints = new MemoryWaypoints() } = options;
  const spacing = options.spacing ?? { near: 10, nearEvents: 40, far: 20 };
  let read = 0;
  const log: PastLog = {
    head: () => store.head(),
    page(ask) {
      const events = store.page(ask);
      read += events.length;
      return events;
    },
    holds: ({ seq, hash }) => store.page({ after: seq - 1, limit: 1 })[0]?.hash === hash,
  };
  const past = new Past({ registry: buildRegistry(features), log, waypoints, spacing });
  return { past, waypoints, read: () => read };
}

/** Driven to its end; `steps` are told how far it is. */
export function stateOf(past: Past, seq: number, steps: Progress[] = []): HubState {
  for (const folding = past.stateAt(seq); ; ) {
    const step = folding.next();
    if (step.done === true) return step.value;
    steps.push(step.value);
  }
}

export function keepAll(past: Past): void {
  for (const keeping = past.keepAll(); keeping.next().done !== true; );
}

/** The port as features have it, folded at once in this thread. `features`: told late, since one of them asks it. */
export function inlinePast(store: LogStore, features: () => readonly Feature[]): PastPort {
  const all = () => [...features(), overviewFeature()];
  const registry = () => buildRegistry(all());
  const answer = (ask: Parameters<typeof answerOf>[2]) => {
    const { past } = openPastBox({ store, features: all() });
    return answerOf(registry(), stateOf(past, ask.seq), ask);
  };
  const port = {
    ask: async (ask: Parameters<typeof answerOf>[2]) => ({ answer: answer(ask) }),
    keepUp: () => undefined,
  };
  return port as unknown as PastPort;
}
