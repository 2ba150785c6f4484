// How the demo's agents talk to Musher: plain HTTP with what their environment says, as any agent could.

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

const url = process.env.MUSHER_URL ?? 'http://127.0.0.1:9119';
const token = process.env.MUSHER_TOKEN ?? '';
export const self = process.env.MUSHER_AGENT ?? 'agent';

/** Between tries when Musher does not answer: it may be restarting, and comes back. */
const retryMs = 1_000;
/** Longest that one answer is waited for, before asking again. */
const pollMs = 25_000;

/** A command's result. The key makes a retry safe: it cannot do a thing twice. */
export async function command(/** @type {string} */ type, /** @type {object} */ data) {
  const { result } = await call(type, data, { 'idempotency-key': randomUUID() });
  return result;
}

export function query(/** @type {string} */ type, /** @type {object} */ data = {}) {
  return call(type, data, {});
}

/** The record once `isDone` says so; asks with a long poll, never in a loop. */
export async function until(
  /** @type {{ type: string, data: object, isDone: (record: any) => boolean }} */ wait,
) {
  for (;;) {
    const record = await query(wait.type, { ...wait.data, waitMs: pollMs });
    if (wait.isDone(record)) return record;
    await delay(200);
  }
}

/** Hands over each thing that comes to the inbox, and acks it when it is handled. Never ends. */
export async function listen(/** @type {(item: any) => Promise<void>} */ handle) {
  for (;;) {
    const { items } = await query('inbox.read', { waitMs: pollMs });
    for (const item of items) {
      await handle(item);
      await command('inbox.ack', { upTo: item.seq });
    }
  }
}

/**
 * @param {string} type
 * @param {object} data
 * @param {Record<string, string>} headers
 */
async function call(type, data, headers) {
  for (;;) {
    const answer = await send(type, data, headers);
    if (answer?.ok) return answer.json();
    if (answer && answer.status !== 503 && answer.status !== 429) {
      const { error } = await answer.json();
      throw Object.assign(new Error(`${error.message} ${error.mend}`), { code: error.code });
    }
    await delay(retryMs);
  }
}

/**
 * @param {string} type
 * @param {object} data
 * @param {Record<string, string>} headers
 */
async function send(type, data, headers) {
  try {
    return await fetch(`${url}/v1/${type}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        ...headers,
      },
      body: JSON.stringify(data),
    });
  } catch {
    return undefined; // nobody there for the moment
  }
}
