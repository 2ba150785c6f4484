// A million messages: how soon a page of them is there, from anywhere and filtered, and how long the loop stands still
// meanwhile. What a person waits for is held to 150 ms, a turn of the loop to 20 ms. How fast the index is made is told.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import type { LogStore, StoredEvent } from '../../main/hub/log-store.ts';
import { type Head, sealEvent } from '../../main/hub/seal.ts';
import { world } from '../harness/hub-ports.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { medianStall } from './stall.ts';

const count = 1_000_000;
const agents = 40;
const batchSize = 1_000;
const pageMs = 150;
const stallMs = 20;
const repeats = 9;

const common = 'the schema is in db/schema.sql tests are green again'.split(' ');

export const bench: Bench = {
  name: 'messages',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'musher-messages-'));
    try {
      return await measure(join(folder, 'log.sqlite'));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

/** By name: what is asked of `message.list`. */
const asks: Readonly<Record<string, object>> = {
  newest: { type: '*' },
  middle: { type: '*', before: count / 2 },
  oldest: { type: '*', after: 0 },
  agent: { agent: 'agent-3', before: count / 2 },
  pair: { from: 'agent-3', to: 'agent-9', before: count / 2 },
  word: { text: 'schema', before: count / 2 },
  rareWord: { text: 'rare990', agent: 'agent-30' },
  phrase: { text: '"tests are green"', before: count / 2 },
  beginning: { text: 'sch*' },
  noHit: { text: '"green tests"' },
  thread: { thread: 777_000 },
};

async function measure(file: string): Promise<BenchNumber[]> {
  const store = await openLogStore(file, { now: systemClock.now });
  write(store);
  const { features } = world();
  const hub = await openHub({
    ...{ features, store, clock: systemClock, random: Math.random, log: silentLogger },
  });
  const startedMs = performance.now();
  // As somebody who waits would have it: each ask takes the index further.
  while ((await list(hub, { text: 'nosuchword', after: 0 })).more);
  const perSecond = (count * 1_000) / (performance.now() - startedMs);
  const rows: BenchNumber[] = [{ name: 'messages.indexed', value: perSecond, unit: '1/s' }];
  for (const [name, ask] of Object.entries(asks)) {
    const ms = await medianMs(() => list(hub, ask));
    rows.push({
      name: `messages.${name}`,
      value: ms,
      unit: 'ms',
      limit: pageMs,
      ratio: ms / pageMs,
    });
  }
  const stall = await medianStall(async () => {
    for (const ask of Object.values(asks)) await list(hub, ask);
  });
  rows.push({
    ...{ name: 'messages.stall', value: stall, unit: 'ms', limit: stallMs },
    ratio: stall / stallMs,
  });
  await hub.stop();
  return rows;
}

interface Listed {
  readonly more: boolean;
}

function list(hub: Hub, data: object): Promise<Listed> {
  const ask = { type: 'message.list', data, signal: new AbortController().signal };
  return hub.query(ask, 'operator') as Promise<Listed>;
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const all: number[] = [];
  for (let n = 0; n < repeats; n++) {
    const startedMs = performance.now();
    await work();
    all.push(performance.now() - startedMs);
  }
  return median(all);
}

function write(store: LogStore): void {
  let head: Head = store.head();
  while (head.seq < count) {
    const events: StoredEvent[] = [];
    for (let n = 0; n < batchSize; n++) {
      const seq = head.seq + 1;
      const to = nameAt(seq + 1 + (seq % 7));
      const re = seq % 5 === 0 ? { re: seq - 1 - (seq % 3) } : {};
      const event = {
        ...{ type: 'message.sent', v: 2 },
        data: { to, recipients: [to], body: bodyAt(seq), ...re },
      };
      const cause = {
        ...{ actor: `agent:${nameAt(seq)}` as const, causeId: `c-${seq}` },
        atMs: 1_700_000_000_000 + seq * 50,
      };
      const { envelope, body } = sealEvent(store, { head, event, cause });
      head = { seq, hash: envelope.hash };
      events.push({ seq, type: event.type, body, hash: envelope.hash, topics: [`inbox/${to}`] });
    }
    store.commit({ events, receipts: [], effects: [], endedEffects: [] });
  }
}

function nameAt(seq: number): string {
  return `agent-${seq % agents}`;
}

/** Words that are everywhere, some of many, and one in a thousand messages. */
function bodyAt(seq: number): string {
  const own = [3, 5, 7, 11, 13].map((step) => `w${(seq * step * step * 7_919) % 20_011}`);
  return [...common, ...own, ...(seq % 10 === 0 ? [`rare${seq % 1_000}`] : [])].join(' ');
}
