/** One exchange with the hub: every way it can go wrong comes out as a MusherError. */
import type { WireError } from '../../preload/contract/errors.ts';
import { MusherError, musherError } from '../base/result.ts';
import type { Target } from './target.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** From the base on: `/v1/message.send`. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Silence longer than this counts as no answer. Left out: as long as it takes. */
  readonly timeoutMs?: number;
}

/** The response when its status is 2xx. Throws the hub's own error, or HUB_UNREACHABLE. */
export async function exchange(target: Target, ask: Exchange): Promise<Response> {
  const response = await send(target, ask);
  if (response.ok) return response;
  const error = wireErrorIn(await readJson(response, target));
  throw error === undefined ? unreachable(target) : new MusherError(error);
}

/** Its body as JSON; a program that answers anything else is no Musher. */
export async function readJson(response: Response, target: Target): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw unreachable(target, cause);
  }
}

async function send(target: Target, ask: Exchange): Promise<Response> {
  try {
    return await fetch(target.base + ask.path, {
      method: ask.method,
      headers: headersFor(target, ask),
      body: ask.body === undefined ? null : JSON.stringify(ask.body),
      // A redirect would carry the token to where it does not belong.
      redirect: 'error',
      signal: signalFor(ask),
    });
  } catch (cause) {
    if (ask.signal?.aborted) throw cause;
    throw unreachable(target, cause);
  }
}

function headersFor(target: Target, ask: Exchange): Record<string, string> {
  return {
    accept: 'application/json',
    ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
    ...ask.headers,
  };
}

function signalFor({ signal, timeoutMs }: Exchange): AbortSignal | null {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const given = signals.filter((one) => one !== undefined);
  return given.length === 0 ? null : AbortSignal.any(given);
}

function unreachable(target: Target, cause?: unknown): MusherError {
  return musherError('HUB_UNREACHABLE', { url: target.origin }, cause);
}

/** By hand: this is on the way of every error, also when no contract is loaded. */
function wireErrorIn(body: unknown): WireError | undefined {
  const error = (body as { error?: Partial<WireError> } | null)?.error;
  if (typeof error?.code !== 'string' || typeof error.message !== 'string') return undefined;
  const { code, message, mend = 'See the log of the hub.' } = error;
  return error.details === undefined
    ? { code, message, mend }
    : { code, message, mend, details: error.details };
}
