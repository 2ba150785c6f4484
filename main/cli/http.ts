/**
 * One exchange with the hub: every way it can go wrong comes out as a MusherError. By node:http and an agent of our
 * own, never by `fetch`: that one follows the environment's proxies when told to (NODE_USE_ENV_PROXY), and a bearer
 * token must not leave for a proxy on its way to this very machine.
 */
import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { WireError } from '../../preload/contract/errors.ts';
import { MusherError, musherError } from '../base/result.ts';
import type { Target } from './target.ts';

export interface Exchange {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** From the base on: `/v1/message.send`. */
  readonly path: string;
  readonly body?: unknown;
  /** JSON that is sent as it is, in place of `body`. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  /** Silence longer than this counts as no answer. Left out: as long as it takes. */
  readonly timeoutMs?: number;
}

/** Its body, as text: iterate it, or read it whole by `readJson`. */
export type Answer = AsyncIterable<string>;

/** The answer when its status is 2xx; a redirect is none, for it would carry the token away. Throws the hub's own error, or HUB_UNREACHABLE. */
export async function exchange(target: Target, ask: Exchange): Promise<Answer> {
  const answer = await send(target, ask);
  const { statusCode = 0 } = answer;
  if (statusCode >= 200 && statusCode < 300) return answer;
  const error = wireErrorIn(await readJson(answer, target));
  throw error === undefined ? unreachable(target) : new MusherError(error);
}

/**
 * Not by `import`: that looks at every export, and one of them loads the whole of undici, 20 ms of each command's start.
 */
const http = process.getBuiltinModule('node:http');

/** An answer of any status, as it came. */
export interface Opened {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Answer;
}

/** Throws HUB_UNREACHABLE alone. */
export async function open(target: Target, ask: Exchange): Promise<Opened> {
  const answer = await send(target, ask);
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: answer };
}

/** Its body as JSON; a program that answers anything else is no Musher. */
export async function readJson(answer: Answer, target: Target): Promise<unknown> {
  let text = '';
  try {
    for await (const part of answer) text += part;
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw unreachable(target, cause);
  }
}

async function send(target: Target, ask: Exchange): Promise<IncomingMessage> {
  try {
    return await request(target, ask);
  } catch (cause) {
    if (ask.signal?.aborted) throw cause;
    throw unreachable(target, cause);
  }
}

async function request(target: Target, ask: Exchange): Promise<IncomingMessage> {
  // Loaded when needed: its half of the machinery is larger than all of ours.
  const { request: begin, Agent } = target.base.startsWith('https:')
    ? process.getBuiltinModule('node:https')
    : http;
  const text = ask.text ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
  const body = text === undefined ? undefined : Buffer.from(text);
  const options: RequestOptions = {
    method: ask.method,
    headers: headersFor(target, ask, body),
    // Made without the environment, it knows no proxy.
    agent: new Agent(),
    ...signalFor(ask),
  };
  return new Promise((resolve, reject) => {
    const sent = begin(target.base + ask.path, options, (answer) => {
      answer.setEncoding('utf8');
      resolve(answer);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

function headersFor(
  target: Target,
  ask: Exchange,
  body: Buffer | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': String(body.length) }),
    ...(target.token === undefined ? {} : { authorization: `Bearer ${target.token}` }),
    ...ask.headers,
  };
}

function signalFor({ signal, timeoutMs }: Exchange): { signal?: AbortSignal } {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  const given = signals.filter((one) => one !== undefined);
  return given.length === 0 ? {} : { signal: AbortSignal.any(given) };
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
