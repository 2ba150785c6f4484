/** Keys that work everywhere, bound and listed from one table. */
import { isMac } from '../ui/shortcut.ts';
import { views } from '../views.ts';
import { navigate, toggleOverlay, toggleSidebar } from './ui-state.ts';
import type { Binding } from './use-shortcuts.ts';
import { actionsOf } from './view.ts';

export interface ShellShortcut extends Binding {
  /** After `app.`; absent where its keys cannot be others. */
  readonly name?: string;
  readonly label: string;
  /** Left out of the overlay: a second way to the same. */
  readonly hidden?: boolean;
}

export function shellShortcuts(): readonly ShellShortcut[] {
  return [
    {
      name: 'palette',
      keys: 'Mod+K',
      label: 'Command palette',
      run: () => toggleOverlay('palette'),
      inFields: true,
      // Control+K is the shell's there; Command+K is nobody's.
      inTerminals: isMac,
    },
    {
      name: 'palette-anywhere',
      keys: 'Mod+Shift+P',
      label: 'Command palette, in a terminal too',
      run: () => toggleOverlay('palette'),
      inFields: true,
      inTerminals: true,
    },
    {
      name: 'shortcuts',
      keys: '?',
      label: 'These shortcuts',
      run: () => toggleOverlay('shortcuts'),
    },
    {
      name: 'help',
      keys: 'F1',
      label: 'Help',
      run: () => toggleOverlay('help'),
      inFields: true,
    },
    {
      name: 'sidebar',
      keys: 'Mod+B',
      label: 'Show or hide the sidebar',
      run: toggleSidebar,
      inFields: true,
    },
    ...actionsOf(views).map(({ name, keys, label, run }) => ({ name, keys, label, run })),
    ...views.map((view) => ({
      name: `go-${view.id}`,
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
