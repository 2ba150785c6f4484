/** Agents that are chosen to be spoken to together; gone with the page. */
import { create } from 'zustand';
import { rangeOf } from './broadcast.ts';

interface Chosen {
  readonly ids: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | undefined;
}

const nobody: Chosen = { ids: new Set(), anchor: undefined };

export const useChosen = create<Chosen>(() => nobody);

export function toggleChosen(id: string): void {
  const isChosen = useChosen.getState().ids.has(id);
  setChosen([id], !isChosen);
  useChosen.setState({ anchor: id });
}

/** All between the one that was chosen last and this one. */
export function chooseTo(id: string, order: readonly string[]): void {
  setChosen(rangeOf(order, useChosen.getState().anchor, id), true);
  useChosen.setState({ anchor: id });
}

export function setChosen(ids: readonly string[], isChosen: boolean): void {
  const next = new Set(useChosen.getState().ids);
  for (const id of ids) {
    if (isChosen) next.add(id);
    else next.delete(id);
  }
  useChosen.setState({ ids: next });
}

export function chooseNobody(): void {
  useChosen.setState(nobody);
}
