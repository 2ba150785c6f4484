/**
 * The life of a terminal host: it takes over from the one before, listens, and ends when it is told to, when it has had
 * no terminal and no hub for a while, or when a newer one has its terminals. A hub that goes, by whatever death, changes
 * nothing for its terminals.
 */
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import { takeHost } from '../hand-over/take.ts';
import { startOf } from '../process-list.ts';
import { endLeftovers } from '../process-tree.ts';
import { keepAddress, leaveAddress, listen } from './address.ts';
import { LivingHost } from './living-host.ts';
import type { HostPlace } from './place.ts';
import { hostKey, preparePlace } from './place.ts';
import { serveTerminals } from './serve-terminals.ts';
import { type HostState, readState } from './state.ts';

export interface RunHostOptions {
  readonly place: HostPlace;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** Without a terminal and a hub it ends after this long, milliseconds. */
  readonly idleMs: number;
  /** How often it looks whether its address still leads to it, milliseconds. */
  readonly checkMs: number;
  /** How long a newer host may take to begin, and to take over, milliseconds; then this one goes on. */
  readonly giveMs: number;
  /** Aborted when it is to end, terminals and all. */
  readonly signal: AbortSignal;
  /** It replaces a host that waits for it there, and gave it so many descriptors. Left out: it begins anew. */
  readonly takeOver?: { readonly address: string; readonly masters: number } | undefined;
}

/** What a host before this one left running has this long to end by itself. */
const leftoverGraceMs = 1_000;

/** Resolves when it has ended. Rejects when it could not begin; another host may listen already. */
export async function runHost(options: RunHostOptions): Promise<void> {
  const { place, log, clock, takeOver } = options;
  await preparePlace(place);
  const key = await hostKey(place);
  const taken = takeOver && (await takeHost({ ...takeOver, key, clock }));
  const before = taken === undefined ? await readDead(place.stateFile) : undefined;
  const host = new LivingHost({ ...options, key, taken, before });
  await taken?.prove(host.terminals);
  const ready = before === undefined ? Promise.resolve() : endLeft(before, { clock, log });
  await host.begin();
  const listening = await listen(place, (socket) => {
    const serving = serveTerminals(socket, {
      ...{
        terminals: host.terminals,
        key,
        info: host.info,
        clock,
        log,
        ready,
        moving: host.moving,
      },
      onEnd: (how) => host.mayEnd(how),
      onGiveOver: (version, command) => host.giveOver({ version, command, listening }),
    });
    host.connected(socket, serving);
  });
  taken?.confirm();
  host.terminals.thaw();
  const stopChecking = keepAddress(listening, { ...options, onUnreachable: () => host.finish() });
  await host.over;
  const given = await host.given();
  stopChecking();
  if (given !== undefined) {
    listening.server.close();
    await host.leave(given);
    return;
  }
  // No longer reachable; those who are connected stay until all is told.
  await leaveAddress(listening, place);
  await host.end();
}

/** The host before this one. One that lives is left alone, with its terminals, whoever has its address now. */
async function readDead(stateFile: string): Promise<HostState | undefined> {
  const before = await readState(stateFile);
  const start = before && (await startOf(before.pid));
  return start !== undefined && start === before?.start ? undefined : before;
}

/** Ends what a host that died left running. */
async function endLeft(
  before: HostState,
  { clock, log }: Pick<RunHostOptions, 'clock' | 'log'>,
): Promise<void> {
  const left = await endLeftovers({
    clock,
    markPrefix: `${before.hostId}.`,
    leaders: [...before.terminals, ...(before.keepers ?? [])],
    graceMs: leftoverGraceMs,
  }).catch((error: unknown) => [reasonOf(error)]);
  if (left.length > 0) log.warn({ left }, 'Processes of a host that died did not end');
}
