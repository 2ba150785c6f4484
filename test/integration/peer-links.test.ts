// Nodes that link with each other, over real sockets: who is let in, what they hear, and that nobody else gets a word in.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { newPeerPair, type PeerPair } from '../../main/adapters/cluster/peers/peer-key.ts';
import { type OpenPeers, openPeers } from '../../main/adapters/cluster/peers/peer-links.ts';
import type { Peer } from '../../preload/contract/peer-facts.ts';
import { systemClock } from '../../main/base/clock.ts';
import { type Logged, memoryLogger } from '../harness/memory-logger.ts';
import { waitFor } from '../harness/wait.ts';

const project = 'p-1';
const claims = { 's-1': { claim: 1, state: 'working' } } as const;
let pairs: Map<string, PeerPair>;
let open: Map<string, OpenPeers>;
let logged: Logged[];

beforeEach(() => {
  pairs = new Map(['n-1', 'n-2', 'n-3', 'n-4', 'n-5'].map((node) => [node, newPeerPair()]));
  open = new Map();
  logged = [];
});
afterEach(async () => {
  await Promise.all([...open.values()].map((peers) => peers.close()));
});

/** `isOpen`: it lets others in. */
async function start(node: string, isOpen = true): Promise<OpenPeers> {
  const pair = pairs.get(node) ?? newPeerPair();
  const peers = await openPeers({
    self: { node, project, pair },
    ...(isOpen && { at: { host: '127.0.0.1', port: 0 } }),
    ...{ clock: systemClock, log: memoryLogger(logged) },
  });
  open.set(node, peers);
  return peers;
}

/** As the board has it of those that run. */
function board(): Map<string, Peer> {
  return new Map(
    [...pairs].map(([id, { key }]) => {
      const url = open.get(id)?.url;
      return [id, { label: id, key, ...(url !== undefined && { url }) }];
    }),
  );
}

function meet(most = 3): void {
  const peers = board();
  for (const one of open.values()) one.follow(peers, most);
}

const told = (reason: string) => JSON.stringify(logged).includes(reason);

const linkedOf = (peers: OpenPeers) =>
  Object.entries(peers.links())
    .filter(([, state]) => state === 'linked')
    .map(([id]) => id)
    .toSorted();

describe('peers', () => {
  it('are linked once, whoever asks, and hear what each claims', async () => {
    const [first, second] = [await start('n-1'), await start('n-2')];
    first.tell({ hears: true, claims });
    meet();
    await waitFor('both links', () => linkedOf(first).length + linkedOf(second).length === 2);
    await waitFor('what is claimed', () => second.heard().get('n-1') ?? 'nothing');
    expect(second.heard().get('n-1')).toEqual({ hears: true, claims });
    second.tell({ hears: false, claims: {} });
    await waitFor('the answer', () => first.heard().get('n-2')?.hears === false);
    first.tell({ hears: false, claims });
    await waitFor('the change', () => second.heard().get('n-1')?.hears === false);
  });

  it('that let nobody in link with one that does', async () => {
    const [first, second] = [await start('n-1', false), await start('n-2')];
    meet();
    await waitFor('the link', () => linkedOf(second).includes('n-1'));
    expect(first.url).toBeUndefined();
  });

  it('are at most three for each, and all of five are one net', async () => {
    const all = [];
    for (const node of pairs.keys()) all.push(await start(node));
    meet();
    await waitFor('a net', () => {
      const linked = new Map([...open].map(([id, peers]) => [id, linkedOf(peers)]));
      const reached = new Set(['n-1']);
      for (let round = 0; round < 5; round += 1)
        for (const id of reached) for (const peer of linked.get(id) ?? []) reached.add(peer);
      return reached.size === 5 || [...reached].join();
    });
    for (const peers of all) expect(linkedOf(peers).length).toBeLessThanOrEqual(3);
  });

  it('find each other again after one was away, and where it moved to', async () => {
    const first = await start('n-1');
    const second = await start('n-2');
    meet();
    await waitFor('the link', () => linkedOf(first).length === 1);
    await second.close();
    await waitFor('its end', () => linkedOf(first).length === 0);
    expect(first.heard().size).toBe(0);
    await start('n-2');
    meet();
    await waitFor('the link again', () => linkedOf(first).length === 1, { timeoutMs: 20_000 });
  });

  it('end their link when one is locked out, or none are wanted', async () => {
    const [first, second] = [await start('n-1'), await start('n-2')];
    meet();
    await waitFor('the link', () => linkedOf(first).length + linkedOf(second).length === 2);
    const others = board();
    others.delete('n-2');
    first.follow(others, 3);
    await waitFor('its end', () => linkedOf(first).length === 0);
    first.follow(board(), 0);
    second.follow(board(), 3);
    await waitFor('a refusal', () => second.links()['n-1'] === 'away');
    expect(linkedOf(first)).toEqual([]);
  });
});

describe('nobody else gets in', () => {
  it('with another key, or for another project, and others are not touched', async () => {
    const [first, second] = [await start('n-1'), await start('n-2')];
    meet();
    await waitFor('the link', () => linkedOf(first).length + linkedOf(second).length === 2);
    const known = board();
    for (const [node, of, pair] of [
      ['n-3', project, newPeerPair()],
      ['n-4', 'p-2', pairs.get('n-4') ?? newPeerPair()],
    ] as const) {
      const peers = await openPeers({
        ...{ self: { node, project: of, pair }, clock: systemClock, log: memoryLogger([]) },
      });
      open.set(node, peers);
      peers.follow(known, 3);
      await waitFor(`the refusal of ${node}`, () => told(`that it is ${node}`));
      expect(linkedOf(peers)).toEqual([]);
    }
    expect([linkedOf(first), linkedOf(second)]).toEqual([['n-2'], ['n-1']]);
  });

  it('as one that answers in the place of another', async () => {
    const first = await start('n-1', false);
    const impostor = await openPeers({
      self: { node: 'n-2', project, pair: newPeerPair() },
      ...{ at: { host: '127.0.0.1', port: 0 }, clock: systemClock, log: memoryLogger([]) },
    });
    open.set('n-2', impostor);
    impostor.follow(board(), 3);
    first.follow(board(), 3);
    await waitFor('the refusal', () => told('could not prove'));
    expect(linkedOf(first)).toEqual([]);
  });

  it.each([
    ['no JSON', 'hello'],
    ['a list', '[]'],
    ['a text of a megabyte', `"${'x'.repeat(1024 * 1024)}"`],
    ['bytes', Buffer.from([1, 2, 3])],
    ['a proof of nothing', '{"node":"n-2","nonce":"aaaaaaaaaaaaaaaaaaaaaaaa","proof":"AAAA"}'],
  ])('with %s', async (_what, said) => {
    const first = await start('n-1');
    first.follow(board(), 3);
    const socket = new WebSocket(`${first.url}/peer`);
    const ended = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.once('message', () => socket.send(said));
    socket.on('error', () => undefined);
    expect(await ended).toBeGreaterThanOrEqual(1001);
    expect(first.heard().size).toBe(0);
  });

  it('by a flood of texts, before anything is proved', async () => {
    const { url } = await start('n-1');
    const socket = new WebSocket(`${url}/peer`);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.once('open', () => {
      for (let n = 0; n < 100; n += 1) socket.send('{}');
    });
    // Cut off, and not asked to close: it would go on sending.
    expect(await ended).toBe(1006);
  });

  it('and who says an address that is none holds nobody up', async () => {
    const [first, second] = [await start('n-1'), await start('n-2', false)];
    const peers = board();
    peers.set('n-3', { label: 'n-3', key: pairs.get('n-3')?.key ?? '', url: 'wss://a:b:c' });
    for (const one of [first, second]) one.follow(peers, 3);
    await waitFor('the link', () => linkedOf(first).includes('n-2'));
    expect(first.links()['n-3']).toBe('away');
  });

  it('as a page, nor by any other way than that of links', async () => {
    const { url = '' } = await start('n-1');
    const socket = new WebSocket(`${url}/peer`, { origin: 'https://example.com' });
    const failed = new Promise<string>((resolve) =>
      socket.once('error', ({ message }) => resolve(message)),
    );
    expect(await failed).toContain('401');
    expect((await fetch(`${url.replace('ws', 'http')}/v1/events`)).status).toBe(404);
  });
});

describe('where peers are let in', () => {
  it.each([
    [{ host: '0.0.0.0', port: 0 }, 'every address'],
    [{ host: '192.0.2.1', port: 0 }, 'goes by TLS'],
    [{ host: '127.0.0.1', port: 0, certFile: '/none.pem', keyFile: '/none.pem' }, 'none.pem'],
  ])('is refused as %o', async (at, reason) => {
    const pair = newPeerPair();
    const asked = openPeers({
      ...{ self: { node: 'n-1', project, pair }, at },
      ...{ clock: systemClock, log: memoryLogger([]) },
    });
    await expect(asked).rejects.toThrow(reason);
  });
});
