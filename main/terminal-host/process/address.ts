/**
 * The address of a host: taken at once, so that whoever asks meets the host before it or this one and never nobody; and
 * kept for as long as it lives.
 */
import { chmod, lstat, rename, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type { HostPlace } from './place.ts';

export interface Listening {
  server: Server;
  /** What names the socket's file; undefined on Windows. */
  inode: number | undefined;
}

type OnSocket = (socket: Socket) => void;

/** Whoever starts a host holds the lock on that, and found nobody here; or the one who was there knows. */
export async function listen({ address }: HostPlace, onSocket: OnSocket): Promise<Listening> {
  if (process.platform === 'win32')
    return { server: await listenAt(address, onSocket), inode: undefined };
  await requireNoFile(address);
  const server = await listenBeside({ address }, 'h', onSocket);
  await rename(pathBeside({ address }, 'h'), address);
  return { server, inode: await inodeOf(address) };
}

/** At an address of this process alone, which goes when the server is closed. */
export function listenBeside(
  place: Pick<HostPlace, 'address'>,
  letter: string,
  onSocket: OnSocket,
): Promise<Server> {
  return listenAt(pathBeside(place, letter), onSocket);
}

/** No longer than the address: systems take few bytes. A process that ends by force may leave it, one of its number takes it away. */
export function pathBeside({ address }: Pick<HostPlace, 'address'>, letter: string): string {
  return path.join(path.dirname(address), letter + process.pid.toString(36));
}

async function listenAt(address: string, onSocket: OnSocket): Promise<Server> {
  const isFile = process.platform !== 'win32';
  if (isFile) await rm(address, { force: true });
  const server = createServer(onSocket);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  if (isFile) await chmod(address, 0o600);
  return server;
}

async function requireNoFile(address: string): Promise<void> {
  const found = await lstat(address).catch(() => undefined);
  if (found !== undefined && !found.isSocket())
    throw new Error(`${address} is there and is no socket`);
}

async function inodeOf(address: string): Promise<number | undefined> {
  if (process.platform === 'win32') return undefined;
  return (await lstat(address).catch(() => undefined))?.ino;
}

/** While it still listens nobody else takes the address, so what goes is its own. */
export async function leaveAddress({ server, inode }: Listening, place: HostPlace): Promise<void> {
  if (inode !== undefined && (await inodeOf(place.address)) === inode)
    await rm(place.address, { force: true });
  server.close();
}

export interface KeepOptions {
  readonly place: HostPlace;
  readonly clock: Clock;
  readonly log: Logger;
  /** How often it looks, milliseconds. */
  readonly checkMs: number;
  onUnreachable(): void;
}

/**
 * Those who clean up old files take a socket away too; then it listens anew. Without its key no hub can ever reach it
 * again, and its terminals would be nobody's: then it ends.
 */
export function keepAddress(listening: Listening, options: KeepOptions): () => void {
  const { place, clock, log, checkMs, onUnreachable } = options;
  let cancel: () => void = () => {};
  let isOver = false;
  const look = async (): Promise<void> => {
    if (!(await isThere(place.keyFile))) {
      log.warn({ path: place.keyFile }, 'The key is gone: nobody can reach it any more');
      onUnreachable();
      return;
    }
    await mendAddress(listening, { place, log });
    if (!isOver) cancel = clock.schedule(() => void look(), checkMs);
  };
  cancel = clock.schedule(() => void look(), checkMs);
  return () => {
    isOver = true;
    cancel();
  };
}

async function isThere(file: string): Promise<boolean> {
  const found = await lstat(file).catch((error: NodeJS.ErrnoException) => error);
  return !(found instanceof Error) || found.code !== 'ENOENT';
}

async function mendAddress(
  listening: Listening,
  { place, log }: Pick<KeepOptions, 'place' | 'log'>,
): Promise<void> {
  if (process.platform === 'win32') return;
  const inode = await inodeOf(place.address);
  if (inode === listening.inode) return;
  if (inode !== undefined) {
    log.warn({ path: place.address }, 'Another host has the address');
    return;
  }
  log.warn({ path: place.address }, 'The socket is gone; it listens anew');
  await retake(listening, place).catch((error: unknown) =>
    log.error({ error: reasonOf(error) }, 'It cannot be reached now'),
  );
}

/** Whoever has it: that one is dead, or was never meant to have it. */
export async function retake(listening: Listening, place: HostPlace): Promise<void> {
  if (listening.inode === undefined || (await inodeOf(place.address)) === listening.inode) return;
  const before = listening.server;
  const onSocket = before.listeners('connection')[0] as OnSocket;
  Object.assign(listening, await listen(place, onSocket));
  before.close();
}
