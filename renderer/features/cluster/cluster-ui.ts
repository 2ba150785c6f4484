/** Which dialog about nodes is open. */
import { create } from 'zustand';

export type ClusterDialog =
  | { readonly kind: 'join' }
  | { readonly kind: 'rename' | 'revoke'; readonly id: string };

interface ClusterUi {
  readonly dialog: ClusterDialog | undefined;
  /** Those that were locked out are listed too. */
  readonly showsRevoked: boolean;
}

export const useClusterUi = create<ClusterUi>(() => ({ dialog: undefined, showsRevoked: false }));

export function openClusterDialog(dialog: ClusterDialog): void {
  useClusterUi.setState({ dialog });
}

export function closeClusterDialog(): void {
  useClusterUi.setState({ dialog: undefined });
}

export function toggleRevoked(): void {
  useClusterUi.setState(({ showsRevoked }) => ({ showsRevoked: !showsRevoked }));
}
