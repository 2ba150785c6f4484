import { Plus, Server } from 'lucide-react';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { useGatewayCommands, useGatewayStatus } from '../registration/index.ts';
import { openClusterDialog } from './cluster-ui.ts';
import { NodesOverlay } from './nodes-overlay.tsx';
import { nodeSource } from './palette-source.ts';
import { useLostNodes } from './use-nodes.ts';

export { watchStory } from './terminal/watch-ui.ts';
export { useStoriesByNode } from './work/stories-by-node.ts';
export { NodeLabel, NodeLink, NodeTag, showNode, useNodeOfStory } from './node-tag.tsx';

export const clusterView: View = {
  id: 'nodes',
  title: 'Nodes',
  icon: Server,
  about: 'Other machines that help with this project.',
  shortcut: 'o',
  Component: lazyView(async () => (await import('./nodes-view.tsx')).NodesView),
  Overlay: NodesOverlay,
  useBadge: useLostNodes,
  // Both are about other machines: the one this project tells how it stands, beside those that help it.
  useStatus: useGatewayStatus,
  paletteSources: [nodeSource],
  usePaletteCommands: useNodeCommands,
  shortcuts: [
    { name: 'join', keys: 'n', label: 'Let a machine join' },
    { name: 'next', keys: 'j', label: 'Next node' },
    { name: 'previous', keys: 'k', label: 'Previous node' },
    { name: 'rename', keys: 'e', label: 'Rename a node' },
    { name: 'lock-out', keys: 'x', label: 'Lock a node out' },
    { name: 'revoked', keys: 'v', label: 'Show or hide those that were locked out' },
    { name: 'watch', keys: 't', label: 'Watch the terminal of the story it has longest' },
  ],
};

const letJoin: PaletteCommand = {
  id: 'let a machine join',
  title: 'Let a machine join',
  section: 'Nodes',
  icon: Plus,
  keywords: ['node', 'token', 'invite', 'cluster', 'rendezvous'],
  run: () => openClusterDialog({ kind: 'join' }),
};

function useNodeCommands(): readonly PaletteCommand[] {
  return [letJoin, ...useGatewayCommands()];
}
