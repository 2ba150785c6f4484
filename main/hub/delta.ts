/** What pages see of a state, and what changed between two states. By reference: cheap, and only for what changed. */
import type { Delta, Snapshot } from '../../preload/contract/sync.ts';
import { must } from '../base/assert.ts';
import type { Table } from '../../preload/contract/table.ts';
import type { Feature, HubState, RecordView } from './feature.ts';
import type { Registry } from './registry.ts';

type AnyView = RecordView<unknown, unknown>;

export interface At {
  readonly seq: number;
  readonly state: HubState;
}

/** So many records are read and sent in one go; a record may be a message of 100 kB. */
const partRows = 100;

/** A snapshot in parts, the last without `more`. */
export function* snapshotParts(registry: Registry, { seq, state }: At): Generator<Snapshot, void> {
  let records: Record<string, unknown> = {};
  let rows = 0;
  let part = 0;
  for (const { feature, kind, view } of viewsOf(registry.features)) {
    for (const [key, item] of view.items(state[feature.contract.name]).entries()) {
      if (rows === partRows) {
        yield { seq, records, part, more: true };
        records = {};
        rows = 0;
        part += 1;
      }
      records[`${kind}/${key}`] = recordOf(view, item);
      rows += 1;
    }
  }
  yield part === 0 ? { seq, records } : { seq, records, part };
}

export function deltaBetween(registry: Registry, from: At, to: At): Delta {
  const put: Record<string, unknown> = {};
  const remove: string[] = [];
  for (const { feature, kind, view } of viewsOf(registry.features)) {
    const before = from.state[feature.contract.name];
    const after = to.state[feature.contract.name];
    if (before !== after)
      compare({ view, kind, put, remove }, view.items(before), view.items(after));
  }
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

interface KnownView {
  readonly feature: Feature;
  readonly kind: string;
  readonly view: AnyView;
}

function viewsOf(features: readonly Feature[]): KnownView[] {
  return features.flatMap((feature) =>
    Object.entries(feature.views ?? {}).map(([kind, view]) => ({ feature, kind, view })),
  );
}

export function rowsIn({ put, remove }: Delta): number {
  return Object.keys(put).length + remove.length;
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
