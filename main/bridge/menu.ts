/**
 * The application menu. Off macOS no item takes Ctrl and a single letter: those keys belong to the programs in the
 * terminals, where Ctrl+R searches the history and Ctrl+W deletes a word.
 */
import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { helpMenu, type HelpMenu } from './help-menu.ts';

export interface MenuActions {
  openWindow(): void;
  /** Asks for a folder. */
  openFolder(): void;
  /** Left out: there is no page to choose on. */
  openWelcome?(): void;
  openRecent(root: string): void;
  clearRecent(): void;
  setOneForAll(isOneForAll: boolean): void;
  setTellsAbsent(tellsAbsent: boolean): void;
  /** Left out: the system does so anyway (macOS), or there is no other way back to it. */
  setStays?(stays: boolean): void;
  /** In the window that is in front. */
  openSettings(): void;
}

export interface MenuState {
  /** Folders, newest first. */
  readonly recent: readonly string[];
  /** All repositories share a window. */
  readonly isOneForAll: boolean;
  /** What waits is told by the system's notices also where no window shows the repository. */
  readonly tellsAbsent: boolean;
  /** It goes on without a window, beside the clock. */
  readonly stays: boolean;
  readonly help: HelpMenu;
}

export function menuTemplate(
  platform: NodeJS.Platform,
  state: MenuState,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    fileMenu(isMac, state, actions),
    // Its keys are hints only; the page handles them.
    { role: 'editMenu' },
    viewMenu(isMac),
    { role: 'window', submenu: windowItems(isMac, state, actions) },
    helpMenu(state.help),
  ];
}

function fileMenu(
  isMac: boolean,
  { recent }: MenuState,
  actions: MenuActions,
): MenuItemConstructorOptions {
  const items: MenuItemConstructorOptions[] = [
    {
      label: 'New Window',
      accelerator: isMac ? 'Cmd+N' : 'Ctrl+Shift+N',
      click: () => actions.openWindow(),
    },
    {
      label: 'Open Repository…',
      accelerator: isMac ? 'Cmd+O' : 'Ctrl+Shift+O',
      click: () => actions.openFolder(),
    },
    ...(actions.openWelcome === undefined
      ? []
      : [{ label: 'Welcome', click: () => actions.openWelcome?.() }]),
    { label: 'Open Recent', enabled: recent.length > 0, submenu: recentItems(recent, actions) },
    { type: 'separator' },
    // A comma is no key of a program in a terminal.
    {
      label: 'Settings…',
      accelerator: isMac ? 'Cmd+,' : 'Ctrl+,',
      click: () => actions.openSettings(),
    },
    { type: 'separator' },
    { role: 'close', accelerator: isMac ? 'Cmd+W' : 'Ctrl+Shift+W' },
  ];
  const quit: MenuItemConstructorOptions = { role: 'quit', accelerator: 'Ctrl+Shift+Q' };
  return { label: '&File', submenu: isMac ? items : [...items, quit] };
}

function recentItems(
  recent: readonly string[],
  { openRecent, clearRecent }: MenuActions,
): MenuItemConstructorOptions[] {
  return [
    ...recent.map((root) => ({
      // An ampersand would underline the letter behind it.
      label: `${path.basename(root)}  ${path.dirname(root)}`.replaceAll('&', '&&'),
      click: () => openRecent(root),
    })),
    { type: 'separator' },
    { label: 'Forget Them', click: () => clearRecent() },
  ];
}

function viewMenu(isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&View',
    submenu: [
      { role: 'reload', accelerator: isMac ? 'Cmd+R' : 'Ctrl+Shift+R' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
}

function windowItems(
  isMac: boolean,
  { isOneForAll, tellsAbsent, stays }: MenuState,
  { setOneForAll, setTellsAbsent, setStays }: MenuActions,
): MenuItemConstructorOptions[] {
  const common = [
    { type: 'separator' } as const,
    choice('One Window for All Repositories', isOneForAll, setOneForAll),
    choice('Notify When No Window Shows the Repository', tellsAbsent, setTellsAbsent),
    ...(setStays ? [choice('Keep Running When the Last Window Closes', stays, setStays)] : []),
  ];
  if (isMac) return [{ role: 'minimize' }, { role: 'zoom' }, ...common, { role: 'front' }];
  return [{ role: 'minimize', accelerator: 'Ctrl+Shift+M' }, ...common];
}

function choice(
  label: string,
  checked: boolean,
  set: (isOn: boolean) => void,
): MenuItemConstructorOptions {
  return { label, type: 'checkbox', checked, click: (item) => set(item.checked) };
}
