/** Dialogs about agents; opened from anywhere, shown by the view's overlay. */
import { create } from 'zustand';
import type { AgentActionId } from './agent-actions.ts';

export type AgentsDialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'confirm'; readonly action: AgentActionId; readonly agent: string }
  | { readonly kind: 'inbox'; readonly agent: string };

export const useAgentsUi = create<{ readonly dialog: AgentsDialog | undefined }>(() => ({
  dialog: undefined,
}));

export function openAgentsDialog(dialog: AgentsDialog): void {
  useAgentsUi.setState({ dialog });
}

export function closeAgentsDialog(): void {
  useAgentsUi.setState({ dialog: undefined });
}
