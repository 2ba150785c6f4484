/** Open conflicts in the palette. */
import { GitMergeConflict, SquareTerminal } from 'lucide-react';
import { useMemo } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { useRecord } from '../../hub/use-records.ts';
import { itemsOf } from '../../shell/palette/items-of.ts';
import type {
  PaletteItem,
  PaletteSource,
  PaletteVerb,
} from '../../shell/palette/palette-source.ts';
import { navigate } from '../../shell/ui-state.ts';
import { agentsOf, isOpen, kindWords, sidesOf } from './conflict-words.ts';
import { SeverityMark } from './severity-mark.tsx';
import { useConflicts } from './use-conflicts.ts';

export const conflictSource: PaletteSource = {
  ...{ id: 'conflicts', title: 'Conflicts', icon: GitMergeConflict },
  useItems: useConflictItems,
  Mark: ConflictMark,
  open: show,
  useVerbs: useConflictVerbs,
};

const toItems = itemsOf<ConflictRecord>((conflict) => ({
  ...{ id: conflict.id, title: `Conflict of ${sidesOf(conflict).join(' and ')}` },
  ...{ detail: kindWords[conflict.kind], keywords: [conflict.id] },
}));

function useConflictItems(): readonly PaletteItem[] {
  const conflicts = useConflicts(false);
  return useMemo(() => toItems(conflicts), [conflicts]);
}

function ConflictMark({ id }: { id: string }) {
  const conflict = useRecord('conflict', id);
  return conflict ? <SeverityMark severity={conflict.severity} showWord /> : null;
}

function show(id: string): void {
  navigate('conflicts', `conflict/${id}`);
}

function useConflictVerbs(id: string): readonly PaletteVerb[] | undefined {
  const conflict = useRecord('conflict', id);
  if (conflict === undefined || !isOpen(conflict)) return undefined;
  return [
    { id: 'show', title: 'Show', icon: GitMergeConflict, run: () => show(id) },
    ...agentsOf(conflict).map((agent) => ({
      ...{ id: `agent ${agent}`, title: `Show ${agent}`, icon: SquareTerminal },
      run: () => navigate('agents', `agent/${agent}`),
    })),
  ];
}
