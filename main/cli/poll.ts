/** Waiting longer than one request may: long polls one after another, over a restart of the hub if need be. */
import { sleep } from '../base/clock.ts';
import { MusherError } from '../base/result.ts';
import { isAway } from './client.ts';
import { formatDuration } from './durations.ts';
import type { Session } from './session.ts';

/** What the hub holds an answer back at most. */
export const longestPollMs = 60_000;
/** Between tries at a hub that is away, or that answered at once without news. */
const pauseMs = 1000;
/** An answer this soon was no wait at all. */
const hastyMs = 100;

export interface Poll<R> {
  readonly session: Session;
  readonly type: string;
  /** Without `waitMs`. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly totalMs: number;
  parse(result: unknown): Promise<R>;
  isDone(result: R): boolean;
  /** True when the hub was there a moment ago, so that it will likely come back. */
  readonly isPatient: boolean;
}

/** The first result that is done, or the last one when the time is over. */
export async function poll<R>(ask: Poll<R>): Promise<R> {
  const { clock } = ask.session.io;
  const endsAt = clock.elapsed() + ask.totalMs;
  let hasAnswered = ask.isPatient;
  for (;;) {
    const startedAt = clock.elapsed();
    const waitMs = Math.round(Math.min(Math.max(endsAt - startedAt, 0), longestPollMs));
    const answer = await pollOnce(ask, waitMs, hasAnswered);
    hasAnswered = true;
    const leftMs = endsAt - clock.elapsed();
    if (answer !== undefined && (ask.isDone(answer.result) || leftMs <= 0)) return answer.result;
    if (leftMs <= 0) throw lostForGood(ask.totalMs);
    const isHasty = clock.elapsed() - startedAt < hastyMs;
    if (answer === undefined || isHasty) {
      await sleep(clock, Math.min(pauseMs, leftMs), ask.session.io.interrupt());
    }
  }
}

/** Undefined when the hub is away and may come back. */
async function pollOnce<R>(
  { session, type, data, parse }: Poll<R>,
  waitMs: number,
  hasAnswered: boolean,
): Promise<{ result: R } | undefined> {
  try {
    return { result: await parse(await session.client.query(type, { ...data, waitMs }, waitMs)) };
  } catch (error) {
    if (hasAnswered && isAway(error)) return undefined;
    throw error;
  }
}

function lostForGood(totalMs: number): MusherError {
  return new MusherError({
    code: 'HUB_UNREACHABLE',
    message: `Musher went away while waiting and did not come back within ${formatDuration(totalMs)}.`,
    mend: 'Start it with `musher serve` or `npm start`; what was sent before is kept.',
  });
}
