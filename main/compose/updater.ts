/** Whether this app is updated by itself: only one that was packaged with the place to look at. */
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '../base/logger.ts';
import type { UpdaterPart } from '../bridge/updater-part.ts';

/** `resources`: Electron's own folder of the app. Undefined where there is none, or nothing in it that says where from. */
export async function openUpdater(
  resources: string | undefined,
  log: Logger,
): Promise<UpdaterPart | undefined> {
  if (resources === undefined) return undefined;
  const isThere = await access(path.join(resources, 'app-update.yml')).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  const { createUpdater } = await import('../adapters/updater.ts');
  return createUpdater(log);
}
