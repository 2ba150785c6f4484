/** The Help menu: updates, and what whoever helps will ask for. */
import type { MenuItemConstructorOptions } from 'electron';
import type { UpdatesMenu } from './tell-updates.ts';

export interface HelpMenu {
  /** Undefined where the app is not updated by itself: from npm, or built by hand. */
  readonly updates: UpdatesMenu | undefined;
  copyDiagnostics(): void;
  showLogs(): void;
}

export function helpMenu({
  updates,
  copyDiagnostics,
  showLogs,
}: HelpMenu): MenuItemConstructorOptions {
  return {
    role: 'help',
    submenu: [
      ...(updates === undefined ? [] : updateItems(updates)),
      { label: 'Copy Diagnostics', click: () => copyDiagnostics() },
      { label: 'Show Logs', click: () => showLogs() },
      { type: 'separator' },
      { role: 'about' },
    ],
  };
}

function updateItems(updates: UpdatesMenu): MenuItemConstructorOptions[] {
  return [
    { label: updates.label, enabled: updates.enabled, click: () => updates.click() },
    {
      label: 'Look for Updates by Itself',
      type: 'checkbox',
      checked: updates.isOn,
      click: ({ checked }) => updates.setOn(checked),
    },
    {
      label: 'Take Beta Versions',
      type: 'checkbox',
      checked: updates.takesBeta,
      click: ({ checked }) => updates.setBeta(checked),
    },
    { type: 'separator' },
  ];
}
