/** Everything that shows an open Musher on the desktop: windows, their way to the hub, notices, the menu, the number that waits. */
import type { OpenProject } from '../../preload/contract/bridge.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError } from '../base/result.ts';
import { showWaiting, type Waiting } from './attention.ts';
import { tellAbsent } from './absent-notices.ts';
import type { DiagnosticsPort } from './diagnostics.ts';
import { choices, isChosen, keepMenu } from './desktop-menu.ts';
import { linkScheme } from './deep-link.ts';
import type { Door } from '../hub/door.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import { serveIpc } from './electron-ipc.ts';
import type { ElectronParts } from './electron-parts.ts';
import { serveNotices } from './notices.ts';
import { Openings } from './openings.ts';
import type { OpenProjects, SessionOptions } from './session.ts';
import { startSession } from './session.ts';
import type { TellUpdates } from './tell-updates.ts';
import { showTray } from './tray.ts';
import type { AgentsApart } from './update-state.ts';
import { createWindows, type Windows } from './windows.ts';

/** The open repositories, as far as the desktop needs them. */
export interface OpenMusher {
  readonly projects: OpenProjects & {
    /** By its id; of none, the first that was opened. */
    named(id: string | null): Pick<SessionOptions, 'door' | 'terminals'> | undefined;
  };
  /** By any folder inside it; the same project when it is open already. Throws what opening throws. */
  open(folder: string): Promise<OpenProject>;
  /** Of the page that lets a repository be chosen; left out: there is none. */
  readonly welcome?: Door | undefined;
  /** Names of agents whose programs outlive this one. */
  runningAgents(): Promise<readonly string[]>;
  /** Whether these go on where an update ends what runs from the app's program. */
  agentsApart(): Promise<AgentsApart>;
  readonly waiting: Waiting;
  /** Its repository goes with it: none of it is remembered. */
  readonly isPassing: boolean;
  dispose(how: { readonly endAgents: boolean }): Promise<void>;
}

export interface DoorOptions {
  readonly electron: ElectronParts;
  readonly musher: OpenMusher;
  readonly preload: string;
  readonly memory: DesktopMemory;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  readonly log: Logger;
  readonly diagnostics: DiagnosticsPort;
  /** Folder of the icons beside the clock. */
  readonly icons: string;
  /** Undefined where the app is not updated by itself. */
  readonly updates: TellUpdates | undefined;
}

export interface OpenDesktop {
  readonly openings: Openings;
  readonly windows: Windows;
  /** A window comes to the front, or opens. */
  focus(): void;
  /** What it says has changed. */
  showMenu(): void;
  /** It goes on without a window: there is a way back to it, and the operator wants that. */
  stays(): boolean;
  /** Ends what pages have open, out of sight. */
  close(): void;
}

function requireOpen({ projects }: OpenMusher, id: string | null) {
  const project = projects.named(id);
  if (project === undefined) throw musherError('PROJECT_UNKNOWN', { project: id ?? '' });
  return project;
}

/** The first repository, or the page that lets one be chosen. */
function showFirst({ projects, welcome }: OpenMusher, windows: Windows): OpenProject | undefined {
  const [first] = projects.openProjects();
  if (first !== undefined) windows.open(first);
  else if (welcome !== undefined) windows.welcome();
  return first;
}

function welcomeIn({ welcome: door }: OpenMusher, app: Pick<SessionOptions, 'version' | 'log'>) {
  if (door === undefined) return {};
  const attach = () => Promise.reject(musherError('NOT_FOUND', { route: 'a terminal' }));
  return {
    startWelcome: (channel: SessionOptions['channel']) =>
      startSession({ ...app, door, terminals: { attach }, actor: 'operator', channel }),
  };
}

/** Opens the first window. */
export function openDoors(options: DoorOptions): OpenDesktop {
  const { electron, musher, memory, platform, log } = options;
  const isOneForAll = () => isChosen(memory, choices.oneForAll);
  const { projects } = musher;
  const rootOf = (id: string) => projects.openProjects().find((one) => one.id === id)?.root;
  const windows = createWindows({ ...options, isOneForAll, rootOf });
  const isOurs = (contents: { readonly id: number }) => windows.has(contents);
  const version = electron.app.getVersion();
  const ipc = serveIpc({
    ...{ electron, log, isOurs },
    startSession(channel, id) {
      const { door, terminals } = requireOpen(musher, id);
      return startSession({ door, terminals, projects, actor: 'operator', version, channel, log });
    },
    ...welcomeIn(musher, { version, log }),
  });
  const focus = () => void (windows.focus() || showFirst(musher, windows));
  const stopNotices = serveNotices({ electron, log, platform, isOurs, focus });
  const stopWaiting = showWaiting({
    ...{ electron, log },
    waiting: musher.waiting,
    call: windows.call,
  });
  const isTelling = () => !isChosen(memory, choices.silentAbsent);
  const stopAbsent = tellAbsent({
    ...{ ...options, waiting: musher.waiting, projects: () => projects.openProjects() },
    isShown: (id) => windows.shows(id),
    isWanted: isTelling,
    show: (project, hash) => windows.show(project, hash),
  });
  const openings = new Openings({
    ...{ electron, windows, memory, log },
    open: (folder) => musher.open(folder),
    projects: () => musher.projects.openProjects(),
    onRecent: () => showMenu(),
  });
  const remember = (project: OpenProject | undefined) => {
    if (project !== undefined && !musher.isPassing) openings.remember(project);
  };
  // By the page as well.
  const stopOpened = projects.onOpened(() => remember(projects.openProjects().at(-1)));
  const stopTray = showTray({
    ...options,
    waiting: musher.waiting,
    show: focus,
    showInbox: () => void openings.link(`${linkScheme}://show/inbox`),
  });
  const hasTray = stopTray !== undefined;
  const showMenu = keepMenu({ ...options, windows, openings, hasTray });
  showMenu();
  remember(showFirst(musher, windows));
  return {
    ...{ openings, windows, focus, showMenu },
    stays: () => hasTray && isChosen(memory, choices.keepsRunning),
    close() {
      windows.hide();
      stopTray?.();
      stopOpened();
      stopAbsent();
      stopWaiting();
      stopNotices();
      ipc.dispose();
    },
  };
}
