/** Nodes in the palette. */
import { Eye, Lock, Pencil, Server } from 'lucide-react';
import { useMemo } from 'react';
import type { NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { openClusterDialog } from './cluster-ui.ts';
import { watchStory } from './terminal/watch-ui.ts';
import { useStoriesByNode } from './work/stories-by-node.ts';

export const nodeSource: PaletteSource = {
  ...{ id: 'nodes', title: 'Nodes', icon: Server },
  useItems: useNodeItems,
  open: show,
  useVerbs: useNodeVerbs,
};

const toItems = itemsOf<NodeRecord>(({ id, label }) => ({
  ...{ id, title: label, ...(label !== id && { detail: id }), keywords: ['node', 'machine'] },
}));

function useNodeItems(): readonly PaletteItem[] {
  const nodes = useRecords('node');
  return useMemo(() => toItems(nodes.filter(({ state }) => state === 'joined')), [nodes]);
}

function show(id: string): void {
  navigate('nodes', `node/${id}`);
}

function useNodeVerbs(id: string): readonly PaletteVerb[] | undefined {
  const node = useRecord('node', id);
  const stories = useStoriesByNode().get(id) ?? [];
  if (node?.state !== 'joined') return undefined;
  return [
    { id: 'show', title: 'Show', icon: Server, run: () => show(id) },
    ...stories.map((story) => ({
      ...{ id: `watch ${story.id}`, title: `Watch ${story.id} ${toPlainLine(story.title)}` },
      ...{ icon: Eye, run: () => watchStory(story.id) },
    })),
    {
      ...{ id: 'rename', title: 'Rename…', icon: Pencil },
      run: () => openClusterDialog({ kind: 'rename', id }),
    },
    {
      ...{ id: 'revoke', title: 'Lock out…', icon: Lock, danger: true },
      run: () => openClusterDialog({ kind: 'revoke', id }),
    },
  ];
}
