// A small stand-in for the `electron` module's main half. It does what Electron's documents say of the parts that
// are used, and `satisfies` makes it fail to compile when those parts drift from Electron's own declarations.

import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  NotificationConstructorOptions,
  OpenDialogOptions,
} from 'electron';
import type * as Electron from 'electron';
import type { ElectronParts, SessionPart } from '../../../main/bridge/electron-parts.ts';
import { StandInTray } from './stand-in-tray.ts';
import { StandInNotification } from './stand-in-notification.ts';
import { StandInIpc } from './stand-in-ipc.ts';
import { StandInPage } from './stand-in-page.ts';
import { StandInMessageChannel } from './stand-in-port.ts';
import { StandInFrame, StandInWindow } from './stand-in-window.ts';

/** Fails to compile when the real module no longer has what is used of it. */
export type RealElectronFits = typeof Electron extends ElectronParts ? true : never;
export const realElectronFits: RealElectronFits = true;

type SchemeHandler = (request: Request) => Response | Promise<Response>;

export class StandInApp extends EventEmitter {
  hasLock = true;
  isSandboxed = false;
  isReady = false;
  /** Set once the process has ended. */
  exitCode: number | undefined;
  private readonly ready = Promise.withResolvers<void>();

  becomeReady(): void {
    this.isReady = true;
    this.ready.resolve();
  }

  whenReady(): Promise<void> {
    return this.ready.promise;
  }

  enableSandbox(): void {
    if (this.isReady) throw new Error('enableSandbox must be called before the app is ready');
    this.isSandboxed = true;
  }

  getVersion(): string {
    return '1.2.3';
  }

  requestSingleInstanceLock(): boolean {
    return this.hasLock;
  }

  badge = 0;
  getPath(name: string): string {
    return `/paths/${name}`;
  }

  protocolClients: string[] = [];
  recentDocuments: string[] = [];

  setBadgeCount(count = 0): boolean {
    this.badge = count;
    return true;
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    this.protocolClients.push(scheme);
    return true;
  }

  addRecentDocument(path: string): void {
    this.recentDocuments.push(path);
  }

  clearRecentDocuments(): void {
    this.recentDocuments = [];
  }

  quit(): void {
    let isPrevented = false;
    this.emit('before-quit', {
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (!isPrevented) this.exit(0);
  }

  exit(code = 0): void {
    this.exitCode ??= code;
  }
}

export class ElectronStandIn {
  readonly shownItems: string[] = [];
  readonly copied: string[] = [];
  readonly crashReports: object[] = [];
  readonly trays: StandInTray[] = [];
  readonly templates: string[] = [];
  /** The desktop has a place beside its clock. */
  hasTray = true;
  hasIcons = true;
  /** The system has a place for notices. */
  hasNotices = true;
  readonly app = new StandInApp();
  readonly ipc = new StandInIpc();
  readonly windows: StandInWindow[] = [];
  readonly schemes: CustomScheme[] = [];
  readonly openedLinks: string[] = [];
  readonly notices: StandInNotification[] = [];
  readonly errorBoxes: Array<{ title: string; content: string }> = [];
  readonly theme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false });
  menu: MenuItemConstructorOptions[] = [];
  /** What the user was asked, and what they answer: the place of a button. */
  readonly questions: MessageBoxOptions[] = [];
  answer: () => Promise<number> = async () => 0;
  readonly power = new EventEmitter();
  displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }];
  /** What the user chooses when asked for a folder. */
  chosenFolders: string[] = [];
  permissions: Partial<Record<'check' | 'request' | 'device' | 'web', unknown>> = {};
  private readonly handlers = new Map<string, SchemeHandler>();

  /** What is handed to the code under test. */
  get module(): ElectronParts {
    const standIn = this;
    return {
      app: this.app,
      BrowserWindow: class extends StandInWindow {
        constructor(options: BrowserWindowConstructorOptions) {
          super(options, standIn.windows.length + 1);
          standIn.windows.push(this);
          standIn.app.emit('web-contents-created', {}, this.webContents);
          this.on('closed', () => {
            const isLast = standIn.windows.every((window) => window.isDestroyed());
            if (isLast) standIn.app.emit('window-all-closed');
          });
        }
      },
      MessageChannelMain: StandInMessageChannel,
      Menu: {
        buildFromTemplate: (template) => template,
        setApplicationMenu: (menu) => {
          this.menu = menu as MenuItemConstructorOptions[];
        },
      },
      dialog: {
        showErrorBox: (title, content) => void this.errorBoxes.push({ title, content }),
        showOpenDialog: async (_options: OpenDialogOptions) => ({ filePaths: this.chosenFolders }),
        showMessageBox: async (options: MessageBoxOptions) => {
          this.questions.push(options);
          return { response: await this.answer() };
        },
      },
      ipcMain: this.ipc,
      nativeTheme: this.theme,
      powerMonitor: this.power,
      screen: {
        getAllDisplays: () => this.displays,
        getPrimaryDisplay: () => this.displays[0] ?? { id: 0 },
      },
      Notification: class extends StandInNotification {
        constructor(options: NotificationConstructorOptions) {
          super(options);
          standIn.notices.push(this);
        }
        static isSupported(): boolean {
          return standIn.hasNotices;
        }
      },
      protocol: {
        handle: (scheme, handler) => void this.handlers.set(scheme, handler),
        registerSchemesAsPrivileged: (schemes) => {
          if (this.app.isReady)
            throw new Error('schemes must be registered before the app is ready');
          this.schemes.push(...schemes);
        },
      },
      session: { defaultSession: this.sessionPart() },
      shell: {
        openExternal: async (url) => void this.openedLinks.push(url),
        showItemInFolder: (path) => void this.shownItems.push(path),
      },
      clipboard: { writeText: async (text) => void this.copied.push(text) },
      crashReporter: {
        start: (options) => {
          if (this.app.isReady) throw new Error('crashes before this are in no dump');
          this.crashReports.push(options);
        },
      },
      nativeImage: {
        createFromPath: (path) =>
          ({
            isEmpty: () => !this.hasIcons,
            setTemplateImage: () => void this.templates.push(path),
          }) as unknown as Electron.NativeImage,
      },
      Tray: class extends StandInTray {
        constructor() {
          super();
          if (!standIn.hasTray) throw new Error('there is no place for it');
          standIn.trays.push(this);
        }
      },
    } satisfies ElectronParts;
  }

  /** Somebody clicks an item of the menu, wherever in it; `checked`: what it is then. */
  clickMenu(label: string, checked = false): void {
    const found = itemsOf(this.menu).find((item) => item.label === label);
    if (found?.click === undefined) throw new Error(`The menu has no ${label}`);
    found.click({ checked } as never, undefined, {} as never);
  }

  /** Of the items below one, by its label or its role. */
  menuLabels(name: string): string[] {
    const isNamed = ({ label, role }: MenuItemConstructorOptions) =>
      label === name || role === name;
    const below = itemsOf(this.menu).find(isNamed)?.submenu;
    return Array.isArray(below) ? below.flatMap((item) => item.label ?? []) : [];
  }

  /** The window's page loads: its preload runs, and what it asks comes from that window's main frame. */
  loadPage(window: StandInWindow, preload: string): StandInPage {
    const frame = new StandInFrame(window.loaded.at(-1) ?? 'about:blank');
    const page = new StandInPage(this.ipc, window.webContents.id, frame);
    page.runPreload(preload);
    return page;
  }

  async fetch(url: string, init: RequestInit = {}): Promise<Response> {
    // `Request` would have resolved the address; the handler gets what a page could make Chromium send.
    const request = { url, method: init.method ?? 'GET' } as Request;
    const handler = this.handlers.get(url.slice(0, url.indexOf(':')));
    if (handler === undefined) throw new Error(`No handler for ${url}`);
    return handler(request);
  }

  private sessionPart(): SessionPart {
    return {
      setPermissionCheckHandler: (handler) => {
        this.permissions.check = handler;
      },
      setPermissionRequestHandler: (handler) => {
        this.permissions.request = handler;
      },
      setDevicePermissionHandler: (handler) => {
        this.permissions.device = handler;
      },
      webRequest: {
        onBeforeRequest: (listener) => {
          this.permissions.web = listener;
        },
      },
    };
  }
}

function itemsOf(menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return menu.flatMap((item) => [
    item,
    ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : []),
  ]);
}
