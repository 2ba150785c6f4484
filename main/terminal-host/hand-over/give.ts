/**
 * The old host's half of a hand-over. Until the new one says that it has taken over, nothing is given: when it fails, or is
 * silent for too long, it is killed, and all goes on here at the byte where it stood still.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle, open } from 'node:fs/promises';
import { type Clock, sleep } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type { HostSnapshot, TerminalHost } from '../host.ts';
import type { HostInfo } from '../process/handshake.ts';
import type { Moving } from '../process/moving.ts';
import type { HostPlace } from '../process/place.ts';
import type { Wire } from '../process/wire.ts';
import { Keeper } from './keeper.ts';
import {
  firstMaster,
  format,
  type FromNew,
  type FromOld,
  isWhole,
  type KeeperAt,
  type TookTerminal,
} from './words.ts';

export interface GiveOptions {
  readonly terminals: TerminalHost;
  readonly place: HostPlace;
  readonly key: string;
  readonly info: HostInfo;
  readonly moving: Moving;
  readonly clock: Clock;
  readonly log: Logger;
  /** How the new host is started. */
  readonly command: readonly [program: string, ...args: string[]];
  /** Parents of programs that this host took over, and by mark which is whose. */
  readonly keepers: readonly KeeperAt[];
  readonly keeperOf: ReadonlyMap<string, string>;
  /** How long the new one may take to ask, and then from standing still to its last word, milliseconds. */
  readonly giveMs: number;
  /** Resolves when nothing more is written down here, until `noteAgain`. */
  stopNoting(): Promise<void>;
  /** Resolves when state and address are this host's again, whatever the new one did with them. */
  noteAgain(): Promise<void>;
}

/** Until nothing is under way that has to end here, milliseconds. */
const settleMs = 5_000;
const killMs = 5_000;
const lookMs = 20;

export interface Given {
  readonly keeper: Keeper;
  /** The new host. */
  readonly pid: number;
}

/** Rejects when this host goes on: then nothing has changed but the time. */
export async function giveHost(options: GiveOptions): Promise<Given> {
  const { terminals, moving, clock, log } = options;
  moving.begin();
  const keeper = await Keeper.open(options);
  let heir: Heir | undefined;
  try {
    const masters = await settled(options);
    heir = await startHeir(options, keeper, [...masters.values()]);
    const wire = await untilItAsks(options, keeper, heir);
    await moving.hold();
    // Programs may have ended meanwhile; from here to their standing still the loop has no turn.
    await settled(options);
    const stillFromMs = clock.elapsed();
    const snapshot = await terminals.freeze();
    if (snapshot === undefined) throw new Error('something began that has to end here');
    await handOver(options, { keeper, wire, heir, snapshot, ids: [...masters.keys()] });
    const stillMs = Math.round(clock.elapsed() - stillFromMs);
    log.info({ pid: heir.child.pid, terminals: masters.size, stillMs }, 'A newer host has them');
    return { keeper, pid: heir.child.pid ?? 0 };
  } catch (error) {
    await heir?.kill();
    await options.noteAgain();
    await keeper.close();
    terminals.thaw();
    moving.stay();
    throw error;
  }
}

/** The masters, when nothing is under way. */
async function settled({ terminals, clock }: GiveOptions): Promise<ReadonlyMap<string, number>> {
  const untilMs = clock.elapsed() + settleMs;
  for (;;) {
    const masters = terminals.masters();
    if (masters !== undefined) return masters;
    if (clock.elapsed() > untilMs) throw new Error('something is under way that has to end here');
    await sleep(clock, lookMs);
  }
}

interface Heir {
  readonly child: ChildProcess;
  /** Resolves when it is gone. */
  readonly gone: Promise<string>;
  kill(): Promise<void>;
}

async function startHeir(
  { command: [program, ...args], place, clock }: GiveOptions,
  keeper: Keeper,
  masters: readonly number[],
): Promise<Heir> {
  let log: FileHandle | undefined;
  try {
    log = await open(place.logFile, 'a', 0o600);
    const takeOver = ['--take-over', keeper.address, '--masters', String(masters.length)];
    const child = spawn(program, [...args, ...takeOver], {
      cwd: place.folder,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, ...masters],
    });
    const gone = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(reasonOf(error)));
      child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? code}`));
    });
    child.unref();
    return { child, gone, kill: () => kill(child, gone, clock) };
  } finally {
    await log?.close();
  }
}

/** Nothing of it reads a terminal any more when it resolves. */
async function kill(child: ChildProcess, gone: Promise<string>, clock: Clock): Promise<void> {
  child.kill('SIGKILL');
  await inTime(gone, { clock, boundMs: killMs, late: 'it cannot be killed' }).catch(
    () => undefined,
  );
}

async function untilItAsks(
  { clock, giveMs: boundMs }: GiveOptions,
  keeper: Keeper,
  heir: Heir,
): Promise<Wire> {
  const ended = heir.gone.then((how) => Promise.reject(new Error(how)));
  const asked = Promise.race([keeper.successor.promise, ended]);
  const late = `it did not ask within ${boundMs / 1000} s`;
  const { wire, formats } = await inTime(asked, { clock, boundMs, late });
  if (!formats.includes(format)) throw new Error('it reads nothing that this host can give');
  return wire;
}

interface HandOver {
  readonly keeper: Keeper;
  readonly wire: Wire;
  readonly heir: Heir;
  readonly snapshot: HostSnapshot;
  /** In the order of the masters. */
  readonly ids: readonly string[];
}

async function handOver(options: GiveOptions, over: HandOver): Promise<void> {
  const { clock, giveMs } = options;
  const { wire, heir, snapshot } = over;
  const untilMs = clock.elapsed() + giveMs;
  const next = async () => (await wire.next(clock, untilMs - clock.elapsed()))?.head as FromNew;
  give(options, over);
  const took = (await next()) as { took?: readonly TookTerminal[] } | undefined;
  const given = snapshot.terminals.map((one) => one.snapshot);
  if (!isWhole(given, took?.took)) throw new Error('it did not take all that was given in time');
  await options.stopNoting();
  wire.send({ go: true } satisfies FromOld);
  if (isTaken(await next())) return;
  // It may have said so at this very moment: what decides is what it said before it was gone.
  await heir.kill();
  await Promise.race([wire.closed, sleep(clock, killMs)]);
  if (!isTaken((await wire.next(clock, 0))?.head as FromNew | undefined))
    throw new Error('it did not confirm that it has taken over in time');
}

function isTaken(said: FromNew | undefined): boolean {
  return said !== undefined && 'taken' in said;
}

function give(options: GiveOptions, { keeper, wire, snapshot, ids }: HandOver): void {
  const { info, keepers, keeperOf } = options;
  const { terminals, screens, ...rest } = snapshot;
  const own = { pid: info.pid, address: keeper.address };
  const used = new Set(terminals.map((one) => keeperOf.get(one.snapshot.mark)));
  const tell = (said: FromOld, body?: string) =>
    wire.send(said, body === undefined ? undefined : Buffer.from(body));
  tell({
    offer: {
      ...{ format, hostId: info.hostId, ...rest },
      keepers: [...keepers.filter(({ address }) => used.has(address)), own],
      ...{ terminals: terminals.length, screens: screens.length },
    },
  });
  for (const { snapshot: one, screen } of terminals) {
    const master = firstMaster + ids.indexOf(one.id);
    tell({ terminal: { ...one, master, keeper: keeperOf.get(one.mark) ?? own.address } }, screen);
  }
  for (const { data, ...screen } of screens) tell({ screen }, data);
}

interface Bound {
  readonly clock: Clock;
  readonly boundMs: number;
  /** What it fails with. */
  readonly late: string;
}

async function inTime<T>(work: Promise<T>, { clock, boundMs, late }: Bound): Promise<T> {
  const over = new AbortController();
  const tooLate = sleep(clock, boundMs, over.signal).then(() => Promise.reject(new Error(late)));
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    over.abort();
  }
}
