/**
 * The desktop host from start to quit, in this order: one instance alone, the hub, then pages; and at the quit
 * pages first, then the hub, then the process, which no hanging part can keep alive.
 */
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { AppFiles } from './app-protocol.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import type { ElectronParts } from './electron-parts.ts';
import { serveIpc } from './electron-ipc.ts';
import type { IpcBridge } from './electron-ipc.ts';
import { menuTemplate } from './menu.ts';
import { serveNotices } from './notices.ts';
import { securePages } from './security.ts';
import type { SessionOptions } from './session.ts';
import { startSession } from './session.ts';
import { createWindows } from './windows.ts';
import type { Windows } from './windows.ts';

/** An open project, as far as the desktop needs it. */
export interface OpenMusher extends Pick<SessionOptions, 'door' | 'terminals'> {
  dispose(): Promise<void>;
}

/** Lets the user choose the repository's folder; undefined when they would rather not. */
export type ChooseFolder = () => Promise<string | undefined>;

export interface DesktopDeps {
  /** Opens the hub; called once, by the instance that has the lock. Undefined when the user does not want to. */
  openMusher(chooseFolder: ChooseFolder): Promise<OpenMusher | undefined>;
  /** A later start of the app, whose window is this one. What it returns is shown to the user. */
  onSecondInstance(argv: readonly string[], folder: string): string | undefined;
  /** The built preload. */
  readonly preload: string;
  readonly files: AppFiles;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Longer than stubborn agents get to stop. The log is durable at any moment, so a part that hangs costs nothing. */
const quitWithinMs = 15_000;

/** Resolves when the first window is opened, or when it is settled that there will be none. */
export async function startDesktop(electron: ElectronParts, deps: DesktopDeps): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  registerAppScheme(electron.protocol);
  app.enableSandbox();
  const desktop = new Desktop(electron, deps);
  desktop.listen();
  await app.whenReady();
  await desktop.open();
}

class Desktop {
  private readonly electron: ElectronParts;
  private readonly deps: DesktopDeps;
  private readonly windows: Windows;
  private opening: Promise<OpenMusher | undefined> | undefined;
  private ipc: IpcBridge | undefined;
  private stopNotices: (() => void) | undefined;
  private isQuitting = false;

  constructor(electron: ElectronParts, deps: DesktopDeps) {
    this.electron = electron;
    this.deps = deps;
    this.windows = createWindows({ electron, preload: deps.preload, log: deps.log });
  }

  listen(): void {
    const { app } = this.electron;
    app.on('second-instance', (_event, argv, folder) => this.welcomeSecond(argv, folder));
    app.on('activate', () => this.showWindow());
    app.on('window-all-closed', () => {
      if (this.deps.platform !== 'darwin') app.quit();
    });
    app.on('before-quit', (event) => {
      // It is this class that ends the process, once the hub is closed.
      event.preventDefault();
      if (!this.isQuitting) void this.quit();
    });
  }

  async open(): Promise<void> {
    if (this.isQuitting) return;
    const { electron, deps } = this;
    securePages(electron, deps.log);
    serveAppScheme(electron.protocol, deps.files);
    this.opening = deps.openMusher(() => this.chooseFolder());
    try {
      const musher = await this.opening;
      if (this.isQuitting) return;
      if (musher === undefined) electron.app.quit();
      else this.openDoors(musher);
    } catch (error) {
      this.giveUp(error);
    }
  }

  private async chooseFolder(): Promise<string | undefined> {
    const { filePaths } = await this.electron.dialog.showOpenDialog({
      title: 'Open a git repository',
      buttonLabel: 'Open',
      properties: ['openDirectory'],
    });
    return filePaths[0];
  }

  private openDoors({ door, terminals }: OpenMusher): void {
    const { electron, deps, windows } = this;
    const { log } = deps;
    const version = electron.app.getVersion();
    this.ipc = serveIpc({
      electron,
      log,
      isOurs: (contents) => windows.has(contents),
      startSession: (channel) =>
        startSession({ door, terminals, actor: 'operator', version, channel, log }),
    });
    this.stopNotices = serveNotices({
      ...{ electron, log, platform: deps.platform },
      isOurs: (contents) => windows.has(contents),
      focus: () => windows.focus(),
    });
    const template = menuTemplate(deps.platform, { openWindow: () => windows.open() });
    electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate(template));
    windows.open();
  }

  private showWindow(): void {
    if (this.ipc !== undefined && !this.isQuitting) this.windows.focus();
  }

  private welcomeSecond(argv: readonly string[], folder: string): void {
    this.showWindow();
    const note = this.deps.onSecondInstance(argv, folder);
    if (note !== undefined) this.electron.dialog.showErrorBox('Musher is open already', note);
  }

  private giveUp(error: unknown): void {
    // A quit in the middle of the start may well make it fail; nobody needs to hear of that.
    if (this.isQuitting) return;
    this.deps.log.error({ reason: reasonOf(error) }, 'the hub could not be opened');
    this.electron.dialog.showErrorBox('Musher cannot start', reasonOf(error));
    this.electron.app.exit(1);
  }

  private async quit(): Promise<void> {
    this.isQuitting = true;
    this.windows.hide();
    this.stopNotices?.();
    this.ipc?.dispose();
    const stop = new AbortController();
    const { clock } = this.deps;
    const isClosed = await Promise.race([
      this.closeHub(),
      sleep(clock, quitWithinMs, stop.signal).then(() => false),
    ]);
    stop.abort();
    this.electron.app.exit(isClosed ? 0 : 1);
  }

  private async closeHub(): Promise<boolean> {
    try {
      const musher = await this.opening?.catch(() => undefined);
      await musher?.dispose();
      return true;
    } catch (error) {
      this.deps.log.error({ reason: reasonOf(error) }, 'the hub did not close cleanly');
      return false;
    }
  }
}
