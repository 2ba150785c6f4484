import { Stethoscope } from 'lucide-react';
import { navigate } from '../../shell/ui-state.ts';
import type { View } from '../../shell/view.ts';
import { lazyView } from '../../ui/lazy-part.tsx';

export { CheckRow, WithCommands } from './check-row.tsx';

export const doctorView: View = {
  id: 'doctor',
  title: 'Doctor',
  icon: Stethoscope,
  about: 'What Musher needs of this machine, and what to do where it is missing.',
  tour: {
    text: 'If something does not work, look here first: each check says what was found and what to do. Copy it as text when you ask somebody for help.',
    anchors: ['main section', 'main h1'],
    keys: { keys: '?', label: 'All keys, from anywhere' },
  },
  shortcut: 'd',
  Component: lazyView(async () => (await import('./doctor-view.tsx')).DoctorView),
  usePaletteCommands: () => commands,
  shortcuts: [
    { name: 'again', keys: 'r', label: 'Check again' },
    { name: 'copy', keys: 'c', label: 'Copy the report as text' },
  ],
};

/** Found by what somebody looks for who has a problem. */
const commands = [
  {
    id: 'doctor',
    title: 'Check this machine',
    section: 'Musher',
    icon: Stethoscope,
    keywords: [
      ...['doctor', 'diagnose', 'diagnostics', 'problem', 'help', 'health', 'status', 'git', 'cli'],
      ...['port', 'disk', 'permissions', 'limits', 'install', 'leftovers', 'support'],
    ],
    run: () => navigate('doctor'),
  },
];
