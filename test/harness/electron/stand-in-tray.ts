// Electron's Tray, as far as it is used.

import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';

export class StandInTray extends EventEmitter {
  toolTip = '';
  title = '';
  menu: readonly MenuItemConstructorOptions[] = [];
  isDestroyed = false;

  setToolTip(text: string): void {
    this.toolTip = text;
  }

  setTitle(text: string): void {
    this.title = text;
  }

  setContextMenu(menu: object | null): void {
    this.menu = (menu ?? []) as MenuItemConstructorOptions[];
  }

  destroy(): void {
    this.isDestroyed = true;
  }

  /** A person chooses from its menu. */
  choose(label: string): void {
    const item = this.menu.find((one) => one.label === label);
    if (item?.click === undefined) throw new Error(`Its menu has no ${label}`);
    item.click({} as never, undefined, {} as never);
  }
}
