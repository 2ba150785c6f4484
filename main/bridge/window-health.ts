/** A page that died comes back; one that hangs comes back when the operator wants it to. What it shows is the hub's, so nothing is lost. */
import type { Logger } from '../base/logger.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';

/** A page that dies more often than this dies of itself; loading it again would go on for ever. */
const maxRevivals = 3;

interface HealthOptions {
  readonly dialog: Pick<ElectronParts['dialog'], 'showMessageBox'>;
  readonly log: Logger;
}

export function keepAlive(window: WindowPart, { dialog, log }: HealthOptions): void {
  let revivals = 0;
  let isAsking = false;
  let isHanging = false;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode, revivals }, 'a page’s process ended');
    if (reason === 'clean-exit' || revivals === maxRevivals || window.isDestroyed()) return;
    revivals += 1;
    isHanging = false;
    window.reload();
  });
  const ask = async () => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: 'This window does not answer',
      detail: 'Loading it again loses nothing: agents and what they wait for are not in it.',
      buttons: ['Load it again', 'Wait'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    });
    // It may have come back, or gone, while the question stood.
    if (response !== 0 || !isHanging || window.isDestroyed()) return;
    // What hangs cannot be loaded again; what has ended can, and is.
    revivals = 0;
    window.webContents.forcefullyCrashRenderer();
  };
  window.on('unresponsive', () => {
    log.warn({}, 'a page does not answer');
    isHanging = true;
    if (isAsking) return;
    isAsking = true;
    void ask().finally(() => {
      isAsking = false;
    });
  });
  window.on('responsive', () => {
    isHanging = false;
  });
}
