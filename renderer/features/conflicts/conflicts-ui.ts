/** The conflicts view on this page: which intent is being taken. */
import { create } from 'zustand';

interface ConflictsUi {
  /** Of whom files are to be taken, while the operator is asked. */
  readonly takingFrom: string | undefined;
}

export const useConflictsUi = create<ConflictsUi>(() => ({ takingFrom: undefined }));

export function openTaking(agent: string): void {
  useConflictsUi.setState({ takingFrom: agent });
}

export function closeTaking(): void {
  useConflictsUi.setState({ takingFrom: undefined });
}
