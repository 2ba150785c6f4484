/**
 * The desktop host from start to quit, in this order: one instance alone, the hub, then pages; and at the quit
 * pages first, then the hub, then the process, which no hanging part can keep alive.
 */
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import type { AppFiles } from './app-protocol.ts';
import { registerAppScheme, serveAppScheme } from './app-protocol.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import { type DesktopOptions, parseDesktopOptions, type Started } from './desktop-options.ts';
import { openDoors, type OpenDesktop, type OpenMusher } from './desktop-doors.ts';
import { linkScheme } from './deep-link.ts';
import { Quit } from './desktop-quit.ts';
import { type DiagnosticsPort, keepCrashDumps, logGone } from './diagnostics.ts';
import type { ElectronParts } from './electron-parts.ts';
import { chooseFolder } from './openings.ts';
import { securePages } from './security.ts';
import { TellUpdates } from './tell-updates.ts';
import { updateWays } from './update-state.ts';
import type { UpdaterPart } from './updater-part.ts';

export type { OpenMusher } from './desktop-doors.ts';

/** Lets the user choose the repository's folder; undefined when they would rather not. */
export type ChooseFolder = () => Promise<string | undefined>;

export interface DesktopDeps {
  /**
   * Opens the hub with its first repository; called once, by the instance that has the lock. `dropped`: a folder that was opened
   * with the app. Undefined when the user does not want to.
   */
  openMusher(
    chooseFolder: ChooseFolder,
    dropped: string | undefined,
  ): Promise<OpenMusher | undefined>;
  readonly options: DesktopOptions;
  /** How a later start is read. */
  readonly isByElectron: Started['isByElectron'];
  /** The built preload. */
  readonly preload: string;
  readonly files: AppFiles;
  readonly memory: DesktopMemory;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Logger;
  readonly diagnostics: DiagnosticsPort;
  /** Folder of the icons beside the clock. */
  readonly icons: string;
  /** Undefined where the app is not updated by itself: not installed by a package that says where from. */
  readonly updater?: UpdaterPart | undefined;
  /** Linux: it runs from an AppImage. */
  readonly isAppImage: boolean;
}

/** What may end it from outside. */
export interface RunningDesktop {
  /** Resolves when the first window is opened, or when it is settled that there will be none. */
  readonly opened: Promise<void>;
  /** Quits without a question: nobody is there to answer it. Agents go on. */
  end(): void;
}

export function startDesktop(electron: ElectronParts, deps: DesktopDeps): RunningDesktop {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return { opened: Promise.resolve(), end: () => app.quit() };
  }
  keepCrashDumps(electron);
  registerAppScheme(electron.protocol);
  app.enableSandbox();
  const desktop = new Desktop(electron, deps);
  desktop.listen();
  return {
    opened: app.whenReady().then(() => desktop.open()),
    end: () => void desktop.quit.now({ endAgents: false }),
  };
}

const demoNote = 'To open the demo, quit first, or use `musher serve --demo`.';

class Desktop {
  readonly quit: Quit;
  private readonly updates: TellUpdates | undefined;
  private readonly electron: ElectronParts;
  private readonly deps: DesktopDeps;
  private opening: Promise<OpenMusher | undefined> | undefined;
  private desktop: OpenDesktop | undefined;
  /** What was asked for before there was a hub to open it. */
  private readonly early: Array<(desktop: OpenDesktop) => void> = [];
  private dropped: string | undefined;

  constructor(electron: ElectronParts, deps: DesktopDeps) {
    this.electron = electron;
    this.deps = deps;
    const { clock, log } = deps;
    const [musher, desktop] = [() => this.opening, () => this.desktop];
    const { updater, memory, platform, isAppImage } = deps;
    this.updates =
      updater &&
      new TellUpdates({
        ...{ electron, updater, memory, platform, clock, log },
        onChange: () => this.desktop?.showMenu(),
        restart: (version) => void this.quit.restart(version),
      });
    const updates = this.updates && {
      is: this.updates.updates,
      ways: updateWays(platform, isAppImage),
    };
    this.quit = new Quit({ electron, clock, log, musher, desktop, updates });
  }

  listen(): void {
    const { app } = this.electron;
    // Started by Electron itself it would take links away from the app that is installed, and open none.
    if (!this.deps.isByElectron) app.setAsDefaultProtocolClient(linkScheme);
    app.on('second-instance', (_event, argv, folder) => {
      const { isByElectron } = this.deps;
      this.welcome(parseDesktopOptions({ argv, folder, isByElectron }));
    });
    app.on('open-file', (event, folder) => {
      event.preventDefault();
      if (this.opening === undefined) this.dropped = folder;
      else this.ask(({ openings }) => void openings.folder(folder));
    });
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.ask(({ openings }) => void openings.link(url));
    });
    app.on('activate', () => this.ask(({ focus }) => focus()));
    app.on('window-all-closed', () => {
      if (this.deps.platform !== 'darwin' && this.desktop?.stays() !== true) app.quit();
    });
    logGone(this.electron, this.deps.log);
    app.on('before-quit', (event) => {
      // Whoever puts an update in place ends the app by itself, and waits for that.
      if (this.quit.isReady) return;
      // It is this class that ends the process, once the hub is closed.
      event.preventDefault();
      void this.quit.ask();
    });
  }

  async open(): Promise<void> {
    if (this.quit.hasBegun) return;
    const { electron, deps } = this;
    securePages(electron, deps.log);
    serveAppScheme(electron.protocol, deps.files);
    electron.powerMonitor.on('shutdown', () => void this.quit.now({ endAgents: false }));
    this.opening = deps.openMusher(() => chooseFolder(electron.dialog), this.dropped);
    try {
      const musher = await this.opening;
      if (this.quit.hasBegun) return;
      if (musher === undefined) electron.app.quit();
      else this.show(musher);
    } catch (error) {
      this.giveUp(error);
    }
  }

  private show(musher: OpenMusher): void {
    const { electron, updates } = this;
    const desktop = openDoors({ ...this.deps, electron, updates, musher });
    this.desktop = desktop;
    const { link } = this.deps.options;
    if (link !== undefined) void desktop.openings.link(link);
    for (const asked of this.early.splice(0)) asked(desktop);
    updates?.showNews();
  }

  /** Now, or once there is something to open it in. */
  private ask(asked: (desktop: OpenDesktop) => void): void {
    if (this.quit.hasBegun) return;
    if (this.desktop === undefined) this.early.push(asked);
    else asked(this.desktop);
  }

  /** A later start of the app: it has ended, and what it was for is done here. */
  private welcome({ repo, link, demo }: DesktopOptions): void {
    const { options } = this.deps;
    this.ask(({ openings, focus }) => {
      if (repo !== undefined) void openings.folder(repo);
      else if (link !== undefined) void openings.link(link);
      else focus();
      if (demo && !options.demo)
        this.electron.dialog.showErrorBox('Musher is open already', demoNote);
    });
  }

  private giveUp(error: unknown): void {
    // A quit in the middle of the start may well make it fail; nobody needs to hear of that.
    if (this.quit.hasBegun) return;
    this.deps.log.error({ reason: reasonOf(error) }, 'the hub could not be opened');
    this.electron.dialog.showErrorBox('Musher cannot start', reasonOf(error));
    this.electron.app.exit(1);
  }
}
