/** All checks side by side, each with a bound of its own: one that hangs is `unknown`, and holds up nobody. */
import type { DoctorCheck, DoctorReport } from '../../../preload/contract/doctor.ts';
import { type Clock, sleep } from '../../base/clock.ts';
import { MusherError, reasonOf } from '../../base/result.ts';
import { type Check, checks } from './checks.ts';
import { withoutRepository } from './judge-repository.ts';
import type { Known, Machine } from './ports.ts';
import { unknown, type Verdict } from './verdict.ts';

export interface Examination {
  readonly machine: Machine;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Left out: no Musher has the repository open. */
  readonly known?: Known;
  /** Of checks; left out: all of them. */
  readonly only?: readonly string[];
}

/** What a check is given where it says nothing else, milliseconds. */
const boundMs = 8_000;
const mostDetails = 20;
const longestLine = 1_000;

export async function examine(ask: Examination): Promise<DoctorReport> {
  const { machine, clock, known, only } = ask;
  const wanted = checks.filter(({ id }) => only === undefined || only.includes(id));
  const [atMs, startedMs] = [clock.now(), clock.elapsed()];
  const rows = await Promise.all(wanted.map((check) => bounded(check, ask)));
  return {
    checks: rows.flat(),
    ...{ atMs, tookMs: Math.round(clock.elapsed() - startedMs) },
    ...{ version: machine.version, platform: machine.platform, home: machine.home },
    repository: await machine.place(),
    byMusher: known !== undefined,
  };
}

async function bounded(check: Check, ask: Examination): Promise<DoctorCheck[]> {
  const { id, title } = check;
  const over = new AbortController();
  const end = () => over.abort(ask.signal.reason);
  ask.signal.addEventListener('abort', end);
  if (ask.signal.aborted) end();
  const limitMs = check.boundMs ?? boundMs;
  const seconds = Math.round(limitMs / 1000);
  const late = sleep(ask.clock, limitMs, over.signal).then((): Verdict => {
    ask.signal.throwIfAborted();
    return unknown(`no answer within ${seconds} s`, 'Check again; the machine may be busy.');
  });
  try {
    const look = check.look({ ...ask, signal: over.signal });
    const found = await Promise.race([look.catch((error) => failed(check, error)), late]);
    ask.signal.throwIfAborted();
    return 'state' in found
      ? [toRow(id, title, found)]
      : found.map((row) => toRow(row.id, row.title, row));
  } finally {
    over.abort();
    // It rejects when the whole was called off, and then nobody waits for it any more.
    late.catch(() => undefined);
    ask.signal.removeEventListener('abort', end);
  }
}

function failed({ failure }: Check, error: unknown): Verdict {
  const { message, mend, code } =
    error instanceof MusherError
      ? error.wire
      : { message: reasonOf(error), mend: undefined, code: '' };
  if (failure !== undefined) return { state: failure, found: message, remedy: mend };
  return /^(REPOSITORY_|GIT_)/.test(code) ? withoutRepository(message) : unknown(message, mend);
}

function toRow(id: string, title: string, { state, found, ...more }: Verdict): DoctorCheck {
  const { remedy, details = [] } = more;
  const shown = details.slice(0, mostDetails).map(oneLine);
  const left = details.length - shown.length;
  if (left > 0) shown[mostDetails - 1] = `and ${left + 1} more`;
  return {
    ...{ id, state, title, found: oneLine(found) },
    ...(remedy !== undefined && remedy !== '' && { remedy: oneLine(remedy) }),
    ...(shown.length > 0 && { details: shown }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').slice(0, longestLine);
}
