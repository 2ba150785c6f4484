// Machines that are cut off, heard one way only, slow, lossy, killed and wrong about the time: each story is done once, nothing that was ready is
// lost, and in the end all have the same.

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PartStore } from '../../main/adapters/cluster/part-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { silentLogger } from '../../main/base/logger.ts';
import type { Fault } from '../harness/faulty-wire.ts';
import {
  type ClusterMachines,
  clusterMachines,
  type NodeMachine,
} from '../harness/cluster-machines.ts';
import { seededRandom } from '../harness/hub.ts';
import { rounds } from '../harness/rounds.ts';
import { waitFor } from '../harness/wait.ts';

let cluster: ClusterMachines;
beforeAll(async () => {
  cluster = await clusterMachines({ isMeshed: true });
  await cluster.rendezvous().operator.command('pipeline.start', {});
  // Ten minutes fast, and ten minutes slow.
  await cluster.join(600_000);
  await cluster.join(-600_000);
}, 120_000);
afterAll(() => cluster.dispose());

const schedules = rounds(1, 100);
/** A fault lasts between half a second and that much longer, milliseconds. */
const faultMs = rounds(1_000, 3_000);
const perSchedule = 4;
const healMs = 300_000;
let written = 0;

describe('a schedule of faults', () => {
  for (let n = 0; n < schedules; n += 1) it(`number ${n + 1}`, () => play(seedOf(n)), 600_000);

  it('leaves nodes that see each other', async () => {
    for (const node of cluster.nodes)
      await waitFor(
        `${node.name} to see the other`,
        async () => {
          const { rendezvous } = (await node.musher('nodes')) as Standing;
          const states = Object.values(rendezvous.peers ?? {}).map(({ state }) => state);
          return states.join() === 'linked' || JSON.stringify(rendezvous.peers);
        },
        // The longest rest of one that was asked in vain, and the next try.
        { timeoutMs: 90_000 },
      );
  }, 120_000);

  it('leaves every copy of the board with the same bytes', async () => {
    const places = cluster.nodes.map(({ clone }) => path.join(clone, '.git/musher/replica.sqlite'));
    const shared = path.join(cluster.home, '.git/musher/shared.sqlite');
    // What was told last is on its way, and on its way to the disk.
    await waitFor(
      'the copies to be the same',
      async () => {
        const kept = await boardOf(shared);
        const copies = await Promise.all(places.map(boardOf));
        return copies.every((copy) => copy === kept) || copies.map((copy) => copy.length).join();
      },
      { timeoutMs: 30_000 },
    );
    for (const node of cluster.nodes) await node.end('SIGTERM');
    expect(await cluster.rendezvous().kill('SIGTERM')).toEqual({ code: 0, signal: null });
  }, 90_000);
});

/** `MUSHER_SEED` plays one again. */
function seedOf(n: number): number {
  const { MUSHER_SEED: seed } = process.env;
  return seed === undefined ? Math.floor(Math.random() * 2 ** 31) + n : Number(seed);
}

async function play(seed: number): Promise<void> {
  const random = seededRandom(seed);
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const said: string[] = [];
  try {
    for (let n = 0; n < perSchedule; n += 1) {
      written += 1;
      const title = `Story ${written} of the test`;
      await cluster.rendezvous().operator.command('story.add', { title });
    }
    for (let step = 0; step < 6; step += 1) {
      const node = pick(cluster.nodes);
      const what = pick(harms);
      const fault = pick(['cut', 'up', 'down', 'lossy', 'slow', 'reset', 'none'] as const);
      said.push(`${node.name} ${what === 'wire' || what === 'peers' ? `${what} ${fault}` : what}`);
      await harm({ node, what, fault });
      await passes(500 + random() * faultMs);
    }
    await heal();
    await check();
  } catch (error) {
    const nodes = cluster.nodes.map((one) => `${one.name}: ${one.said().slice(-1_500)}`).join('\n');
    throw new Error(`MUSHER_SEED=${seed}: ${said.join(', ')}\n${nodes}`, { cause: error });
  }
}

/** Faults last: what goes on meanwhile is what is looked at. */
function passes(ms: number): Promise<void> {
  return new Promise((resolve) => systemClock.schedule(resolve, ms));
}

/** `wire`: to the rendezvous and to the git remote; `peers`: to other nodes. */
const harms = ['wire', 'wire', 'wire', 'peers', 'kill node', 'kill rendezvous'] as const;

interface Standing {
  readonly rendezvous: { readonly peers?: Readonly<Record<string, { readonly state: string }>> };
}

const isKilled = new Set<NodeMachine>();

interface Harm {
  readonly node: NodeMachine;
  readonly what: (typeof harms)[number];
  readonly fault: Fault;
}

async function harm({ node, what, fault }: Harm): Promise<void> {
  if (what === 'wire') await node.wire.set(fault);
  else if (what === 'peers') node.wire.setPeers(fault);
  else if (what === 'kill rendezvous') {
    await cluster.rendezvous().kill('SIGKILL');
    await cluster.serve();
  } else if (isKilled.delete(node)) await node.start();
  else {
    await node.end('SIGKILL');
    isKilled.add(node);
  }
}

async function heal(): Promise<void> {
  for (const node of cluster.nodes) {
    await node.wire.set('none');
    node.wire.setPeers('none');
    if (isKilled.delete(node)) await node.start();
    // Nobody else ends one.
    expect(node.isRunning, node.said()).toBe(true);
  }
  await waitFor(
    'all stories to be done',
    async () => {
      const open = (await cluster.stories()).filter(({ place }) => place.stage !== 'done');
      return (
        open.length === 0 || JSON.stringify(open.map(({ id, place, node }) => [id, place, node]))
      );
    },
    { timeoutMs: healMs },
  );
}

async function check(): Promise<void> {
  const home = await cluster.events();
  const merged = home.filter(
    ({ type, data }) => type === 'story.moved' && data.transition === 'merged',
  );
  const ids = (await cluster.stories()).map(({ id }) => id).toSorted();
  expect(merged.map(({ data }) => data.story).toSorted(), 'done once').toEqual(ids);
  const taken = home.filter(({ type }) => type === 'claim.taken').map(({ data }) => data.story);
  expect(taken, 'reported once').toEqual([...new Set(taken)]);
  const brought = home.filter(({ type }) => type === 'claim.taken' || type === 'claim.late');
  const commits = new Set(brought.map(({ data }) => data.commit));
  for (const node of cluster.nodes) {
    const ready = (await node.events()).filter(({ type }) => type === 'claim.verified');
    await waitFor(
      `what ${node.name} had ready`,
      () => ready.every(({ data }) => commits.has(data.commit)) || [...commits].join(),
    );
  }
}

/** As whoever loads it has it, read from a copy: the file is in use. */
async function boardOf(file: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'musher-board-'));
  try {
    const copy = path.join(folder, 'board.sqlite');
    for (const end of ['', '-wal']) await copyFile(`${file}${end}`, `${copy}${end}`);
    const store = await PartStore.open(copy, { clock: systemClock, log: silentLogger });
    const doc = new Y.Doc();
    const leave = store.keep('board', doc);
    const bytes = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
    await leave();
    store.close();
    return bytes;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
