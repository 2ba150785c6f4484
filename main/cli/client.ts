/** Calls to the hub by capability. A call whose connection broke is sent again; the command id makes that safe. */
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

export function createClient(io: Io, target: Target): Client {
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
      const receipt = await call(type, data, { headers: { 'idempotency-key': io.newId() } });
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
