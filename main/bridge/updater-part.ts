/** What of electron-updater is used: it fetches what differs, and checks sums and signatures before it tells of anything. */
import type { ReleaseNotes } from './update-state.ts';

export interface UpdateInfo {
  readonly version: string;
  readonly releaseNotes?: ReleaseNotes;
}

export interface UpdaterPart {
  autoDownload: boolean;
  autoInstallOnAppQuit: boolean;
  allowDowngrade: boolean;
  allowPrerelease: boolean;
  /** Setting it allows downgrades as well. */
  channel: string | null;
  /** Resolves before what it found is fetched; whoever looks has to look after that too. */
  checkForUpdates(): Promise<{
    readonly downloadPromise?: Promise<unknown> | null | undefined;
  } | null>;
  /** Quits the app by itself a moment later, unless nothing can be installed. */
  quitAndInstall(isSilent: boolean, isForceRunAfter: boolean): void;
  on(
    event: 'update-available' | 'update-not-available' | 'update-downloaded',
    listener: (info: UpdateInfo) => void,
  ): unknown;
  on(
    event: 'download-progress',
    listener: (progress: { readonly percent: number }) => void,
  ): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}
