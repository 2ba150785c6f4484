/** Which project is chosen, and which dialog is open. */
import { create } from 'zustand';

export type GatewayDialog =
  | { readonly kind: 'register' }
  | { readonly kind: 'rename' | 'remove'; readonly id: string };

interface GatewayUi {
  readonly dialog: GatewayDialog | undefined;
  readonly chosen: string | undefined;
}

export const useGatewayUi = create<GatewayUi>(() => ({ dialog: undefined, chosen: undefined }));

export function openDialog(dialog: GatewayDialog): void {
  useGatewayUi.setState({ dialog });
}

export function closeDialog(): void {
  useGatewayUi.setState({ dialog: undefined });
}

export function choose(chosen: string): void {
  useGatewayUi.setState({ chosen });
}
