/** The browser host's channel: a WebSocket to the server the page came from. */
import { encodeClientFrame } from '../../preload/contract/client-codec.ts';
import { decodeServerFrame } from '../../preload/contract/frame-codec.ts';
import { createReconnectingChannel, pageClock } from './channel.ts';
import type { ChannelEvents, ClientChannel, Link, PageClock } from './channel.ts';

export interface WebSocketChannelOptions {
  /** `ws://…/bridge`. */
  readonly url: string;
  readonly clock?: PageClock;
  /** Opens the socket; the page's own `WebSocket` unless a test brings another. */
  readonly openSocket?: (url: string) => WebSocket;
}

export function createWebSocketChannel(options: WebSocketChannelOptions): ClientChannel {
  const { url, clock = pageClock, openSocket = (address) => new WebSocket(address) } = options;
  return createReconnectingChannel((events) => dial(openSocket(url), events), clock);
}

/** The bridge of the server that a page came from; a page shows the project that its address names (`?project=`). */
export function bridgeUrlOf(page: { protocol: string; host: string; search?: string }): string {
  const project = new URLSearchParams(page.search).get('project');
  const query = project === null ? '' : `?project=${encodeURIComponent(project)}`;
  return `${bridgeOf(page)}${query}`;
}

/** Of the page that lets a repository be chosen. */
export function welcomeUrlOf(page: { protocol: string; host: string }): string {
  return `${bridgeOf(page)}?welcome`;
}

function bridgeOf({ protocol, host }: { protocol: string; host: string }): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/bridge`;
}

function dial(socket: WebSocket, events: ChannelEvents): Link {
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => events.onOpen());
  socket.addEventListener('message', ({ data }) => events.onFrame(decodeServerFrame(data)));
  socket.addEventListener('close', () => events.onClose());
  return {
    send(frame) {
      if (socket.readyState === socket.OPEN) socket.send(encodeClientFrame(frame));
    },
    close: () => socket.close(1000),
  };
}
