/**
 * What of Electron is used, and nothing more. Types only: the real module is handed in by main.ts, where the
 * compiler checks it against these, and a stand-in by tests. Everything that carries data is Electron's own type.
 */
import type * as Electron from 'electron';

export interface PortPart extends Pick<Electron.MessagePortMain, 'close' | 'start'> {
  postMessage(message: string | Uint8Array): void;
  on(event: 'message', listener: (message: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
}

export interface FramePart extends Pick<Electron.WebFrameMain, 'url' | 'detached' | 'isDestroyed'> {
  readonly parent: object | null;
  postMessage(channel: string, message: unknown, transfer?: PortPart[]): void;
}

export interface ConnectEvent {
  readonly sender: Pick<Electron.WebContents, 'id'>;
  readonly senderFrame: FramePart | null;
}

export interface IpcPart extends Pick<Electron.IpcMain, 'removeHandler'> {
  handle(channel: string, listener: (event: ConnectEvent, data?: unknown) => unknown): void;
}

export interface ContentsPart
  extends Pick<
    Electron.WebContents,
    'id' | 'getURL' | 'setWindowOpenHandler' | 'forcefullyCrashRenderer'
  > {
  on(event: 'will-navigate', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-frame-navigate', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-redirect', listener: (event: NavigationEvent) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Electron.Event) => void): unknown;
  on(
    event: 'render-process-gone',
    listener: (event: Electron.Event, details: Electron.RenderProcessGoneDetails) => void,
  ): unknown;
}

export interface NavigationEvent extends Pick<Electron.Event, 'preventDefault'> {
  readonly url: string;
}

export interface WindowPart
  extends Pick<
    Electron.BrowserWindow,
    | 'loadURL'
    | 'flashFrame'
    | 'getNormalBounds'
    | 'isFocused'
    | 'isMaximized'
    | 'maximize'
    | 'show'
    | 'hide'
    | 'focus'
    | 'restore'
    | 'reload'
    | 'isMinimized'
    | 'isDestroyed'
    | 'setBackgroundColor'
  > {
  readonly webContents: ContentsPart;
  once(event: 'ready-to-show', listener: () => void): unknown;
  on(
    event: 'close' | 'closed' | 'focus' | 'responsive' | 'unresponsive',
    listener: () => void,
  ): unknown;
}

export interface AppPart
  extends Pick<
    Electron.App,
    | 'addRecentDocument'
    | 'clearRecentDocuments'
    | 'enableSandbox'
    | 'exit'
    | 'getPath'
    | 'getVersion'
    | 'quit'
    | 'requestSingleInstanceLock'
    | 'setAsDefaultProtocolClient'
    | 'setBadgeCount'
  > {
  whenReady(): Promise<unknown>;
  on(event: 'activate', listener: () => void): unknown;
  on(event: 'before-quit', listener: (event: Electron.Event) => void): unknown;
  on(
    event: 'second-instance',
    listener: (event: Electron.Event, argv: string[], folder: string) => void,
  ): unknown;
  on(
    event: 'web-contents-created',
    listener: (event: Electron.Event, contents: ContentsPart) => void,
  ): unknown;
  on(
    event: 'child-process-gone',
    listener: (event: Electron.Event, details: Electron.Details) => void,
  ): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  /** macOS: a folder dropped on the app, or a link; also before it is ready. */
  on(
    event: 'open-file' | 'open-url',
    listener: (event: Electron.Event, what: string) => void,
  ): unknown;
}

export interface RequestsPart {
  onBeforeRequest(
    listener: (
      details: { readonly url: string },
      answer: (answer: Electron.CallbackResponse) => void,
    ) => void,
  ): void;
}

export interface SessionPart {
  setPermissionCheckHandler(
    handler: (contents: { id: number } | null, permission: string) => boolean,
  ): void;
  setPermissionRequestHandler(
    handler: (
      contents: { id: number },
      permission: string,
      callback: (isGranted: boolean) => void,
    ) => void,
  ): void;
  setDevicePermissionHandler(handler: () => boolean): void;
  readonly webRequest: RequestsPart;
}

export interface NoticePart extends Pick<Electron.Notification, 'close' | 'show'> {
  on(event: 'click' | 'close' | 'failed', listener: () => void): unknown;
  on(event: 'action', listener: (details: { readonly actionIndex: number }) => void): unknown;
  on(event: 'reply', listener: (details: { readonly reply: string }) => void): unknown;
}

export interface MenuPart {
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): object;
  setApplicationMenu(menu: object | null): void;
}

export interface TrayPart extends Pick<Electron.Tray, 'destroy' | 'setTitle' | 'setToolTip'> {
  setContextMenu(menu: object | null): void;
  on(event: 'click', listener: () => void): unknown;
}

export interface ElectronParts {
  readonly app: AppPart;
  readonly BrowserWindow: new (options: Electron.BrowserWindowConstructorOptions) => WindowPart;
  readonly MessageChannelMain: new () => { readonly port1: PortPart; readonly port2: PortPart };
  readonly Menu: MenuPart;
  readonly Notification: {
    new (options: Electron.NotificationConstructorOptions): NoticePart;
    isSupported(): boolean;
  };
  readonly clipboard: Pick<Electron.Clipboard, 'writeText'>;
  readonly crashReporter: Pick<Electron.CrashReporter, 'start'>;
  readonly dialog: Pick<Electron.Dialog, 'showErrorBox'> & {
    showOpenDialog(options: Electron.OpenDialogOptions): Promise<{ readonly filePaths: string[] }>;
    showMessageBox(options: Electron.MessageBoxOptions): Promise<{ readonly response: number }>;
  };
  readonly ipcMain: IpcPart;
  readonly nativeTheme: Pick<Electron.NativeTheme, 'shouldUseDarkColors'> & {
    on(event: 'updated', listener: () => void): unknown;
  };
  readonly nativeImage: { createFromPath(path: string): Electron.NativeImage };
  readonly powerMonitor: { on(event: 'shutdown', listener: () => void): unknown };
  readonly screen: {
    getAllDisplays(): ReadonlyArray<Pick<Electron.Display, 'id' | 'workArea'>>;
    getPrimaryDisplay(): Pick<Electron.Display, 'id'>;
  };
  readonly protocol: Pick<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'>;
  readonly session: { readonly defaultSession: SessionPart };
  readonly shell: Pick<Electron.Shell, 'openExternal' | 'showItemInFolder'>;
  readonly Tray: new (image: Electron.NativeImage) => TrayPart;
}
