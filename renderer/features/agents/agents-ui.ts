/** The agents view on this page: open dialogs, the selected agent, and which terminal is to get the keyboard. */
import { create } from 'zustand';
import type { LimitKind } from '../../../preload/contract/limits.ts';
import type { AgentActionId } from './agent-actions.ts';
import type { BulkAction } from './bulk/bulk.ts';

export type AgentsDialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'confirm'; readonly action: AgentActionId; readonly agent: string }
  | {
      readonly kind: 'confirm-bulk';
      readonly action: BulkAction;
      readonly agents: readonly string[];
    }
  | { readonly kind: 'inbox'; readonly agent: string }
  /** `of`: the limit that it is about. */
  | { readonly kind: 'limits'; readonly agent: string; readonly of?: LimitKind };

interface AgentsUi {
  readonly dialog: AgentsDialog | undefined;
  /** In the grid; alone, the address says it. */
  readonly selectedId: string | undefined;
  /** The one that was selected before: the way back. */
  readonly beforeId: string | undefined;
  /** Asked for by the operator, until the terminal has the keyboard: a selection alone never sets it. */
  readonly wantsTyping: string | undefined;
}

export const useAgentsUi = create<AgentsUi>(() => ({
  dialog: undefined,
  selectedId: undefined,
  beforeId: undefined,
  wantsTyping: undefined,
}));

export function openAgentsDialog(dialog: AgentsDialog): void {
  useAgentsUi.setState({ dialog });
}

export function closeAgentsDialog(): void {
  useAgentsUi.setState({ dialog: undefined });
}

export function selectAgent(selectedId: string): void {
  useAgentsUi.setState((old) =>
    old.selectedId === selectedId ? old : { selectedId, beforeId: old.selectedId },
  );
}

export function wantTyping(wantsTyping: string | undefined): void {
  useAgentsUi.setState({ wantsTyping });
}
