// The shared document of ten thousand stories: how long its load takes, and how much of its JSON it weighs; and how long a change of the board takes to
// be seen by the last of twenty nodes over real sockets, and what a change costs who makes it, beside a bare Yjs document that sends its updates to as many sockets.
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import WebSocket, { WebSocketServer } from 'ws';
import * as Y from 'yjs';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import { boardName, storiesOf } from '../../main/adapters/cluster/parts.ts';
import type { OpenReplica } from '../../main/adapters/cluster/replica.ts';
import { PartStore } from '../../main/adapters/cluster/part-store.ts';
import { type ClusterWorld, clusterWorld, sharedStory } from '../harness/cluster-world.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench } from './bench.ts';

const stories = 10_000;
const loadMs = 500;
/** As large as its JSON, so often. */
const weight = 3;
const nodes = 20;
const shown = 1_000;
const changes = 200;
/** A change is seen by all within this, p99, milliseconds. */
const visibleMs = 250;

export const bench: Bench = {
  name: 'cluster',
  async run() {
    const kept = await keep();
    const seen = await seenByAll();
    return [
      {
        name: 'cluster.load',
        value: kept.loadMs,
        limit: loadMs,
        unit: 'ms',
        ratio: kept.loadMs / loadMs,
      },
      {
        name: 'cluster.weight',
        value: kept.bytes,
        limit: weight * kept.json,
        unit: 'bytes',
        ratio: kept.bytes / (weight * kept.json),
      },
      {
        name: 'cluster.visible.p99',
        value: seen.p99,
        limit: visibleMs,
        unit: 'ms',
        ratio: seen.p99 / visibleMs,
      },
      {
        name: 'cluster.claim.p99',
        value: seen.claimP99,
        limit: visibleMs,
        unit: 'ms',
        ratio: seen.claimP99 / visibleMs,
      },
      {
        name: 'cluster.change',
        value: seen.changeUs,
        limit: seen.bareUs,
        unit: 'µs',
        ratio: seen.changeUs / seen.bareUs,
      },
    ];
  },
};

/** Written one by one, each changed twice: what it weighs after that, and how long its load takes. */
async function keep() {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bench-'));
  const file = join(folder, 'shared.sqlite');
  const parts = { clock: systemClock, log: silentLogger };
  try {
    const store = await PartStore.open(file, parts);
    const doc = new Y.Doc();
    store.keep(boardName, doc);
    for (let round = 0; round < 3; round++)
      for (let at = 0; at < stories; at++)
        storiesOf(doc).set(`s-${at}`, sharedStory(`s-${at}`, { version: round, sinceMs: at }));
    store.close();
    const json = JSON.stringify(storiesOf(doc).toJSON()).length;
    const startedMs = performance.now();
    const again = await PartStore.open(file, parts);
    const loaded = new Y.Doc();
    again.keep(boardName, loaded);
    const ms = performance.now() - startedMs;
    if (storiesOf(loaded).size !== stories) throw new Error('the board was not loaded whole');
    again.close();
    return { loadMs: ms, json, bytes: Y.encodeStateAsUpdate(loaded).byteLength };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function seenByAll() {
  const world = await clusterWorld();
  try {
    const { board } = world.shared();
    board.write({
      put: Array.from({ length: shown }, (_, at) => sharedStory(`s-${at}`)),
      remove: [],
    });
    const replicas: OpenReplica[] = [];
    for (let at = 1; at <= nodes; at++) replicas.push(await world.node(`n-${at}`));
    await waitFor('all boards', () => replicas.every((one) => one.storyCount() === shown), {
      timeoutMs: 60_000,
    });
    const tookMs: number[] = [];
    let inUs = 0;
    for (let at = 0; at < changes; at++) {
      const id = `s-${at}`;
      const left = new Set(replicas);
      const allSaw = Promise.withResolvers<void>();
      const ends = replicas.map((one) =>
        one.onChange(() => {
          if (one.stories().get(id)?.version === 1_000 + at) left.delete(one);
          if (left.size === 0) allSaw.resolve();
        }),
      );
      const startedMs = performance.now();
      board.write({ put: [sharedStory(id, { version: 1_000 + at })], remove: [] });
      inUs += (performance.now() - startedMs) * 1_000;
      await allSaw.promise;
      tookMs.push(performance.now() - startedMs);
      for (const end of ends) void end();
    }
    return {
      p99: p99Of(tookMs),
      claimP99: p99Of(await claimsMs(world, replicas)),
      changeUs: inUs / changes,
      bareUs: await bareUs(),
    };
  } finally {
    await world.end();
  }
}

/** From a node that claims a story to the last node that reads who has it: its part to the rendezvous, and the board to all. */
async function claimsMs(world: ClusterWorld, replicas: readonly OpenReplica[]): Promise<number[]> {
  const shared = world.shared();
  const leave = shared.onNode((id) => {
    for (const [story, { claim }] of Object.entries(shared.claimsOf(id)))
      if (shared.board.stories().get(story)?.node?.id !== id)
        shared.board.write({ put: [sharedStory(story, { node: { id, claim } })], remove: [] });
  });
  for (let at = 1; at <= replicas.length; at++) shared.admit(`n-${at}`);
  const tookMs: number[] = [];
  for (let at = 0; at < changes; at++) {
    const story = `s-${at + changes}`;
    const who = replicas[at % replicas.length] as OpenReplica;
    const startedMs = performance.now();
    const isSeen = () => replicas.every((one) => one.story(story)?.node?.id === who.node);
    const seen = Promise.withResolvers<void>();
    const ends = replicas.map((one) => one.onChange(() => isSeen() && seen.resolve()));
    who.claim({ [story]: { claim: at + 1, state: 'working' } });
    await seen.promise;
    tookMs.push(performance.now() - startedMs);
    for (const end of ends) void end();
  }
  void leave();
  return tookMs;
}

function p99Of(tookMs: number[]): number {
  return tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * 0.99)] ?? 0;
}

/** The same change of a bare document, whose updates go to as many sockets as they are. */
async function bareUs(): Promise<number> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ends = Array.from({ length: nodes }, () => new WebSocket(`ws://127.0.0.1:${port}`));
  await Promise.all(ends.map((end) => once(end, 'open')));
  const doc = new Y.Doc();
  const map = doc.getMap('stories');
  for (let at = 0; at < shown; at++) map.set(`s-${at}`, sharedStory(`s-${at}`));
  doc.on('update', (update: Uint8Array) => {
    for (const client of server.clients) client.send(update);
  });
  let inUs = 0;
  for (let at = 0; at < changes; at++) {
    const startedMs = performance.now();
    map.set(`s-${at}`, sharedStory(`s-${at}`, { version: 1_000 + at }));
    inUs += (performance.now() - startedMs) * 1_000;
    await once(ends.at(-1) as WebSocket, 'message');
  }
  for (const end of ends) end.terminate();
  server.close();
  return inUs / changes;
}
