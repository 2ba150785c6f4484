// A page as the built preload and the page's own code meet it: a window with messages, and Electron's renderer
// half behind `require('electron')` and nothing else.

import { createContext, runInContext } from 'node:vm';
import type { MessagePort } from 'node:worker_threads';
import type { DesktopApi } from '../../../preload/contract/desktop.ts';
import type { StandInIpc } from './stand-in-ipc.ts';
import type { StandInFrame } from './stand-in-window.ts';

type Listener = (event: object) => void;

export class StandInPage {
  readonly frame: StandInFrame;
  /** What the preload exposed, by name. */
  readonly exposed: Record<string, unknown> = {};
  /** What it required. */
  readonly required: string[] = [];
  /** Origins that it posted to. */
  readonly postedTo: string[] = [];
  readonly location = { origin: 'musher://app' };
  private readonly ipc: StandInIpc;
  private readonly senderId: number;
  private readonly ipcListeners = new Map<string, Listener>();
  private readonly windowListeners = new Set<Listener>();
  private readonly ports = new Set<MessagePort>();

  constructor(ipc: StandInIpc, senderId: number, frame: StandInFrame) {
    this.ipc = ipc;
    this.senderId = senderId;
    this.frame = frame;
    frame.deliver = (channel, ports) => this.ipcListeners.get(channel)?.({ ports });
  }

  get api(): DesktopApi {
    return this.exposed.musher as DesktopApi;
  }

  runPreload(code: string): void {
    const context = createContext({
      window: this,
      exports: {},
      require: (name: string) => {
        this.required.push(name);
        if (name !== 'electron') throw new Error(`A sandboxed preload cannot require ${name}`);
        return this.rendererHalf();
      },
    });
    runInContext(code, context);
  }

  addEventListener(_type: 'message', listener: Listener): void {
    this.windowListeners.add(listener);
  }

  removeEventListener(_type: 'message', listener: Listener): void {
    this.windowListeners.delete(listener);
  }

  postMessage(data: unknown, targetOrigin: string, ports: MessagePort[]): void {
    this.postedTo.push(targetOrigin);
    for (const port of ports) this.ports.add(port);
    queueMicrotask(() => this.receive({ data, ports, source: this, origin: this.location.origin }));
  }

  /** A message from anywhere: this window, a frame in it, who opened it. */
  receive(event: object): void {
    for (const listener of [...this.windowListeners]) listener(event);
  }

  /** The document goes, and its ports with it. */
  unload(): void {
    this.frame.isGone = true;
    for (const port of this.ports) port.close();
  }

  private rendererHalf() {
    return {
      contextBridge: {
        exposeInMainWorld: (name: string, api: unknown) => {
          this.exposed[name] = api;
        },
      },
      webUtils: { getPathForFile: (file: { path?: string }) => file.path ?? '' },
      ipcRenderer: {
        on: (channel: string, listener: Listener) => this.ipcListeners.set(channel, listener),
        invoke: (channel: string, data?: unknown) => {
          const event = { sender: { id: this.senderId }, senderFrame: this.frame };
          return this.ipc.invoke(channel, event, data);
        },
      },
    };
  }
}
