/**
 * Finds the terminal host of this user, or starts one. Starting is under a lock that goes with its holder, so that two
 * Mushers that begin together get one host.
 */
import { readFile } from 'node:fs/promises';
import { sleep } from '../../base/clock.ts';
import { musherError, reasonOf } from '../../base/result.ts';
import { type HostPlace, preparePlace } from '../../terminal-host/process/place.ts';
import { lockLog } from '../sqlite/log-lock.ts';
import { type FindHostOptions, type Link, linkTo } from './link-host.ts';
import { type Child, hostCommand, launch } from './launch-host.ts';

/** How long a host may take to listen, milliseconds. */
const startMs = 15_000;
const lockRetryMs = 100;
/** How long until the next look: so much of what it has waited by then, within these milliseconds. */
const look = { part: 0.1, fromMs: 5, toMs: 100 };
const logTailBytes = 2_000;

/** Throws TERMINAL_HOST_FAILED, TERMINAL_HOST_FOREIGN, TERMINAL_HOST_OTHER, TERMINAL_HOST_SILENT. */
export async function findHost(options: FindHostOptions): Promise<Link> {
  try {
    await preparePlace(options.place);
    return (await linkTo(options)) ?? (await startHost(options));
  } catch (error) {
    if (error instanceof Error && error.name === 'MusherError') throw error;
    throw hostFailed(options.place, reasonOf(error), error);
  }
}

async function startHost(options: FindHostOptions): Promise<Link> {
  // It may have to be made first; others that start one wait no longer for that.
  const command = await hostCommand(options);
  const lock = await lockStart(options);
  try {
    const other = await linkTo(options);
    if (other !== undefined) return other;
    const child = await launch(options.place, command);
    return await untilItListens(options, child);
  } finally {
    lock.release();
  }
}

async function lockStart({ place, clock }: FindHostOptions) {
  const untilMs = clock.elapsed() + startMs;
  for (;;) {
    try {
      return await lockLog(`${place.folder}/start`, 0);
    } catch (error) {
      const isBusy = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');
      if (!isBusy || clock.elapsed() > untilMs) throw error;
      await sleep(clock, lockRetryMs);
    }
  }
}

async function untilItListens(options: FindHostOptions, child: Child): Promise<Link> {
  const { place, clock } = options;
  const sinceMs = clock.elapsed();
  for (;;) {
    const waitedMs = clock.elapsed() - sinceMs;
    await sleep(clock, Math.min(look.toMs, Math.max(look.fromMs, waitedMs * look.part)));
    const link = await linkTo(options);
    if (link !== undefined) return link;
    const ended = child.ended();
    if (ended !== undefined) throw hostFailed(place, `${ended}${await tailOf(place.logFile)}`);
    if (waitedMs > startMs) throw hostFailed(place, `it did not listen within ${startMs / 1000} s`);
  }
}

async function tailOf(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const tail = text.slice(-logTailBytes).trim();
  return tail === '' ? '' : `: ${tail}`;
}

function hostFailed(place: HostPlace, reason: string, cause?: unknown): Error {
  return musherError('TERMINAL_HOST_FAILED', { reason, path: place.logFile }, cause);
}
