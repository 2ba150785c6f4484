import { GitMergeConflict } from 'lucide-react';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { isOpen, kindWords, sidesOf } from './conflict-words.ts';
import { TakeDialog } from './take-dialog.tsx';
import { useConflictBadge } from './use-conflicts.ts';

export { AgentCollisions, AgentIntent, useCollisionFacts } from './agent-collisions.tsx';
export { reasonOf, sayKind, sidesOf } from './conflict-words.ts';
export { SeverityMark } from './severity-mark.tsx';

export const conflictsView: View = {
  id: 'conflicts',
  title: 'Conflicts',
  icon: GitMergeConflict,
  shortcut: 'c',
  Component: lazyPart(async () => (await import('./conflicts-view.tsx')).ConflictsView),
  Overlay: TakeDialog,
  useBadge: useConflictBadge,
  usePaletteCommands: useConflictCommands,
  shortcuts: [
    { keys: 'j', label: 'Next conflict' },
    { keys: 'k', label: 'Previous conflict' },
    { keys: 'Enter', label: 'Into its files' },
    { keys: 'm', label: 'Message both agents, or the one' },
    { keys: 'x', label: 'Dismiss it, with a note' },
    { keys: 'z', label: 'Undo the dismissal, until it is sent' },
    { keys: 'i', label: 'Conflicts, or what agents are about to change' },
    { keys: 'e', label: 'Show or hide those that ended' },
  ],
};

function useConflictCommands(): readonly PaletteCommand[] {
  const open = useRecords('conflict')
    .filter(isOpen)
    .map(
      ({ id, kind, ...sides }): PaletteCommand => ({
        id: `conflict ${id}`,
        title: `Conflict of ${sidesOf(sides).join(' and ')}`,
        section: 'Conflicts',
        icon: GitMergeConflict,
        detail: kindWords[kind],
        run: () => navigate('conflicts', `conflict/${id}`),
      }),
    );
  return [intents, ...open];
}

const intents: PaletteCommand = {
  id: 'intents',
  title: 'What agents are about to change',
  section: 'Conflicts',
  icon: GitMergeConflict,
  keywords: ['intents', 'claims', 'files'],
  run: () => navigate('conflicts', 'intents'),
};
