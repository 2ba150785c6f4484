// BrowserWindow, its contents and its main frame.

import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  HandlerDetails,
  Rectangle,
  WindowOpenHandlerResponse,
} from 'electron';
import type { MessagePort } from 'node:worker_threads';
import type { PortPart } from '../../../main/bridge/electron-parts.ts';
import type { StandInPort } from './stand-in-port.ts';

export class StandInFrame {
  url: string;
  parent: object | null = null;
  detached = false;
  isGone = false;
  /** Set by the page that lives in it. */
  deliver: (channel: string, ports: MessagePort[]) => void = () => {};

  constructor(url: string) {
    this.url = url;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  postMessage(channel: string, _message: unknown, transfer: PortPart[] = []): void {
    if (this.isGone)
      throw new Error('Render frame was disposed before WebFrameMain could be accessed');
    const ports = transfer.map((port) => (port as StandInPort).raw);
    queueMicrotask(() => this.deliver(channel, ports));
  }
}

type OpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

export class StandInContents extends EventEmitter {
  readonly id: number;
  url = '';
  private openHandler: OpenHandler | undefined;

  constructor(id: number) {
    super();
    this.id = id;
  }

  getURL(): string {
    return this.url;
  }

  /** Its process ends, as Chromium tells it. */
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  /** The page calls `window.open`. True when a window would come of it. */
  tryOpen(url: string): boolean {
    return this.openHandler?.({ url } as HandlerDetails).action !== 'deny';
  }

  /** The page, or something in it, goes elsewhere. True when it gets there. */
  tryEvent(name: string, url = ''): boolean {
    let isPrevented = false;
    this.emit(name, {
      url,
      preventDefault: () => {
        isPrevented = true;
      },
    });
    return !isPrevented;
  }
}

export class StandInWindow extends EventEmitter {
  readonly options: BrowserWindowConstructorOptions;
  readonly webContents: StandInContents;
  readonly loaded: string[] = [];
  isShown = false;
  isInFront = false;
  isFlashing = false;
  backgroundColor: string | undefined;
  reloads = 0;
  private isSmall = false;
  private isLarge = false;
  private isGone = false;

  constructor(options: BrowserWindowConstructorOptions, id: number) {
    super();
    this.options = options;
    this.backgroundColor = options.backgroundColor;
    this.webContents = new StandInContents(id);
  }

  async loadURL(url: string): Promise<void> {
    this.loaded.push(url);
    this.webContents.url = url;
  }

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    this.isShown = false;
  }

  focus(): void {
    this.isInFront = true;
    this.isFlashing = false;
    this.emit('focus');
  }

  isFocused(): boolean {
    return this.isInFront;
  }

  flashFrame(isOn: boolean): void {
    this.isFlashing = isOn;
  }

  maximize(): void {
    this.isLarge = true;
  }

  isMaximized(): boolean {
    return this.isLarge;
  }

  /** Where it is, as somebody left it. */
  bounds: Rectangle | undefined;

  getNormalBounds(): Rectangle {
    const { x = 0, y = 0, width = 0, height = 0 } = this.bounds ?? this.options;
    return { x, y, width, height };
  }

  minimize(): void {
    this.isSmall = true;
  }

  restore(): void {
    this.isSmall = false;
  }

  reload(): void {
    this.reloads += 1;
  }

  isMinimized(): boolean {
    return this.isSmall;
  }

  isDestroyed(): boolean {
    return this.isGone;
  }

  setBackgroundColor(colour: string): void {
    this.backgroundColor = colour;
  }

  close(): void {
    this.emit('close');
    this.isGone = true;
    this.emit('closed');
  }
}
