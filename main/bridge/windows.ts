/** The app's windows: how each is made, what each shows, and where it was. */
import type { BrowserWindowConstructorOptions } from 'electron';
import type { OpenProject } from '../../preload/contract/bridge.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { pageUrl, projectIn } from './app-protocol.ts';
import type { DesktopMemory } from './desktop-memory.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';
import { keepAlive } from './window-health.ts';
import { besides, placeOf, readPlace, smallest, writePlace } from './window-place.ts';

/** Colours behind the page until it is drawn: `--bg` of renderer/ui/tokens.css. */
const background = { dark: '#101113', light: '#ffffff' };

export interface Windows {
  /** A new one. `hash`: the place in the page. */
  open(project: OpenProject, hash?: string): void;
  /** The one that shows it comes to the front; else one opens, or the only one goes there (`isOneForAll`). */
  show(project: OpenProject, hash?: string): void;
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
  const load = (window: WindowPart, project: OpenProject, hash: string) =>
    window.loadURL(pageUrl(project.id, hash)).catch((error: unknown) => {
      options.log.error({ reason: reasonOf(error) }, 'the page could not be loaded');
    });
  const open = (project: OpenProject, hash = '') => {
    const saved = placeOf(readPlace(memory.value(placeName(project))), areasOf(electron.screen));
    const place = besides(saved, showing(project) === undefined ? 0 : 1);
    const window = new electron.BrowserWindow({
      ...windowOptions(options.preload, colourOf(nativeTheme)),
      ...place.bounds,
    });
    windows.add(window);
    if (place.isMaximized) window.maximize();
    const keep = () => keepPlace(window, project, memory);
    keepers.set(window, keep);
    window.on('close', keep);
    window.on('closed', () => keepers.delete(window) && windows.delete(window));
    // The newest is the one that was looked at last.
    window.on('focus', () => windows.delete(window) && windows.add(window));
    window.once('ready-to-show', () => window.show());
    keepAlive(window, { dialog: electron.dialog, log: options.log });
    void load(window, project, hash);
  };
  return {
    open,
    show(project, hash = '') {
      const only = options.isOneForAll() ? [...windows].at(-1) : undefined;
      const window = showing(project) ?? only;
      if (window === undefined) return open(project, hash);
      const isThere = projectIn(window.webContents.getURL()) === project.id;
      if (!isThere || hash !== '') void load(window, project, hash);
      bringToFront(window);
    },
    shown: () => projectIn([...windows].at(-1)?.webContents.getURL() ?? ''),
    focus() {
      const newest = [...windows].at(-1);
      if (newest !== undefined) bringToFront(newest);
      return newest !== undefined;
    },
    call() {
      const newest = [...windows].at(-1);
      if (![...windows].some((window) => window.isFocused())) newest?.flashFrame(true);
    },
    has: ({ id }) => [...windows].some((one) => !one.isDestroyed() && one.webContents.id === id),
    hide() {
      // A quit ends windows without a word.
      for (const keep of keepers.values()) keep();
      for (const window of windows) window.hide();
    },
  };
}

/** By the folder: an id is a log's, and a window is where its repository was. */
function placeName({ root }: OpenProject): string {
  return `window ${root}`;
}

function keepPlace(window: WindowPart, project: OpenProject, memory: DesktopMemory): void {
  const place = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
  memory.setValue(placeName(project), writePlace(place));
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
