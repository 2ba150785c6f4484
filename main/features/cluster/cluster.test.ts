// Join tokens, nodes, and what the shared document is told: over the real hub, with the document in memory.

import { assert, describe, expect, it } from 'vitest';
import type { NodeLink } from '../../../preload/contract/cluster-facts.ts';
import { type Box, openBox, refusedWith } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { TestClock } from '../../../test/harness/clock.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { PlayedShared } from '../../../test/harness/played-cluster.ts';
import type { ClusterDoor } from './ports.ts';

const hashes = { token: 'a'.repeat(64), other: 'b'.repeat(64), key: 'c'.repeat(64) };
const machine = { host: 'attic.local', platform: 'linux-x64' };
const minuteMs = 60_000;

interface Open {
  readonly box: Box;
  readonly door: ClusterDoor;
  readonly shared: PlayedShared;
}

async function open(over: Partial<Parameters<typeof openBox>[0]> = {}): Promise<Open> {
  const { features, cluster, shared } = world();
  const box = await openBox({ features, ...over });
  await box.settle();
  const { door } = cluster;
  assert(door, 'no door was opened');
  return { box, door, shared };
}

async function join({ box, door }: Open, key = hashes.key, token = hashes.token) {
  await box.dispatch('node.invite', { hash: token });
  const joined = door.join({ invite: token, key, ...machine });
  await box.settle();
  return joined;
}

async function listed(box: Box) {
  return (await box.ask('node.list')) as {
    nodes: Array<{ id: string; label: string; link?: NodeLink }>;
    invites: Array<{ invite: string }>;
  };
}

const self = {
  ...{ version: '1.0.0', host: 'attic', platform: 'linux-x64', cpus: 4, load: 0.25 },
  ...{ agents: 2, isDraining: false },
};

describe('a join token', () => {
  it('lets one machine in, once; who did not hear the answer asks again', async () => {
    const all = await open();
    expect(await join(all)).toEqual({ node: 'n-1', label: 'attic' });
    const again = all.door.join({ invite: hashes.token, key: hashes.key, ...machine });
    await all.box.settle();
    expect(await again).toEqual({ node: 'n-1', label: 'attic' });
    const other = all.door.join({ invite: hashes.token, key: hashes.other, ...machine });
    const refused = refusedWith('JOIN_TOKEN_INVALID', other);
    await all.box.settle();
    expect((await refused).wire.message).toContain('used already');
    expect((await listed(all.box)).nodes).toHaveLength(1);
  });

  it('expires, and is taken back', async () => {
    const { box, door } = await open();
    await box.dispatch('node.invite', { hash: hashes.token, forMs: minuteMs });
    await box.advance(minuteMs);
    const late = refusedWith(
      'JOIN_TOKEN_INVALID',
      door.join({ invite: hashes.token, key: hashes.key, ...machine }),
    );
    await box.settle();
    expect((await late).wire.message).toContain('expired');
    expect((await listed(box)).invites).toEqual([]);
    const made = await box.dispatch('node.invite', { hash: hashes.other });
    const { invite } = made.result as { invite: string };
    await box.dispatch('node.uninvite', { invite });
    expect(door.knowsInvite(hashes.other)).toBe(false);
    await refusedWith('INVITE_UNKNOWN', box.dispatch('node.uninvite', { invite }));
  });

  it('is made for a while and in number, and no agent makes one', async () => {
    const { box } = await open();
    const ask = (data: object) => box.dispatch('node.invite', { hash: hashes.token, ...data });
    await refusedWith('BODY_INVALID', ask({ forMs: 8 * 24 * 3_600_000 }));
    await refusedWith('BODY_INVALID', ask({ label: '<script>' }));
    await refusedWith('BODY_INVALID', box.dispatch('node.invite', { hash: 'secret' }));
    const byAgent = { actor: 'agent:backend' } as const;
    await refusedWith('FORBIDDEN', box.dispatch('node.invite', { hash: hashes.token }, byAgent));
    for (let at = 0; at < 50; at++)
      await box.dispatch('node.invite', { hash: String(at).padStart(64, '0'), forMs: minuteMs });
    await refusedWith('INVITE_LIMIT', ask({}));
    await box.advance(minuteMs);
    await ask({});
    expect((await listed(box)).invites).toHaveLength(1);
  });
});

describe('a node', () => {
  it('is told apart from others of its name, renamed, and locked out', async () => {
    const all = await open();
    const { box, door } = all;
    await box.dispatch('node.invite', { hash: hashes.token, label: 'attic' });
    await box.dispatch('node.invite', { hash: hashes.other, label: 'attic' });
    for (const [invite, key] of [
      [hashes.token, hashes.key],
      [hashes.other, hashes.other],
    ] as const)
      void door.join({ invite, key, ...machine });
    await box.settle();
    expect((await listed(box)).nodes.map(({ label }) => label)).toEqual(['attic', 'attic 2']);
    await box.dispatch('node.rename', { node: 'n-2', label: 'cellar' });
    expect(door.nodeOf(hashes.other)).toEqual({ id: 'n-2', label: 'cellar', isRevoked: false });
    expect(all.shared.admitted).toEqual(new Set(['n-1', 'n-2']));
    await box.dispatch('node.revoke', { node: 'n-2' });
    expect(door.nodeOf(hashes.other)?.isRevoked).toBe(true);
    expect(all.shared.admitted).toEqual(new Set(['n-1']));
    expect((await listed(box)).nodes).toHaveLength(1);
    await refusedWith('NODE_UNKNOWN', box.dispatch('node.revoke', { node: 'n-9' }));
  });

  it('is heard by its heartbeats, by this clock, and not by what a document remembers', async () => {
    const all = await open();
    const { box, shared } = all;
    await join(all);
    const link = async () => (await listed(box)).nodes[0]?.link;
    expect(await link()).toMatchObject({ isConnected: false, seenMs: 0 });
    shared.link('n-1', true);
    const startMs = box.clock.now();
    shared.hear('n-1', { ...self, beat: 1, atMs: startMs + 10 * minuteMs });
    expect(await link()).toMatchObject({
      isConnected: true,
      seenMs: startMs,
      skewMs: 10 * minuteMs,
    });
    expect(
      box.logged.filter(({ message }) => message === 'the clock of a node differs'),
    ).toHaveLength(1);
    await box.advance(5_000);
    shared.link('n-1', false);
    expect(await link()).toMatchObject({ isConnected: false, seenMs: startMs });
    shared.hear('n-1', { ...self, beat: 2, atMs: box.clock.now() });
    expect(await link()).toMatchObject({ seenMs: box.clock.now(), skewMs: 0, self: { beat: 2 } });
  });
});

describe('the board', () => {
  it('is opened for nobody, and has one change for one change of the log', async () => {
    const all = await open();
    const { box, shared } = all;
    await box.dispatch('story.add', { title: 'one' });
    expect(shared.changes).toBe(0);
    await join(all);
    expect([...shared.written.keys()]).toEqual(['s-1']);
    const before = shared.changes;
    await box.dispatch('story.add', { title: 'two' });
    await box.dispatch('story.edit', { story: 's-1', title: 'other' });
    expect(shared.changes).toBe(before + 2);
    expect([...shared.written.values()].map(({ title }) => title)).toEqual(['other', 'two']);
    await box.dispatch('node.rename', { node: 'n-1', label: 'attic' });
    expect(shared.changes).toBe(before + 2);
    await box.dispatch('story.move', { story: 's-1', to: 'abandoned' });
    expect([...shared.written.keys()]).toEqual(['s-2']);
  });

  it('is right again after a crash, also where the document had been told more or less', async () => {
    const clock = new TestClock();
    const store = memoryStore(() => clock.now());
    const first = await open({ store, clock });
    await first.box.dispatch('story.add', { title: 'one' });
    await join(first);
    first.box.crash();
    const { features, shared } = world();
    shared.written.set('s-7', { id: 's-7' } as never);
    const box = await openBox({ features, store });
    await box.settle();
    expect([...shared.written.keys()]).toEqual(['s-1']);
    expect(shared.admitted).toEqual(new Set(['n-1']));
  });
});
