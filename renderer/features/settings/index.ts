import { Settings2 } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';

export const settingsView: View = {
  id: 'settings',
  title: 'Settings',
  about: 'Every key of config.toml: what it does, what it is now, and by which file.',
  icon: Settings2,
  shortcut: ',',
  Component: lazyView(async () => (await import('./settings-view.tsx')).SettingsView),
  usePaletteCommands: () => commands,
  shortcuts: [
    { keys: '/', label: 'Search settings' },
    { keys: 'o', label: 'Change the other file: your own, or the repository’s' },
  ],
};

const commands = [
  {
    id: 'settings',
    title: 'Open settings',
    section: 'Musher',
    icon: Settings2,
    keywords: [
      ...['settings', 'preferences', 'options', 'config', 'configuration', 'toml', 'theme'],
      ...['limits', 'gates', 'profiles', 'budgets', 'editor', 'snapshots', 'worktrees', 'pipeline'],
    ],
    run: () => navigate('settings'),
  },
];
