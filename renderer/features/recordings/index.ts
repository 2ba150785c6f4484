import { Clapperboard } from 'lucide-react';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';
import { playerShortcuts } from './use-player-keys.ts';

export { RecordingAt, recordingsAt } from './recording-at.tsx';

export const recordingsView: View = {
  id: 'recordings',
  title: 'Recordings',
  icon: Clapperboard,
  about: 'Terminals of agents, to be played again.',
  shortcut: 'p',
  Component: lazyView(async () => (await import('./recordings-view.tsx')).RecordingsView),
  shortcuts: playerShortcuts,
};
