import { Eye, Plus, Server } from 'lucide-react';
import { toPlainLine } from '../../ui/plain-text.ts';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { useGatewayCommands, useGatewayStatus } from '../registration/index.ts';
import { openClusterDialog } from './cluster-ui.ts';
import { NodesOverlay } from './nodes-overlay.tsx';
import { watchStory } from './terminal/watch-ui.ts';
import { useLostNodes } from './use-nodes.ts';
import { useStoriesByNode } from './work/stories-by-node.ts';

export { watchStory } from './terminal/watch-ui.ts';
export { useStoriesByNode } from './work/stories-by-node.ts';
export { NodeLabel, NodeLink, NodeTag, showNode, useNodeOfStory } from './node-tag.tsx';

export const clusterView: View = {
  id: 'nodes',
  title: 'Nodes',
  icon: Server,
  shortcut: 'o',
  Component: lazyPart(async () => (await import('./nodes-view.tsx')).NodesView),
  Overlay: NodesOverlay,
  useBadge: useLostNodes,
  // Both are about other machines: the one this project tells how it stands, beside those that help it.
  useStatus: useGatewayStatus,
  usePaletteCommands: useNodeCommands,
  shortcuts: [
    { keys: 'n', label: 'Let a machine join' },
    { keys: 'j', label: 'Next node' },
    { keys: 'k', label: 'Previous node' },
    { keys: 'e', label: 'Rename a node' },
    { keys: 'x', label: 'Lock a node out' },
    { keys: 'v', label: 'Show or hide those that were locked out' },
    { keys: 't', label: 'Watch the terminal of the story it has longest' },
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
  const gateway = useGatewayCommands();
  const stories = useStoriesByNode();
  const nodes = useRecords('node').filter(({ state }) => state === 'joined');
  return [
    letJoin,
    ...gateway,
    ...nodes.map(
      ({ id, label }): PaletteCommand => ({
        id: `node ${id}`,
        title: label,
        section: 'Nodes',
        icon: Server,
        detail: id,
        run: () => navigate('nodes', `node/${id}`),
      }),
    ),
    ...nodes.flatMap(({ id: node, label }) =>
      (stories.get(node) ?? []).map(
        ({ id, title }): PaletteCommand => ({
          id: `watch ${id}`,
          title: `Watch ${id} ${toPlainLine(title)}`,
          section: 'Nodes',
          icon: Eye,
          detail: label,
          keywords: ['terminal', 'screen'],
          run: () => watchStory(id),
        }),
      ),
    ),
  ];
}
