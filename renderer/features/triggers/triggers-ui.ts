/** Which dialog about triggers is open, and whose facts are unfolded. */
import { create } from 'zustand';
import { navigate } from '../../shell/ui-state.ts';

export type TriggersDialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'edit' | 'remove'; readonly id: string };

interface TriggersUi {
  readonly dialog: TriggersDialog | undefined;
  readonly openId: string | undefined;
}

export const useTriggersUi = create<TriggersUi>(() => ({ dialog: undefined, openId: undefined }));

export function openTriggersDialog(dialog: TriggersDialog): void {
  useTriggersUi.setState({ dialog });
}

export function closeTriggersDialog(): void {
  useTriggersUi.setState({ dialog: undefined });
}

export function toggleTrigger(id: string): void {
  useTriggersUi.setState(({ openId }) => ({ openId: openId === id ? undefined : id }));
}

/** In its list, with all of it unfolded. */
export function showTrigger(id: string): void {
  useTriggersUi.setState({ openId: id });
  navigate('schedule', 'triggers');
}
