/**
 * Calls to the hub by capability. A call whose connection broke is sent again, and an agent's command waits for a hub that restarts; the command
 * id makes both safe.
 */
import { sleep } from '../base/clock.ts';
import { MusherError } from '../base/result.ts';
import { tokenMissing } from './failures.ts';
import { type Exchange, exchange, readJson } from './http.ts';
import type { Io } from './io.ts';
import type { Target } from './target.ts';

/** Beyond what was asked to wait: git may be slow, the hub never silent for longer. */
const patienceMs = 120_000;
/** After a broken connection: soon enough for a hub that restarts, few enough not to hide one that is gone. */
const retryDelaysMs = [200, 1000];
/** So long an agent's command waits for a hub that is away: the hub that started the agent restarts, or is gone for good. */
const absenceMs = 20_000;
const absencePauseMs = 500;

export interface Client {
  command(type: string, data: unknown): Promise<unknown>;
  /** `waitMs`: how long the hub may hold the answer back, as asked for in `data`. */
  query(type: string, data: unknown, waitMs?: number): Promise<unknown>;
  /** `GET /status`; needs no token. */
  status(): Promise<unknown>;
  /** A fresh one-time address that signs a browser in; the operator’s alone. */
  login(): Promise<string>;
  /** An event stream from the position on. */
  events(after: number): Promise<AsyncIterable<string>>;
}

/** `isPatient`: a command waits up to 20 s for a hub that is away, and is then told HUB_UNREACHABLE. */
export function createClient(io: Io, target: Target, isPatient = false): Client {
  const ask = (what: Exchange) => {
    if (target.token === undefined && !target.isCapability) throw tokenMissing();
    return exchange(target, { signal: io.interrupt(), ...what });
  };
  const call = async (type: string, data: unknown, rest: Partial<Exchange>) => {
    const what = { method: 'POST', path: `/v1/${type}`, body: data, ...rest } as const;
    const response = await retried(io, () => ask({ timeoutMs: patienceMs, ...what }));
    return readJson(response, target);
  };
  return {
    async command(type, data) {
      const headers = { 'idempotency-key': io.newId() };
      const send = () => call(type, data, { headers });
      const receipt = await (isPatient ? whileAway(io, send) : send());
      return (receipt as { result?: unknown } | null)?.result;
    },
    query: (type, data, waitMs = 0) => call(type, data, { timeoutMs: waitMs + patienceMs }),
    async status() {
      const root = target.isCapability ? { ...target, base: target.origin } : target;
      const what = { method: 'GET', path: '/status', timeoutMs: 5000 } as const;
      const response = await exchange(
        { ...root, token: undefined },
        { signal: io.interrupt(), ...what },
      );
      return readJson(response, target);
    },
    async login() {
      const response = await ask({ method: 'POST', path: '/v1/login', body: {}, timeoutMs: 5000 });
      const { loginUrl } = (await readJson(response, target)) as { loginUrl: string };
      return loginUrl;
    },
    async events(after) {
      const headers = { accept: 'text/event-stream' };
      return ask({ method: 'GET', path: `/v1/events?after=${after}`, headers });
    },
  };
}

async function retried<T>(io: Io, run: () => Promise<T>): Promise<T> {
  for (const delayMs of retryDelaysMs) {
    try {
      return await run();
    } catch (error) {
      if (!isBroken(error)) throw error;
      await sleep(io.clock, delayMs, io.interrupt());
    }
  }
  return run();
}

async function whileAway<T>(io: Io, run: () => Promise<T>): Promise<T> {
  const { clock } = io;
  const untilMs = clock.elapsed() + absenceMs;
  for (;;) {
    try {
      return await run();
    } catch (error) {
      if (!isAway(error) || clock.elapsed() >= untilMs) throw error;
      await sleep(clock, absencePauseMs, io.interrupt());
      if (io.interrupt().aborted) throw error;
    }
  }
}

/** The hub is stopping or gone. */
export function isAway(error: unknown): boolean {
  return (
    isUnreachable(error) || (error instanceof MusherError && error.wire.code === 'SHUTTING_DOWN')
  );
}

/** The connection stood and broke. A refused one is told at once: nobody is there. */
function isBroken(error: unknown): boolean {
  return isUnreachable(error) && isCutOff((error as MusherError).cause);
}

/** What a connection throws that the other side let go. */
export function isCutOff(error: unknown): boolean {
  return /^(ECONNRESET|EPIPE)$/.test(String((error as { code?: unknown } | undefined)?.code));
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'HUB_UNREACHABLE';
}
