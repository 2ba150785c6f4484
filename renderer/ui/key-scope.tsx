/**
 * Which keys stand for which. Code names keys as they are by default; where they are shown or heard, they are what the operator made
 * of them, by where that is: the same letter may have another meaning in every view.
 */
import { createContext, type ReactNode, useContext } from 'react';
import { create } from 'zustand';

/** By scope, from the keys by default to those that are. What is not in it is as it is by default. */
export type KeyTable = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Where keys work whatever is shown. */
export const everywhere = 'app';

const useTable = create<{ readonly table: KeyTable }>(() => ({ table: new Map() }));
const Scope = createContext(everywhere);

export function setKeyTable(table: KeyTable): void {
  useTable.setState({ table });
}

/** What is in it has the keys of this part of the page, then those that work everywhere. */
export function KeyScope({ id, children }: { id: string; children: ReactNode }) {
  return <Scope value={id}>{children}</Scope>;
}

/** From keys by default to those that are, here. */
export function useKeysHere(): (keys: string) => string {
  const scope = useContext(Scope);
  const table = useTable((state) => state.table);
  return (keys) => keysIn(table, scope, keys);
}

export function keysIn(table: KeyTable, scope: string, keys: string): string {
  return table.get(scope)?.get(keys) ?? table.get(everywhere)?.get(keys) ?? keys;
}
