/** The desktop host's channel: a message port to the main process, asked for through the preload. */
import type { ClientFrame } from '../../preload/contract/bridge.ts';
import { encodeClientFrame } from '../../preload/contract/client-codec.ts';
import { portChannel } from '../../preload/contract/desktop.ts';
import type { DesktopApi, PortAck } from '../../preload/contract/desktop.ts';
import { decodeServerFrame } from '../../preload/contract/frame-codec.ts';
import { createReconnectingChannel, pageClock } from './channel.ts';
import type { ChannelEvents, ClientChannel, Link, PageClock } from './channel.ts';

declare global {
  interface Window {
    /** Only in the desktop host. */
    readonly musher?: DesktopApi;
  }
}

/** What of the page's window is used. */
export type PortReceiver = Pick<Window, 'addEventListener' | 'removeEventListener'> & {
  readonly location: Pick<Location, 'origin'>;
};

export interface IpcChannelOptions {
  readonly api: Pick<DesktopApi, 'connect'>;
  readonly page?: PortReceiver;
  readonly clock?: PageClock;
}

export function createIpcChannel(options: IpcChannelOptions): ClientChannel {
  const { api, page = window, clock = pageClock } = options;
  return createReconnectingChannel((events) => new PortLink(events, page).start(api), clock);
}

class PortLink implements Link {
  private readonly events: ChannelEvents;
  private readonly page: PortReceiver;
  private port: MessagePort | undefined;
  private received: PortAck = 0;
  private isOver = false;

  constructor(events: ChannelEvents, page: PortReceiver) {
    this.events = events;
    this.page = page;
  }

  start(api: IpcChannelOptions['api']): Link {
    this.page.addEventListener('message', this.handleArrival);
    api.connect().catch(() => this.lose());
    return this;
  }

  send(frame: ClientFrame): void {
    this.port?.postMessage(encodeClientFrame(frame));
  }

  close(): void {
    this.isOver = true;
    this.page.removeEventListener('message', this.handleArrival);
    this.port?.close();
  }

  /** Only from this very window: a frame or an opener may post here too. */
  private readonly handleArrival = (event: MessageEvent): void => {
    const isOwn = event.source === this.page && event.origin === this.page.location.origin;
    const [port] = event.ports;
    if (!isOwn || event.data !== portChannel || port === undefined) return;
    this.page.removeEventListener('message', this.handleArrival);
    this.port = port;
    port.addEventListener('message', ({ data }) => this.receive(port, data));
    port.addEventListener('close', () => this.lose());
    port.start();
    this.events.onOpen();
  };

  private receive(port: MessagePort, data: string | Uint8Array<ArrayBuffer>): void {
    this.received += 1;
    port.postMessage(this.received satisfies PortAck);
    this.events.onFrame(decodeServerFrame(typeof data === 'string' ? data : bufferOf(data)));
  }

  private lose(): void {
    if (this.isOver) return;
    this.close();
    this.events.onClose();
  }
}

/** Main sends bytes that fill their buffer; a view into a larger one would be cloned whole. */
function bufferOf(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  return isWhole ? bytes.buffer : bytes.slice().buffer;
}
