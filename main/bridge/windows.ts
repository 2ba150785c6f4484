/** The app's windows: how each is made, what each shows, and where it was. */
import type { BrowserWindowConstructorOptions } from 'electron';
import type { OpenProject } from '../../preload/contract/bridge.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { isWelcomeUrl, pageUrl, projectIn, welcomeUrl } from './app-protocol.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';
import { keepAlive } from './window-health.ts';
import { besides, placeOf, readPlace, smallest, writePlace } from './window-place.ts';

/** Colours behind the page until it is drawn: `--bg` of renderer/ui/tokens.css. */
const background = { dark: '#101113', light: '#ffffff' };

export interface Windows {
  /** The page that lets a repository be chosen, in front: a window of its own, until a repository is shown in it. */
  welcome(): void;
  /** A new one. `hash`: the place in the page. */
  open(project: OpenProject, hash?: string): void;
  /** The one that shows it comes to the front; else one opens, or the only one goes there (`isOneForAll`). */
  show(project: OpenProject, hash?: string): void;
  /** One of them has it. */
  shows(project: string): boolean;
  /** Id of the project that the newest shows; null when there is none, or it does not say. */
  shown(): string | null;
  /** Brings the newest to the front; false when there is none. */
  focus(): boolean;
  /** The system's sign that a window wants to be looked at; none where one is looked at. */
  call(): void;
  has(contents: { readonly id: number }): boolean;
  /** Out of sight at once, while the rest of a quit takes its time. */
  hide(): void;
}

export interface WindowsOptions {
  readonly electron: Pick<ElectronParts, 'BrowserWindow' | 'nativeTheme' | 'screen' | 'dialog'>;
  /** The built preload. */
  readonly preload: string;
  readonly memory: DesktopMemory;
  /** All repositories share a window. */
  isOneForAll(): boolean;
  /** Folder of an open repository, by its id. */
  rootOf(id: string): string | undefined;
  readonly log: Logger;
}

export function createWindows(options: WindowsOptions): Windows {
  const { electron, memory } = options;
  const { nativeTheme } = electron;
  const windows = new Set<WindowPart>();
  const keepers = new Map<WindowPart, () => void>();
  nativeTheme.on('updated', () => {
    for (const window of windows) window.setBackgroundColor(colourOf(nativeTheme));
  });
  const showing = (project: OpenProject) =>
    [...windows].findLast((one) => projectIn(one.webContents.getURL()) === project.id);
  const welcoming = () => [...windows].findLast((one) => isWelcomeUrl(one.webContents.getURL()));
  const load = (window: WindowPart, url: string) =>
    window.loadURL(url).catch((error: unknown) => {
      options.log.error({ reason: reasonOf(error) }, 'the page could not be loaded');
    });
  const openAt = (url: string, { name, isSecond }: { name: string; isSecond: boolean }) => {
    const saved = placeOf(readPlace(memory.value(name)), areasOf(electron.screen));
    const place = besides(saved, isSecond ? 1 : 0);
    const window = new electron.BrowserWindow({
      ...windowOptions(options.preload, colourOf(nativeTheme)),
      ...place.bounds,
    });
    windows.add(window);
    if (place.isMaximized) window.maximize();
    const keep = () => keepPlace(window, memory, { name, rootOf: options.rootOf });
    keepers.set(window, keep);
    window.on('close', keep);
    window.on('closed', () => keepers.delete(window) && windows.delete(window));
    // The newest is the one that was looked at last.
    window.on('focus', () => windows.delete(window) && windows.add(window));
    window.once('ready-to-show', () => window.show());
    keepAlive(window, { dialog: electron.dialog, log: options.log });
    void load(window, url);
  };
  const open = (project: OpenProject, hash = '') =>
    openAt(pageUrl(project.id, hash), {
      name: placeName(project.root),
      isSecond: showing(project) !== undefined,
    });
  return {
    open,
    welcome() {
      const window = welcoming();
      if (window === undefined) openAt(welcomeUrl, { name: welcomeName, isSecond: false });
      else bringToFront(window);
    },
    show(project, hash = '') {
      const only = options.isOneForAll() ? [...windows].at(-1) : undefined;
      const window = showing(project) ?? only ?? welcoming();
      if (window === undefined) return open(project, hash);
      const isThere = projectIn(window.webContents.getURL()) === project.id;
      if (!isThere || hash !== '') void load(window, pageUrl(project.id, hash));
      bringToFront(window);
    },
    shows: (project) => [...windows].some((one) => projectIn(one.webContents.getURL()) === project),
    shown: () => projectIn([...windows].at(-1)?.webContents.getURL() ?? ''),
    ...newestOf(windows),
    has: ({ id }) => [...windows].some((one) => !one.isDestroyed() && one.webContents.id === id),
    hide() {
      // A quit ends windows without a word.
      for (const keep of keepers.values()) keep();
      for (const window of windows) window.hide();
    },
  };
}

function newestOf(windows: ReadonlySet<WindowPart>): Pick<Windows, 'focus' | 'call'> {
  return {
    focus() {
      const newest = [...windows].at(-1);
      if (newest !== undefined) bringToFront(newest);
      return newest !== undefined;
    },
    call() {
      const newest = [...windows].at(-1);
      if (![...windows].some((window) => window.isFocused())) newest?.flashFrame(true);
    },
  };
}

/** By the folder: an id is a log's, and a window is where its repository was. */
function placeName(root: string): string {
  return `window ${root}`;
}

const welcomeName = 'window of no repository';

/** `name`: what it began as; a page may have gone to another repository since. */
function keepPlace(
  window: WindowPart,
  memory: DesktopMemory,
  { name, rootOf }: Pick<WindowsOptions, 'rootOf'> & { readonly name: string },
): void {
  const place = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  const id = projectIn(window.webContents.getURL());
  const root = id === null ? undefined : rootOf(id);
  memory.setValue(root === undefined ? name : placeName(root), writePlace(place));
}

/** The main screen first. */
function areasOf(screen: ElectronParts['screen']) {
  const main = screen.getPrimaryDisplay().id;
  const all = screen.getAllDisplays();
  return all
    .toSorted((a, b) => Number(b.id === main) - Number(a.id === main))
    .map((one) => one.workArea);
}

function windowOptions(preload: string, backgroundColor: string): BrowserWindowConstructorOptions {
  return {
    title: 'Musher',
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    backgroundColor,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  };
}

function colourOf(theme: ElectronParts['nativeTheme']): string {
  return theme.shouldUseDarkColors ? background.dark : background.light;
}

function bringToFront(window: WindowPart): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
