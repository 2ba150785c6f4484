/** electron-updater, set up for this app; it is loaded where there is something to update. */
import electronUpdater, { type AppUpdater } from 'electron-updater';
import type { Logger } from '../base/logger.ts';

export function createUpdater(log: Logger): AppUpdater {
  const { autoUpdater } = electronUpdater;
  autoUpdater.logger = {
    info: (said: unknown) => log.debug({ said: String(said) }, 'updates'),
    warn: (said: unknown) => log.warn({ said: String(said) }, 'updates'),
    error: (said: unknown) => log.warn({ said: String(said) }, 'updates'),
  };
  return autoUpdater;
}
