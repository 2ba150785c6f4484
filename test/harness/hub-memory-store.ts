// A log store in memory: the spine's tests need no disk. The same suite checks it and the one on SQLite.

import { sha256 } from '../../main/adapters/sqlite/sha256.ts';
import type { LogPage, PageAsk, Verification } from '../../main/hub/feature.ts';
import type {
  LogStore,
  StoredEffect,
  StoredEvent,
  StoredReceipt,
  SlicePart,
  StoredSlice,
} from '../../main/hub/log-store.ts';
import { chainHash, genesisHash, openStored } from '../../main/hub/seal.ts';
import { memorySearch } from './hub-memory-search.ts';

/** What a test may look at and spoil. */
export interface MemoryTables {
  readonly events: StoredEvent[];
  readonly receipts: Map<string, StoredReceipt & { atMs: number }>;
  readonly effects: Map<string, StoredEffect>;
  readonly marks: Map<string, string>;
  slices: Array<StoredSlice & { json: string }>;
  readonly parts: SlicePart[];
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
    slices: [],
    parts: [],
  };
}

/** `now` is for the age of receipts; left out, it stands where a test clock begins. */
export function memoryStore(now = () => 1_700_000_000_000, tables = newTables()): MemoryStore {
  return {
    tables,
    place: 'memory',
    logId: 'memory',
    sha256,
    ...memorySearch(tables.events),
    close: async () => undefined,
    ...readerOf(tables),
    ...writerOf(tables, now),
  };
}

function readerOf(
  tables: MemoryTables,
): Pick<LogStore, 'head' | 'page' | 'read' | 'verify' | 'marks'> {
  return {
    head: () => {
      const last = tables.events.at(-1);
      return { seq: last?.seq ?? 0, hash: last?.hash ?? genesisHash };
    },
    page: (ask) => pageOf(tables, ask).events,
    read: async (ask) => pageOf(tables, ask),
    verify: async () => verifyTables(tables),
    marks: (owner) => ({
      get: (name) => tables.marks.get(`${owner} ${name}`),
      set: (name, value) => void tables.marks.set(`${owner} ${name}`, value),
    }),
  };
}

function pageOf(tables: MemoryTables, ask: PageAsk): LogPage {
  const fits = tables.events.filter(
    (one) =>
      (ask.topic === undefined || one.topics.includes(ask.topic)) &&
      (ask.type === undefined || one.type === ask.type),
  );
  const isBefore = ask.after === undefined && ask.before !== undefined;
  const wanted = fits.filter((one) =>
    isBefore ? one.seq < (ask.before ?? 0) : one.seq > (ask.after ?? 0),
  );
  const found = isBefore ? wanted.slice(-ask.limit) : wanted.slice(0, ask.limit);
  return { events: found.map(openStored), more: wanted.length > found.length };
}

function verifyTables({ events }: MemoryTables): Verification {
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
): Omit<
  LogStore,
  | keyof (ReturnType<typeof readerOf> & ReturnType<typeof memorySearch>)
  | 'place'
  | 'logId'
  | 'sha256'
  | 'close'
> {
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
      for (const { owner, name, value } of batch.marks ?? [])
        tables.marks.set(`${owner} ${name}`, value);
    },
    receipt: (caller, id) => receipts.get(`${caller} ${id}`),
    pruneReceipts(olderThanMs) {
      for (const [id, one] of receipts) if (one.atMs < olderThanMs) receipts.delete(id);
    },
    pendingEffects: () => [...effects.values()],
    beginEffect: (id) => count(id, 1),
    letEffectGo: (id) => void count(id, -1),
    ...snapshotsOf(tables),
  };
}

function snapshotsOf(
  tables: MemoryTables,
): Pick<LogStore, 'slices' | 'sliceJson' | 'saveSlicePart' | 'saveSnapshot' | 'dropOldParts'> {
  const jsonOf = (name: string, at: number): string =>
    tables.parts
      .filter(({ feature, seq }) => feature === name && seq === at)
      .map(({ json }) => json)
      .join('');
  return {
    slices: () => tables.slices,
    sliceJson: (name) => tables.slices.find(({ feature }) => feature === name)?.json ?? '',
    saveSlicePart: (part) => void tables.parts.push(part),
    saveSnapshot({ seq, hash, written, unchanged }) {
      const kept = tables.slices
        .filter(({ feature }) => !written.some((one) => one.feature === feature))
        .map((one) => (unchanged.includes(one.feature) ? { ...one, seq, hash } : one));
      const fresh = written.map(({ feature, version }) => ({
        ...{ feature, version, seq, hash },
        json: jsonOf(feature, seq),
      }));
      tables.slices = [...kept, ...fresh];
    },
    dropOldParts() {
      tables.parts.length = 0;
      return false;
    },
  };
}
