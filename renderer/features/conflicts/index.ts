import { GitMergeConflict } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { conflictSource } from './palette-source.tsx';
import { TakeDialog } from './take-dialog.tsx';
import { useConflictBadge } from './use-conflicts.ts';

export { AgentCollisions, AgentIntent, useCollisionFacts } from './agent-collisions.tsx';
export { reasonOf, sayKind, sidesOf } from './conflict-words.ts';
export { SeverityMark } from './severity-mark.tsx';

export const conflictsView: View = {
  id: 'conflicts',
  title: 'Conflicts',
  icon: GitMergeConflict,
  about: 'Where two agents change the same, while they still write it.',
  tour: {
    text: 'When two agents change the same lines you see it here while they still work, and both are told. Nobody finds out at the merge.',
    anchors: ['[aria-label="Conflicts"]', '[aria-label="No conflicts"]'],
  },
  shortcut: 'c',
  Component: lazyView(async () => (await import('./conflicts-view.tsx')).ConflictsView),
  Overlay: TakeDialog,
  useBadge: useConflictBadge,
  paletteSources: [conflictSource],
  usePaletteCommands: () => commands,
  shortcuts: [
    { name: 'next', keys: 'j', label: 'Next conflict' },
    { name: 'previous', keys: 'k', label: 'Previous conflict' },
    { keys: 'Enter', label: 'Into its files' },
    { name: 'message', keys: 'm', label: 'Message both agents, or the one' },
    { name: 'dismiss', keys: 'x', label: 'Dismiss it, with a note' },
    { name: 'undo', keys: 'z', label: 'Undo the dismissal, until it is sent' },
    { name: 'intents', keys: 'i', label: 'Conflicts, or what agents are about to change' },
    { name: 'ended', keys: 'e', label: 'Show or hide those that ended' },
  ],
};

const intents: PaletteCommand = {
  id: 'intents',
  title: 'What agents are about to change',
  section: 'Conflicts',
  icon: GitMergeConflict,
  keywords: ['intents', 'claims', 'files'],
  run: () => navigate('conflicts', 'intents'),
};

const commands: readonly PaletteCommand[] = [intents];
