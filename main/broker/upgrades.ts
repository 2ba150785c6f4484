/** Requests that want to become WebSockets: each path has one who takes them, and whatever is nobody's is turned away. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WireError } from '../../preload/contract/errors.ts';
import { statusOf, toWireError } from '../../preload/contract/errors.ts';
import type { Logger } from '../base/logger.ts';
import { reasonOf } from '../base/result.ts';

/** By `import`, all of undici would be loaded as well. */
const { STATUS_CODES } = process.getBuiltinModule('node:http');

export interface Upgrade {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  /** Answers with the error in place of a WebSocket. */
  refuse(error: WireError): void;
  /** Whoever made a WebSocket of it minds its errors from now on. */
  taken(): void;
}

export interface Upgrades {
  /** Of requests for `path`, without what follows `?`. Returns the undo. */
  on(path: string, take: (upgrade: Upgrade) => void): () => void;
}

export function createUpgrades(server: Server, log: Logger): Upgrades {
  const takers = new Map<string, (upgrade: Upgrade) => void>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Without a listener an error of a half-open socket would end the process.
    const handleError = (error: unknown) =>
      log.debug({ reason: reasonOf(error) }, 'upgrade failed');
    socket.on('error', handleError);
    const [path = ''] = (request.url ?? '').split('?');
    const take = takers.get(path);
    if (take === undefined) return turnAway(socket, toWireError('NOT_FOUND', { route: path }));
    take({
      ...{ request, socket, head },
      refuse: (error) => turnAway(socket, error),
      taken: () => void socket.off('error', handleError),
    });
  });
  return {
    on(path, take) {
      takers.set(path, take);
      return () => void takers.delete(path);
    },
  };
}

function turnAway(socket: Duplex, error: WireError): void {
  const body = JSON.stringify({ error });
  const status = statusOf(error);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
