// Electron's Notification, as far as it is used: what was shown, and what a person did with it.

import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';

export class StandInNotification extends EventEmitter {
  readonly options: NotificationConstructorOptions;
  isShown = false;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }

  show(): void {
    this.isShown = true;
  }

  close(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.emit('close');
  }
}
