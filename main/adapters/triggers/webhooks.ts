/**
 * Sends what happened to an address: JSON by POST, within ten seconds, three times at most. Where it is sent somewhere else (a redirect)
 * nobody follows, and what is answered is not read but for its status.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { musherError, reasonOf } from '../../base/result.ts';
import type { Delivery, Webhooks } from '../../features/triggers/ports.ts';

export interface WebhookBounds {
  /** One try, milliseconds. */
  readonly timeoutMs: number;
  /** Before the second, the third …: so many tries there are, and one. */
  readonly pausesMs: readonly number[];
}

const bounds: WebhookBounds = { timeoutMs: 10_000, pausesMs: [1_000, 5_000] };

export function createWebhooks(own: Partial<WebhookBounds> = {}): Webhooks {
  const { timeoutMs, pausesMs } = { ...bounds, ...own };
  return {
    async send(delivery) {
      let ending = await post(delivery, timeoutMs);
      let tries = 1;
      for (const pauseMs of pausesMs) {
        if (ending.isOver) break;
        await sleep(pauseMs, undefined, { signal: delivery.signal });
        ending = await post(delivery, timeoutMs);
        tries += 1;
      }
      const often = tries === 1 ? '' : `, after ${tries} tries`;
      if (ending.ok) return `${ending.said}${often}`;
      const { host } = new URL(delivery.url);
      throw musherError('WEBHOOK_FAILED', { host, reason: `${ending.said}${often}` });
    },
  };
}

interface Ending {
  readonly ok: boolean;
  /** Once more would be no better. */
  readonly isOver: boolean;
  readonly said: string;
}

/** The address is busy or broken for now; any other refusal would be the same again. */
function mayPass(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

async function post({ url, body, key, signal }: Delivery, timeoutMs: number): Promise<Ending> {
  const late = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'musher',
        'idempotency-key': key,
      },
      body,
      signal: AbortSignal.any([signal, late]),
    });
    await response.body?.cancel();
    const { status } = response;
    if (status >= 300 && status < 400)
      return {
        ok: false,
        isOver: true,
        said: `it answered ${status}: a redirect, which is not followed`,
      };
    return {
      ok: response.ok,
      isOver: response.ok || !mayPass(status),
      said: `it answered ${status}`,
    };
  } catch (error) {
    signal.throwIfAborted();
    const said = late.aborted ? `it did not answer within ${timeoutMs / 1000} s` : causeOf(error);
    return { ok: false, isOver: false, said };
  }
}

/** `fetch failed` says nothing: why stands behind it. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? `the connection failed (${code})` : reasonOf(cause ?? error);
}
