/**
 * What is true only for now: load, activity, progress. A table for each kind that a contract declares as `live`, beside
 * the log and never in it; all of it is gone with the hub.
 */
import type { FeatureContract } from '../../preload/contract/define.ts';
import type { LiveChange } from '../../preload/contract/sync.ts';
import { Table } from '../../preload/contract/table.ts';
import { assert } from '../base/assert.ts';

/** A page is told each of them: who needs more wants a query. */
const maxOfKind = 10_000;

export type LiveTables = ReadonlyMap<string, Table<unknown>>;

/** What is true only for now, by kind and key. Bounded at 10,000 of a kind; whoever goes beyond throws. */
export interface LiveRecords {
  /** Replaces it whole. The same record, by reference, changes nothing. Throws for a kind that is not the feature's own. */
  put(kind: string, key: string, record: unknown): void;
  remove(kind: string, key: string): void;
  /** Any feature's. */
  of(kind: string): Table<unknown>;
}

export class Live {
  private readonly tables = new Map<string, Table<unknown>>();
  private readonly onChanged: () => void;

  /** `onChanged` is told each change, at once. */
  constructor(contracts: readonly FeatureContract[], onChanged: () => void) {
    this.onChanged = onChanged;
    for (const kind of contracts.flatMap((contract) => Object.keys(contract.live ?? {}))) {
      assert(!this.tables.has(kind), `Live records "${kind}" are declared by two features`);
      this.tables.set(kind, Table.empty());
    }
  }

  all(): LiveTables {
    return this.tables;
  }

  /** Throws for a kind that nobody declares. */
  of(kind: string): Table<unknown> {
    const table = this.tables.get(kind);
    assert(table, `No feature declares live records "${kind}"`);
    return table;
  }

  /** What a feature may do: write its own kinds, read all. */
  for(contract: FeatureContract): LiveRecords {
    const write = (kind: string, change: (table: Table<unknown>) => Table<unknown>) => {
      assert(contract.live?.[kind], `"${kind}" is no live record of ${contract.name}`);
      const before = this.of(kind);
      const after = change(before);
      if (after === before) return;
      assert(after.size <= maxOfKind, `There are ${maxOfKind} live records "${kind}" already`);
      this.tables.set(kind, after);
      this.onChanged();
    };
    return {
      put: (kind, key, record) => write(kind, (table) => table.set(key, record)),
      remove: (kind, key) => write(kind, (table) => table.delete(key)),
      of: (kind) => this.of(kind),
    };
  }
}

/** What brings a reader from what it was told to what is; undefined when that is the same. `had`: nothing so far, when left out. */
export function liveChange(had: LiveTables | undefined, now: LiveTables): LiveChange | undefined {
  const put: Record<string, unknown> = {};
  const remove: string[] = [];
  for (const [kind, table] of now) {
    for (const { id, after } of (had?.get(kind) ?? Table.empty()).differencesTo(table)) {
      if (after === undefined) remove.push(`${kind}/${id}`);
      else put[`${kind}/${id}`] = after;
    }
  }
  if (had === undefined) return { whole: true, put, remove };
  const isSame = remove.length === 0 && Object.keys(put).length === 0;
  return isSame ? undefined : { whole: false, put, remove };
}
