import { Columns3, Plus, Upload } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { PaletteCommand, View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { usePipelineCommands } from '../pipeline/index.ts';
import { storySource } from './palette-source.tsx';
import { StoriesOverlay } from './stories-overlay.tsx';
import { openDialog } from './stories-ui.ts';

export { StageMark } from './stage-mark.tsx';
export { AgentStoryFact, StoryOf } from './agent-story.tsx';

export const storiesView: View = {
  id: 'stories',
  title: 'Board',
  icon: Columns3,
  about: 'What is to be done, in columns from idea to done.',
  tour: {
    text: 'Stories say what is to be done, and move through the columns by themselves once agents have them. Write one, or import issues.',
    anchors: [
      'main section[aria-label$=" stories"]',
      'main section[aria-label$=" story"]',
      'main h2',
    ],
    keys: { keys: 'n', label: 'New story' },
  },
  shortcut: 'b',
  Component: lazyView(async () => (await import('./stories-view.tsx')).StoriesView),
  Overlay: StoriesOverlay,
  paletteSources: [storySource],
  usePaletteCommands: useStoryCommands,
  shortcuts: [
    { name: 'left', keys: 'h', label: 'Column to the left (arrows too)' },
    { name: 'right', keys: 'l', label: 'Column to the right' },
    { name: 'next', keys: 'j', label: 'Next story' },
    { name: 'previous', keys: 'k', label: 'Previous story' },
    { keys: 'Enter', label: 'Open the story' },
    { name: 'move', keys: 'm', label: 'Move it: then the letter of the stage' },
    { name: 'undo', keys: 'z', label: 'Undo the move, until it is sent' },
    { name: 'edit', keys: 'e', label: 'Edit what it says' },
    { name: 'assign', keys: 'a', label: 'Give it to an agent' },
    { name: 'terminal', keys: 't', label: 'Terminal of its agent' },
    { name: 'new', keys: 'n', label: 'New story' },
    { name: 'filter', keys: '/', label: 'Filter: words, label:ui, agent:backend, is:ready' },
    { name: 'over', keys: 'v', label: 'Archived, abandoned and superseded' },
    { name: 'import', keys: 'i', label: 'Import files and issues' },
  ],
};

function useStoryCommands(): readonly PaletteCommand[] {
  return [...own, ...usePipelineCommands()];
}

const own: readonly PaletteCommand[] = [
  {
    ...{ id: 'new story', title: 'New story', section: 'Stories', icon: Plus },
    keywords: ['write', 'add', 'task', 'issue'],
    run: () => openDialog({ kind: 'new' }),
  },
  {
    ...{ id: 'import stories', title: 'Import stories', section: 'Stories', icon: Upload },
    keywords: ['markdown', 'github', 'issues'],
    run: () => openDialog({ kind: 'import' }),
  },
  {
    ...{ id: 'stories over', title: 'Stories that are over', section: 'Stories', icon: Columns3 },
    keywords: ['archived', 'abandoned', 'superseded', 'done'],
    run: () => navigate('stories', 'over'),
  },
];
