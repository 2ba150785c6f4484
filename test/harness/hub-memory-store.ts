// A log store in memory: the spine's tests need no disk. The same suite checks it and the one on SQLite.

import { sha256 } from '../../main/adapters/sqlite/log-store.ts';
import type {
  LogStore,
  StoredEffect,
  StoredEvent,
  StoredReceipt,
  StoredSnapshot,
} from '../../main/hub/log-store.ts';
import { chainHash, genesisHash, openStored } from '../../main/hub/seal.ts';

/** What a test may look at and spoil. */
export interface MemoryTables {
  readonly events: StoredEvent[];
  readonly receipts: Map<string, StoredReceipt & { atMs: number }>;
  readonly effects: Map<string, StoredEffect>;
  readonly marks: Map<string, string>;
  snapshots: StoredSnapshot[];
}

export interface MemoryStore extends LogStore {
  readonly tables: MemoryTables;
}

export function newTables(): MemoryTables {
  return {
    events: [],
    receipts: new Map(),
    effects: new Map(),
    marks: new Map(),
    snapshots: [],
  };
}

/** `now` is for the age of receipts; left out, it stands where a test clock begins. */
export function memoryStore(now = () => 1_700_000_000_000, tables = newTables()): MemoryStore {
  return {
    tables,
    place: 'memory',
    logId: 'memory',
    sha256,
    close: () => undefined,
    ...readerOf(tables),
    ...writerOf(tables, now),
  };
}

function readerOf(
  tables: MemoryTables,
): Pick<LogStore, 'head' | 'page' | 'verify' | 'mark' | 'setMark'> {
  return {
    head: () => {
      const last = tables.events.at(-1);
      return { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash };
    },
    page(ask) {
      const fits = tables.events.filter(
        (one) =>
          (ask.topic === undefined || one.topics.includes(ask.topic)) &&
          (ask.type === undefined || one.type === ask.type),
      );
      const isBefore = ask.after === undefined && ask.before !== undefined;
      const found = isBefore
        ? fits.filter((one) => one.seq < (ask.before ?? 0)).slice(-ask.limit)
        : fits.filter((one) => one.seq > (ask.after ?? 0)).slice(0, ask.limit);
      return found.map(openStored);
    },
    verify: () => verifyTables(tables),
    mark: (name) => tables.marks.get(name),
    setMark: (name, value) => void tables.marks.set(name, value),
  };
}

function verifyTables({ events }: MemoryTables): ReturnType<LogStore['verify']> {
  let hash = genesisHash;
  for (const [index, event] of events.entries()) {
    const isLinked = chainHash({ sha256 }, hash, event.body) === event.hash;
    if (event.seq !== index + 1 || !isLinked)
      return { ok: false, head: index, hash, brokenAt: event.seq, reason: 'changed' };
    hash = event.hash;
  }
  return { ok: true, head: events.length, hash };
}

function writerOf(
  tables: MemoryTables,
  now: () => number,
): Omit<LogStore, keyof ReturnType<typeof readerOf> | 'place' | 'logId' | 'sha256' | 'close'> {
  const { events, receipts, effects } = tables;
  const count = (id: string, by: number): number => {
    const effect = effects.get(id);
    if (effect === undefined) return 1;
    effects.set(id, { ...effect, attempts: effect.attempts + by });
    return effect.attempts + by;
  };
  return {
    commit(batch) {
      events.push(...batch.events);
      for (const one of batch.receipts)
        receipts.set(`${one.caller} ${one.commandId}`, { ...one, atMs: now() });
      for (const one of batch.effects) effects.set(one.id, one);
      for (const id of batch.endedEffects) effects.delete(id);
    },
    receipt: (caller, id) => receipts.get(`${caller} ${id}`),
    pruneReceipts(olderThanMs) {
      for (const [id, one] of receipts) if (one.atMs < olderThanMs) receipts.delete(id);
    },
    pendingEffects: () => [...effects.values()],
    beginEffect: (id) => count(id, 1),
    letEffectGo: (id) => void count(id, -1),
    newestSnapshot: () => tables.snapshots.at(-1),
    saveSnapshot(snapshot) {
      tables.snapshots = [...tables.snapshots, snapshot].slice(-2);
    },
  };
}
