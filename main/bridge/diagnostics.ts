/** What whoever helps will ask for, from the Help menu: the facts as text, the folder of the logs, and dumps of what crashed. */
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { ElectronParts } from './electron-parts.ts';

export interface DiagnosticsPort {
  /** The log's file. */
  readonly logPath: string;
  /** Without the user's name and without anything that grants access. */
  text(): Promise<string>;
}

interface DiagnosticsOptions {
  readonly electron: Pick<ElectronParts, 'clipboard' | 'dialog' | 'shell'>;
  readonly diagnostics: DiagnosticsPort;
  readonly log: Logger;
}

export async function copyDiagnostics(options: DiagnosticsOptions): Promise<void> {
  const { electron, diagnostics, log } = options;
  try {
    await electron.clipboard.writeText(await diagnostics.text());
    await electron.dialog.showMessageBox({
      type: 'info',
      message: 'Diagnostics are copied',
      detail:
        'Versions, counts and the end of the log, without your home folder’s name and without tokens. Read it before you paste it anywhere. The Doctor view has more of the machine and the repository.',
      buttons: ['OK'],
      noLink: true,
    });
  } catch (error) {
    log.warn({ reason: reasonOf(error) }, 'diagnostics could not be copied');
    electron.dialog.showErrorBox('Diagnostics were not copied', reasonOf(error));
  }
}

export function showLogs({ electron, diagnostics }: DiagnosticsOptions): void {
  electron.shell.showItemInFolder(diagnostics.logPath);
}

/** Dumps stay on this machine. Before the app is ready, so that whatever crashes first is in it. */
export function keepCrashDumps({ crashReporter }: Pick<ElectronParts, 'crashReporter'>): void {
  crashReporter.start({ uploadToServer: false });
}

/** Helpers of Chromium that end: the page's own process is looked after where windows are. */
export function logGone({ app }: Pick<ElectronParts, 'app'>, log: Logger): void {
  app.on('child-process-gone', (_event, { type, reason, exitCode, name }) => {
    if (reason !== 'clean-exit')
      log.warn({ type, reason, exitCode, name }, 'a helper process is gone');
  });
}
