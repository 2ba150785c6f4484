/** Keys that work everywhere, bound and listed from one table. */
import { isMac } from '../ui/shortcut.ts';
import { views } from '../views.ts';
import { navigate, toggleOverlay, toggleSidebar } from './ui-state.ts';
import type { Binding } from './use-shortcuts.ts';
import { actionsOf } from './view.ts';

export interface ShellShortcut extends Binding {
  readonly label: string;
  /** Left out of the overlay: a second way to the same. */
  readonly hidden?: boolean;
}

export function shellShortcuts(): readonly ShellShortcut[] {
  return [
    {
      keys: 'Mod+K',
      label: 'Command palette',
      run: () => toggleOverlay('palette'),
      inFields: true,
      // Control+K is the shell's there; Command+K is nobody's.
      inTerminals: isMac,
    },
    {
      keys: 'Mod+Shift+P',
      label: 'Command palette, in a terminal too',
      run: () => toggleOverlay('palette'),
      inFields: true,
      inTerminals: true,
    },
    { keys: '?', label: 'These shortcuts', run: () => toggleOverlay('shortcuts') },
    { keys: 'Mod+B', label: 'Show or hide the sidebar', run: toggleSidebar, inFields: true },
    ...actionsOf(views).map(({ keys, label, run }) => ({ keys, label, run })),
    ...views.map((view) => ({
      keys: `g ${view.shortcut}`,
      label: view.title,
      run: () => navigate(view.id),
    })),
    ...views.slice(0, 9).map((view, at) => ({
      keys: `Mod+${at + 1}`,
      label: view.title,
      run: () => navigate(view.id),
      inFields: true,
      inTerminals: true,
      hidden: true,
    })),
  ];
}
