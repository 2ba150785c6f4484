/** A connection to a terminal host that listens, after both have proved who they are. */
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { musherError } from '../../base/result.ts';
import {
  greet,
  handshakeMs,
  type HostInfo,
  protocol,
} from '../../terminal-host/process/handshake.ts';
import { hostKey, type HostPlace } from '../../terminal-host/process/place.ts';
import { readState } from '../../terminal-host/process/state.ts';
import { Wire } from '../../terminal-host/process/wire.ts';

export type HostCommand = readonly [program: string, ...args: string[]];

export interface FindHostOptions {
  readonly place: HostPlace;
  /** How the host is started: Node (or Electron, which is told to be one), then arguments; asked for where one is started. */
  readonly command: HostCommand | (() => Promise<HostCommand>);
  readonly clock: Clock;
  /** Of this Musher: a host of an older one is replaced. Left out: any will do. */
  readonly version?: string;
}

export interface Link {
  readonly wire: Wire;
  readonly info: HostInfo;
}

/** Undefined when nothing listens there, or what does hangs up. */
export async function linkTo({ place, clock }: FindHostOptions): Promise<Link | undefined> {
  const key = await hostKey(place);
  const socket = await dial(place.address);
  if (socket === undefined) return undefined;
  const wire = new Wire(socket);
  const greeting = await greet(wire, { key, clock });
  if (greeting.kind === 'host' && greeting.info.protocol === protocol)
    return { wire, info: greeting.info };
  wire.destroy();
  if (greeting.kind === 'host')
    throw musherError('TERMINAL_HOST_OTHER', { version: greeting.info.version });
  if (greeting.kind === 'gone') return undefined;
  if (greeting.kind === 'foreign')
    throw musherError('TERMINAL_HOST_FOREIGN', { path: place.address });
  throw await hostSilent(place, handshakeMs);
}

export async function hostSilent(place: HostPlace, boundMs: number): Promise<Error> {
  const state = await readState(place.stateFile);
  const seconds = Math.round(boundMs / 1000);
  return musherError('TERMINAL_HOST_SILENT', { pid: state?.pid ?? 'unknown', seconds });
}

/**
 * What a connection fails with when nobody listens, and when who did closes at this moment. What is no socket refuses as
 * well; the host that is started then says so.
 */
const nobody: ReadonlySet<string> = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTSOCK',
]);

/** Undefined when nobody is there, or goes at this moment. */
export function dial(address: string): Promise<Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (nobody.has(error.code ?? '')) resolve(undefined);
      else reject(error);
    });
  });
}
