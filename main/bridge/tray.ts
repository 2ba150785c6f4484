/** Musher beside the clock: how much waits, and the way to it, also while no window is open. */
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { Waiting } from './attention.ts';

export interface TrayOptions {
  readonly electron: Pick<ElectronParts, 'app' | 'Menu' | 'nativeImage' | 'Tray'>;
  readonly platform: NodeJS.Platform;
  /** Folder of `tray.png` and its kin. */
  readonly icons: string;
  readonly waiting: Waiting;
  readonly log: Logger;
  /** A window comes to the front, or opens. */
  show(): void;
  /** The same, with what waits. */
  showInbox(): void;
}

/** A desktop without a place for it has none, which is no fault: undefined. The result ends it. */
export function showTray(options: TrayOptions): (() => void) | undefined {
  const { electron, platform, icons, waiting, log, show, showInbox } = options;
  try {
    const image = electron.nativeImage.createFromPath(`${icons}/${iconOf(platform)}`);
    // An icon that cannot be read would be an empty place that nobody can click.
    if (image.isEmpty()) throw new Error(`${icons}/${iconOf(platform)} cannot be read`);
    // Dark or light as the bar is.
    if (platform === 'darwin') image.setTemplateImage(true);
    const tray = new electron.Tray(image);
    const update = () => {
      const count = waiting.count();
      tray.setToolTip(sayWaiting(count));
      // Beside the icon, where there is room for words.
      if (platform === 'darwin') tray.setTitle(count === 0 ? '' : String(count));
      const menu = electron.Menu.buildFromTemplate([
        { label: sayWaiting(count), enabled: count > 0, click: () => showInbox() },
        { label: 'Show Musher', click: () => show() },
        { type: 'separator' },
        { label: 'Quit Musher', click: () => electron.app.quit() },
      ]);
      // Linux shows a menu alone; it has to be set anew for each change.
      tray.setContextMenu(menu);
    };
    // macOS opens the menu by a click; elsewhere a click means the app.
    if (platform !== 'darwin') tray.on('click', () => show());
    const stop = waiting.onChange(update);
    update();
    return () => {
      stop();
      tray.destroy();
    };
  } catch (error) {
    log.debug({ reason: reasonOf(error) }, 'there is no tray');
    return undefined;
  }
}

export function sayWaiting(count: number): string {
  if (count === 0) return 'Nothing waits for you';
  return count === 1 ? 'One thing waits for you' : `${count} things wait for you`;
}

/** Another size, for a dense screen, is found by its name. */
function iconOf(platform: NodeJS.Platform): string {
  return platform === 'darwin' ? 'trayTemplate.png' : 'tray.png';
}
