/** What pages see of a state, and what changed between two states. By reference: cheap, and only for what changed. */
import type { Delta, Snapshot } from '../../preload/contract/sync.ts';
import type { Feature, HubState, RecordView } from './feature.ts';
import type { Registry } from './registry.ts';

type AnyView = RecordView<unknown, unknown>;

export function snapshotOf(registry: Registry, state: HubState, seq: number): Snapshot {
  const records: Record<string, unknown> = {};
  forEachView(registry.features, (feature, kind, view) => {
    for (const [key, item] of Object.entries(view.items(state[feature.contract.name]))) {
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

type Items = Readonly<Record<string, unknown>>;

interface Comparison {
  readonly view: AnyView;
  readonly kind: string;
  readonly put: Record<string, unknown>;
  readonly remove: string[];
}

function compare(out: Comparison, old: Items, now: Items): void {
  if (old === now) return;
  for (const key in now) {
    if (!Object.hasOwn(old, key) || old[key] !== now[key])
      out.put[`${out.kind}/${key}`] = recordOf(out.view, now[key]);
  }
  for (const key in old) {
    if (!Object.hasOwn(now, key)) out.remove.push(`${out.kind}/${key}`);
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

/** Two deltas in a row as one. */
export function joinDeltas(first: Delta, second: Delta): Delta {
  const put: Record<string, unknown> = { ...first.put };
  const removed = new Set(first.remove);
  for (const id of second.remove) {
    delete put[id];
    removed.add(id);
  }
  for (const [id, record] of Object.entries(second.put)) {
    put[id] = record;
    removed.delete(id);
  }
  return { fromSeq: first.fromSeq, toSeq: second.toSeq, put, remove: [...removed] };
}
