// electron-updater, as far as it is used: the test says what is found and what becomes of it.

import { EventEmitter } from 'node:events';
import type { UpdateInfo, UpdaterPart } from '../../../main/bridge/updater-part.ts';

export class FakeUpdater extends EventEmitter implements UpdaterPart {
  autoDownload = false;
  autoInstallOnAppQuit = false;
  allowDowngrade = true;
  allowPrerelease = false;
  checks = 0;
  readonly installs: Array<{ isRestarted: boolean }> = [];
  /** What a look finds; an error is thrown, and told, as the real one does. */
  found: UpdateInfo | Error | undefined;
  private named: string | null = null;

  get channel(): string | null {
    return this.named;
  }

  set channel(name: string | null) {
    this.named = name;
    this.allowDowngrade = true;
  }

  async checkForUpdates(): Promise<null> {
    this.checks += 1;
    const { found } = this;
    if (found instanceof Error) {
      this.emit('error', found);
      throw found;
    }
    if (found === undefined) this.emit('update-not-available', { version: '1.2.3' });
    else this.emit('update-available', found);
    return null;
  }

  fetched(): void {
    this.emit('update-downloaded', this.found);
  }

  quitAndInstall(_isSilent: boolean, isRestarted: boolean): void {
    this.installs.push({ isRestarted });
  }
}
