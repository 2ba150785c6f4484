/** The app's windows: how each is made, and which are there. */
import type { BrowserWindowConstructorOptions } from 'electron';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';
import { appUrl } from './app-protocol.ts';
import type { ElectronParts, WindowPart } from './electron-parts.ts';

/** Colours behind the page until it is drawn: `--bg` of renderer/ui/tokens.css. */
const background = { dark: '#101113', light: '#ffffff' };

/** A page that dies more often than this dies of itself; loading it again would go on for ever. */
const maxRevivals = 3;

export interface Windows {
  open(): void;
  /** Brings a window to the front; opens one when there is none. */
  focus(): void;
  has(contents: { readonly id: number }): boolean;
  count(): number;
  /** Out of sight at once, while the rest of a quit takes its time. */
  hide(): void;
}

export interface WindowsOptions {
  readonly electron: Pick<ElectronParts, 'BrowserWindow' | 'nativeTheme'>;
  /** The built preload. */
  readonly preload: string;
  readonly log: Logger;
}

export function createWindows(options: WindowsOptions): Windows {
  const { BrowserWindow, nativeTheme } = options.electron;
  const windows = new Set<WindowPart>();
  nativeTheme.on('updated', () => {
    for (const window of windows) window.setBackgroundColor(colourOf(nativeTheme));
  });
  const open = () => {
    const window = new BrowserWindow(windowOptions(options.preload, colourOf(nativeTheme)));
    windows.add(window);
    window.on('closed', () => windows.delete(window));
    window.once('ready-to-show', () => window.show());
    reviveOnCrash(window, options.log);
    window.loadURL(appUrl).catch((error: unknown) => {
      options.log.error({ reason: reasonOf(error) }, 'the page could not be loaded');
    });
  };
  return {
    open,
    focus() {
      const newest = [...windows].at(-1);
      if (newest === undefined) open();
      else bringToFront(newest);
    },
    has: ({ id }) => [...windows].some((one) => !one.isDestroyed() && one.webContents.id === id),
    count: () => windows.size,
    hide() {
      for (const window of windows) window.hide();
    },
  };
}

function windowOptions(preload: string, backgroundColor: string): BrowserWindowConstructorOptions {
  return {
    title: 'Musher',
    width: 1440,
    height: 900,
    minWidth: 880,
    minHeight: 560,
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

/** What a page shows is the hub's; it comes back with nothing lost. */
function reviveOnCrash(window: WindowPart, log: Logger): void {
  let revivals = 0;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error({ reason, exitCode, revivals }, 'a page’s process ended');
    if (reason === 'clean-exit' || revivals === maxRevivals || window.isDestroyed()) return;
    revivals += 1;
    window.reload();
  });
}
