/** Where a node lets its peers in: a listener of its own, at an address that somebody named. */
import { readFile } from 'node:fs/promises';
import { createServer as createHttp, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { once } from 'node:events';
import { WebSocketServer, type WebSocket } from 'ws';
import { musherError, type MusherError, reasonOf } from '../../../base/result.ts';
import type { PeersAt } from '../../../features/cluster/ports.ts';
import { hostIn, peerBytes, peerPath } from './talk.ts';

export interface PeerDoor {
  readonly url: string;
  close(): Promise<void>;
}

/** Links at once, with those that have not proved yet who they are. */
const mostSockets = 64;
const anywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/** Throws PEERS_AT_INVALID; nothing listens then. */
export async function openPeerDoor(
  at: PeersAt,
  onSocket: (socket: WebSocket) => void,
): Promise<PeerDoor> {
  const isTls = at.certFile !== undefined;
  const server = await serverFor(at);
  const sockets = new WebSocketServer({
    ...{ server, path: peerPath, maxPayload: peerBytes, perMessageDeflate: false },
    // A page in a browser is no peer.
    verifyClient: ({ origin }: { origin?: string }) =>
      origin === undefined && sockets.clients.size < mostSockets,
  });
  sockets.on('connection', onSocket);
  // What befalls the server befalls it here as well, and is told by `listening`.
  sockets.on('error', () => undefined);
  try {
    server.listen({ host: at.host, port: at.port });
    await once(server, 'listening');
  } catch (error) {
    sockets.close();
    throw invalid(at, reasonOf(error));
  }
  const { port } = server.address() as { port: number };
  return {
    url: `${isTls ? 'wss' : 'ws'}://${hostIn(at.host)}:${port}`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serverFor(at: PeersAt): Promise<Server> {
  const { host, certFile, keyFile } = at;
  if (anywhere.has(host))
    throw invalid(
      at,
      'it is every address of this machine; peers need the one by which they reach it',
    );
  if (certFile === undefined || keyFile === undefined) {
    if (!/^(?:127(?:\.\d+){3}|localhost|::1)$/.test(host))
      throw invalid(at, 'what goes by the network goes by TLS, with --tls-cert and --tls-key');
    return createHttp(refuse);
  }
  try {
    const [cert, key] = [await readFile(certFile), await readFile(keyFile)];
    return createHttps({ cert, key, minVersion: 'TLSv1.2' }, refuse);
  } catch (error) {
    throw invalid(at, reasonOf(error));
  }
}

/** Nothing but links is here. */
function refuse(_request: unknown, response: import('node:http').ServerResponse): void {
  response.writeHead(404).end();
}

function invalid({ host, port }: PeersAt, reason: string): MusherError {
  return musherError('PEERS_AT_INVALID', { address: `${host}:${port}`, reason });
}
