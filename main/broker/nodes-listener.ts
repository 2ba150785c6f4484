/**
 * The way to `/sync` for machines that come by the network instead of a tunnel: by TLS, at an address that somebody named, and to nothing else. Pages,
 * commands and agents stay on loopback.
 */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createSecureContext } from 'node:tls';
import Fastify from 'fastify';
import { musherError, type MusherError, reasonOf } from '../base/result.ts';
import { noCompilers } from './broker.ts';
import { mapErrors } from './errors.ts';
import { mountJoin, type SyncDeps, takeNodes } from './sync.ts';
import { createUpgrades } from './upgrades.ts';

/** Where nodes come in. */
export interface NodesAt {
  /** Of an interface of this machine. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM files: the certificate, with those that lead to its root, and its key. */
  readonly certFile: string;
  readonly keyFile: string;
}

export interface NodesListener {
  readonly url: string;
  close(): Promise<void>;
}

/** A join is small, and nothing else comes by a body. */
const bodyBytes = 16 * 1024;

/** Throws NODES_AT_INVALID; nothing listens then. */
export async function listenForNodes(at: NodesAt, deps: SyncDeps): Promise<NodesListener> {
  const { host, port } = at;
  const app = Fastify({
    https: { ...(await readPair(at)), minVersion: 'TLSv1.2' },
    bodyLimit: bodyBytes,
    forceCloseConnections: true,
    schemaController: { compilersFactory: noCompilers },
  });
  app.removeContentTypeParser('text/plain');
  mapErrors(app, deps.log);
  mountJoin(app, deps);
  const leave = takeNodes(createUpgrades(app.server as unknown as Server, deps.log), deps);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw invalid(at, reasonOf(error));
  }
  const bound = app.server.address() as { port: number };
  return {
    url: `https://${host.includes(':') ? `[${host}]` : host}:${bound.port}`,
    async close() {
      leave();
      await app.close();
    },
  };
}

async function readPair(at: NodesAt): Promise<{ cert: Buffer; key: Buffer }> {
  try {
    const [cert, key] = [await readFile(at.certFile), await readFile(at.keyFile)];
    // What cannot be used is told now, and not to the first machine that comes.
    createSecureContext({ cert, key });
    return { cert, key };
  } catch (error) {
    throw invalid(at, reasonOf(error));
  }
}

function invalid({ host, port }: NodesAt, reason: string): MusherError {
  return musherError('NODES_AT_INVALID', { address: `${host}:${port}`, reason });
}
