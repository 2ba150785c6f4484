/**
 * The browser host's door for pages: WebSocket upgrades on a server that somebody else runs. Who asks from a
 * foreign page or host is turned away before the handshake, whoever is not signed in right after it.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { encodeServerFrame } from '../../preload/contract/frame-codec.ts';
import { maxClientMessageBytes } from '../../preload/contract/client-codec.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { WireError } from '../../preload/contract/errors.ts';
import type { Clock } from '../base/clock.ts';
import { sleep } from '../base/clock.ts';
import type { SessionOptions } from './session.ts';
import { startSession } from './session.ts';
import { startHeartbeat } from './heartbeat.ts';
import { createSocketChannel } from './socket-channel.ts';

export type PageCaller = Pick<SessionOptions, 'actor' | 'door' | 'terminals'>;

/** A request that wants to become a WebSocket, as the server hands it over. */
export interface PageUpgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  refuse(error: WireError): void;
  taken(): void;
}

export interface WebSocketBridgeOptions {
  /** Those of the server, by their path. */
  readonly upgrades: { on(path: string, take: (upgrade: PageUpgrade) => void): () => void };
  /** Where pages connect: `/bridge`. */
  readonly path: string;
  /**
   * Who the request acts as, by its cookie, and in which project. A refusal ends the page: UNAUTHENTICATED shows how
   * to sign in. After SHUTTING_DOWN it tries again.
   */
  authenticate(request: IncomingMessage): PageCaller | WireError;
  /** What must be over before anybody can be told who he is: a project that is being opened. Never rejects. */
  opening?(): Promise<unknown> | undefined;
  /** The refusal of a Host or Origin that may not call this server. */
  checkRequest(request: IncomingMessage): WireError | undefined;
  /** What every page's session is made of. */
  readonly session: Pick<SessionOptions, 'version' | 'log' | 'projects'>;
  readonly clock: Clock;
}

export interface WebSocketBridge {
  /** Takes no more pages, tells each that the host goes (close code 1001), and resolves when all are gone. */
  dispose(): Promise<void>;
}

/** How long a page has to answer a close before it is cut off. */
const closeGraceMs = 1_000;

export function attachWebSocketBridge(options: WebSocketBridgeOptions): WebSocketBridge {
  const { clock } = options;
  const { log } = options.session;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxClientMessageBytes,
    perMessageDeflate: false,
  });
  let isDisposed = false;
  const stopHeartbeat = startHeartbeat(sockets.clients, clock);
  const off = options.upgrades.on(options.path, (upgrade) => {
    const { request } = upgrade;
    const refusal = options.checkRequest(request) ?? checkOrigin(request);
    if (refusal !== undefined) {
      log.warn({ code: refusal.code, reason: refusal.message }, 'a page was refused');
      upgrade.refuse(refusal);
      return;
    }
    const letIn = () => {
      if (isDisposed) return upgrade.refuse(toWireError('SHUTTING_DOWN'));
      sockets.handleUpgrade(request, upgrade.socket, upgrade.head, (page) => {
        upgrade.taken();
        welcome(options, page, request);
      });
    };
    const opening = options.opening?.();
    if (opening === undefined) letIn();
    else void opening.then(letIn);
  });
  return {
    async dispose() {
      isDisposed = true;
      off();
      stopHeartbeat();
      await closeAll(sockets, clock);
    },
  };
}

/** A browser always says where a WebSocket comes from; who does not say it is none, and has no business here. */
function checkOrigin({ headers }: IncomingMessage): WireError | undefined {
  const { origin, host } = headers;
  const isOwn = origin === `http://${host}` || origin === `https://${host}`;
  return isOwn ? undefined : toWireError('ORIGIN_REFUSED', { origin: origin ?? '(none)' });
}

/**
 * Who is not signed in is let in to be told so: a browser hides the status of a refused handshake from its page,
 * which would take a 401 for a host that is down, and try again for ever.
 */
function welcome(
  { session, authenticate }: WebSocketBridgeOptions,
  page: WebSocket,
  request: IncomingMessage,
): void {
  const channel = createSocketChannel(page, session.log);
  const caller = authenticate(request);
  if (!('code' in caller)) startSession({ ...session, ...caller, channel });
  else if (caller.code === 'SHUTTING_DOWN') channel.close();
  else {
    page.send(encodeServerFrame({ k: 'bye', error: caller }));
    channel.close('refused');
  }
}

async function closeAll(sockets: WebSocketServer, clock: Clock): Promise<void> {
  const gone = [...sockets.clients].map(
    (page) => new Promise<void>((resolve) => page.once('close', () => resolve())),
  );
  for (const page of sockets.clients) page.close(1001);
  const stop = new AbortController();
  await Promise.race([Promise.all(gone), sleep(clock, closeGraceMs, stop.signal)]);
  stop.abort();
  for (const page of sockets.clients) page.terminate();
  await Promise.all(gone);
  await new Promise<void>((resolve) => sockets.close(() => resolve()));
}
