/** What pages see of a state, and what changed between two states. By reference: cheap, and only for what changed. */
import type { Delta, Snapshot } from '../../preload/contract/sync.ts';
import { must } from '../base/assert.ts';
import type { Table } from '../../preload/contract/table.ts';
import type { Feature, HubState, RecordView } from './feature.ts';
import type { Registry } from './registry.ts';

type AnyView = RecordView<unknown, unknown>;

export function snapshotOf(registry: Registry, state: HubState, seq: number): Snapshot {
  const records: Record<string, unknown> = {};
  forEachView(registry.features, (feature, kind, view) => {
    for (const [key, item] of view.items(state[feature.contract.name]).entries()) {
      records[`${kind}/${key}`] = recordOf(view, item);
    }
  });
  return { seq, records };
}

export interface At {
  readonly seq: number;
  readonly state: HubState;
}

export function deltaBetween(registry: Registry, from: At, to: At): Delta {
  const put: Record<string, unknown> = {};
  const remove: string[] = [];
  forEachView(registry.features, (feature, kind, view) => {
    const before = from.state[feature.contract.name];
    const after = to.state[feature.contract.name];
    if (before === after) return;
    compare({ view, kind, put, remove }, view.items(before), view.items(after));
  });
  return { fromSeq: from.seq, toSeq: to.seq, put, remove };
}

interface Comparison {
  readonly view: AnyView;
  readonly kind: string;
  readonly put: Record<string, unknown>;
  readonly remove: string[];
}

function compare(out: Comparison, old: Table<unknown>, now: Table<unknown>): void {
  for (const { id, after } of old.differencesTo(now)) {
    if (after === undefined) out.remove.push(`${out.kind}/${id}`);
    else out.put[`${out.kind}/${id}`] = recordOf(out.view, after);
  }
}

function recordOf(view: AnyView, item: unknown): unknown {
  return view.record === undefined ? item : view.record(item);
}

function forEachView(
  features: readonly Feature[],
  visit: (feature: Feature, kind: string, view: AnyView) => void,
): void {
  for (const feature of features) {
    for (const [kind, view] of Object.entries(feature.views ?? {})) visit(feature, kind, view);
  }
}

/** Deltas in a row as one; at least one. */
export function joinDeltas(deltas: readonly Delta[]): Delta {
  const put = new Map<string, unknown>();
  const removed = new Set<string>();
  for (const delta of deltas) {
    for (const id of delta.remove) {
      put.delete(id);
      removed.add(id);
    }
    for (const [id, record] of Object.entries(delta.put)) {
      put.set(id, record);
      removed.delete(id);
    }
  }
  const [first, last] = [must(deltas[0], 'a delta'), must(deltas.at(-1), 'a delta')];
  const all = { put: Object.fromEntries(put), remove: [...removed] };
  return { fromSeq: first.fromSeq, toSeq: last.toSeq, ...all };
}
