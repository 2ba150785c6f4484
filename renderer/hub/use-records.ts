/** Reading the mirror. A component renders again only when what it asked for changed. */
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { Table } from '../../preload/contract/table.ts';
import type { LiveKind, LiveOf, RecordKind, RecordOf } from './bridge.ts';
import { useHub } from './hub-context.tsx';
import { listOf, type MirrorState } from './mirror.ts';

/** One record, or undefined when there is none. */
export function useRecord<K extends RecordKind>(
  kind: K,
  key: string | undefined,
): RecordOf<K> | undefined {
  return useStore(useHub().mirror, (state) => selectRecord(state, kind, key));
}

/** All records of a kind, in the order they came. The same array until one of them changes. */
export function useRecords<K extends RecordKind>(kind: K): ReadonlyArray<RecordOf<K>> {
  return useStore(useHub().mirror, (state) => selectRecords(state, kind));
}

/** All records of a kind, by key; the same table until one of them changes. Costs nothing however many there are. */
export function useTable<K extends RecordKind>(kind: K): Table<RecordOf<K>> {
  return useStore(useHub().mirror, (state) => selectTable(state, kind));
}

/** What there is of several kinds; the same until a record of one of them changes. */
export interface RecordsOfKinds {
  get<K extends RecordKind>(kind: K, key: string): RecordOf<K> | undefined;
  all<K extends RecordKind>(kind: K): ReadonlyArray<RecordOf<K>>;
}

/** `kinds`: the same array each time. */
export function useKinds(kinds: readonly RecordKind[]): RecordsOfKinds {
  const hub = useHub();
  const tables = useStore(
    hub.mirror,
    useShallow((state) => kinds.map((kind) => selectTable(state, kind))),
  );
  return useMemo(() => {
    const tableOf = new Map(kinds.map((kind, at) => [kind as string, tables[at]]));
    // The host parsed each against the schema of its kind before it was sent.
    return {
      get: <K extends RecordKind>(kind: K, key: string) =>
        tableOf.get(kind)?.get(key) as RecordOf<K> | undefined,
      all: <K extends RecordKind>(kind: K) => [
        ...((tableOf.get(kind)?.values() ?? []) as Iterable<RecordOf<K>>),
      ],
    };
  }, [kinds, tables]);
}

/** One live record: what is true for now and in no log; undefined when there is none. */
export function useLive<K extends LiveKind>(kind: K, key: string): LiveOf<K> | undefined {
  return useStore(useHub().mirror, ({ live }) => live.get(kind)?.get(key) as LiveOf<K> | undefined);
}

/** All live records of a kind, by key; the same table until one of them changes. */
export function useLiveTable<K extends LiveKind>(kind: K): Table<LiveOf<K>> | undefined {
  return useStore(useHub().mirror, ({ live }) => live.get(kind) as Table<LiveOf<K>> | undefined);
}

/** Position in the log that the page has seen. */
export function useHeadSeq(): number {
  return useStore(useHub().mirror, (state) => state.mirror.seq);
}

export function useIsLoaded(): boolean {
  return useStore(useHub().mirror, (state) => state.loaded);
}

export function selectRecord<K extends RecordKind>(
  state: MirrorState,
  kind: K,
  key: string | undefined,
): RecordOf<K> | undefined {
  // The host parsed it against the schema of its kind before it was sent.
  return key === undefined
    ? undefined
    : (state.mirror.kinds.get(kind)?.get(key) as RecordOf<K> | undefined);
}

export function selectRecords<K extends RecordKind>(
  state: MirrorState,
  kind: K,
): ReadonlyArray<RecordOf<K>> {
  return listOf(state.mirror, kind) as ReadonlyArray<RecordOf<K>>;
}

export function selectTable<K extends RecordKind>(
  { mirror }: MirrorState,
  kind: K,
): Table<RecordOf<K>> {
  return (mirror.kinds.get(kind) ?? Table.empty()) as Table<RecordOf<K>>;
}
