/**
 * The application menu. Off macOS no item takes Ctrl and a single letter: those keys belong to the programs in the
 * terminals, where Ctrl+R searches the history and Ctrl+W deletes a word.
 */
import type { MenuItemConstructorOptions } from 'electron';

export interface MenuActions {
  openWindow(): void;
}

export function menuTemplate(
  platform: NodeJS.Platform,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin';
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    fileMenu(isMac, actions),
    // Its keys are hints only; the page handles them.
    { role: 'editMenu' },
    viewMenu(isMac),
    { role: 'window', submenu: windowItems(isMac) },
  ];
}

function fileMenu(isMac: boolean, { openWindow }: MenuActions): MenuItemConstructorOptions {
  const newWindow: MenuItemConstructorOptions = {
    label: 'New Window',
    accelerator: isMac ? 'Cmd+N' : 'Ctrl+Shift+N',
    click: () => openWindow(),
  };
  const quit: MenuItemConstructorOptions = { role: 'quit', accelerator: 'Ctrl+Shift+Q' };
  const close: MenuItemConstructorOptions = {
    role: 'close',
    accelerator: isMac ? 'Cmd+W' : 'Ctrl+Shift+W',
  };
  return { label: '&File', submenu: isMac ? [newWindow, close] : [newWindow, close, quit] };
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

function windowItems(isMac: boolean): MenuItemConstructorOptions[] {
  if (isMac) return [{ role: 'minimize' }, { role: 'zoom' }, { role: 'front' }];
  return [{ role: 'minimize', accelerator: 'Ctrl+Shift+M' }];
}
