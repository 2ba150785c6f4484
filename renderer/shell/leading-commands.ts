import { CircleHelp, Compass, FolderGit2 } from 'lucide-react';
import { startTour } from './tour/tour-state.ts';
import { toggleOverlay } from './ui-state.ts';
import type { PaletteCommand } from './view.ts';

/** For who wants to know what there is, or to go elsewhere. */
export const leadingCommands: readonly PaletteCommand[] = [
  {
    id: 'open repository',
    title: 'Open another repository',
    section: 'Repositories',
    icon: FolderGit2,
    keywords: ['welcome', 'choose', 'folder', 'project', 'recent'],
    run: () => location.assign('./welcome.html'),
  },
  {
    id: 'help',
    title: 'Help',
    section: 'Musher',
    icon: CircleHelp,
    shortcut: 'F1',
    keywords: ['what is', 'about', 'version', 'where', 'settings', 'logs', 'diagnostics'],
    run: () => toggleOverlay('help'),
  },
  {
    id: 'tour',
    title: 'Take the tour',
    section: 'Musher',
    icon: Compass,
    keywords: ['introduction', 'learn', 'begin', 'what is'],
    run: startTour,
  },
];
