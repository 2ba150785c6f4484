// The shared document over real sockets: nodes that come, go and are cut off, and whoever sends what a node may not.

import * as encoding from 'lib0/encoding';
import { partSchema } from '../../main/adapters/cluster/parts.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  type ClusterWorld,
  clusterWorld,
  keyHeaders,
  sharedStory,
  type Stranger,
} from '../harness/cluster-world.ts';
import { waitFor } from '../harness/wait.ts';

let world: ClusterWorld;
beforeEach(async () => {
  world = await clusterWorld();
});
afterEach(() => world.end());

const self = {
  ...{ version: '1.0.0', host: 'attic', platform: 'linux-x64', cpus: 4, load: 0.25 },
  ...{ agents: 0, atMs: 1, isDraining: false },
};
const put = (...ids: string[]) =>
  world.shared().board.write({ put: ids.map((id) => sharedStory(id)), remove: [] });

function titles(replica: { stories(): ReadonlyMap<string, { title: string }> }): string[] {
  return [...replica.stories().values()].map(({ title }) => title).sort();
}

function linkOf(replica: { link(): object }): string {
  return JSON.stringify(replica.link());
}

function refusals(): string[] {
  return world.logged
    .filter(({ message }) => message === 'what a node sent was refused')
    .map(({ fields }) => (fields as { reason: string }).reason);
}

describe('a node', () => {
  it('has the board, and is heard, over links that break and a rendezvous that begins again', async () => {
    put('s-1', 's-2');
    const attic = await world.node('n-1');
    await waitFor('the board', () => titles(attic).length === 2 || titles(attic).join());
    attic.say(self);
    await waitFor('its part', () => world.shared().selfOf('n-1')?.beat === 1 || 'nothing');
    expect(world.shared().isConnected('n-1')).toBe(true);

    await world.stop();
    await waitFor('it to notice', () => attic.link().state === 'offline' || linkOf(attic));
    attic.say({ ...self, load: 0.5 });
    await world.start();
    world.shared().admit('n-1');
    world.shared().board.write({ put: [sharedStory('s-3')], remove: ['s-1'] });
    await waitFor(
      'what came meanwhile',
      () => titles(attic).join() === 'Story s-2,Story s-3' || titles(attic).join(),
    );
    await waitFor(
      'what it said meanwhile',
      () => world.shared().selfOf('n-1')?.load === 0.5 || 'no',
    );
    await waitFor('its link', () => attic.link().state === 'connected' || linkOf(attic));
  });

  it('claims, and reads who has the story, what there is to know of it, and what became of it', async () => {
    const attic = await world.node('n-1');
    await waitFor('its link', () => attic.link().state === 'connected' || linkOf(attic));
    const { board } = world.shared();
    const none = { verdicts: new Map(), peers: new Map() };
    const offer = { key: 1, title: 'Story s-1', type: 'story', priority: 'normal' } as const;
    board.tell({ offers: new Map([['s-1', offer]]), work: new Map(), ...none });
    await waitFor('the offer', () => attic.told().offers.has('s-1'));
    attic.claim({ 's-1': { claim: 1, state: 'working' } });
    await waitFor('the claim', () => world.shared().claimsOf('n-1')['s-1'] ?? 'none');
    const work = { body: 'So.', criteria: ['a'] };
    const verdict = { claim: 1, outcome: 'taken' } as const;
    board.write({ put: [sharedStory('s-1', { node: { id: 'n-1', claim: 1 } })], remove: [] });
    const peer = { label: 'cellar', key: 'k'.repeat(43), url: 'wss://cellar:9130' };
    const told = {
      offers: new Map(),
      work: new Map([['s-1', work]]),
      verdicts: new Map([['n-1/s-1', verdict]]),
      peers: new Map([['n-2', peer]]),
    };
    board.tell(told);
    await waitFor('the answer', () => attic.told().verdicts.has('n-1/s-1'));
    expect(attic.story('s-1')?.node).toEqual({ id: 'n-1', claim: 1 });
    expect(attic.told()).toEqual(told);
    attic.claim({});
    await waitFor('its end', () => world.shared().claimsOf('n-1')['s-1'] === undefined || 'there');
  });

  it('has after all of it the same bytes as another', async () => {
    const [attic, cellar] = [await world.node('n-1'), await world.node('n-2')];
    for (let at = 0; at < 50; at++) put(`s-${at % 7}`, `s-${at}`);
    world.shared().board.write({ put: [], remove: ['s-3', 's-4'] });
    const bytes = (one: { encoded(): Uint8Array }) =>
      Buffer.from(settled(one.encoded())).toString('hex');
    await waitFor(
      'both to be the same',
      () => attic.storyCount() === 48 && bytes(attic) === bytes(cellar),
    );
  });

  it('starts without its rendezvous, with the board that it had', async () => {
    put('s-1');
    const attic = await world.node('n-1');
    await waitFor('the board', () => attic.storyCount() === 1);
    await attic.close();
    await world.stop();
    const again = await world.node('n-1');
    expect(titles(again)).toEqual(['Story s-1']);
  });

  it('begins its board anew when the rendezvous had told what a crash took', async () => {
    put('s-1');
    const attic = await world.node('n-1');
    await waitFor('the board', () => attic.storyCount() === 1);
    await world.stop();
    // What it has, the rendezvous has no longer.
    const { rm } = await import('node:fs/promises');
    await rm(`${world.folder}/shared.sqlite`);
    await world.start();
    put('s-9');
    await waitFor(
      'the other board',
      () => titles(attic).join() === 'Story s-9' || titles(attic).join(),
    );
    await waitFor('its link', () => attic.link().state === 'connected' || linkOf(attic));
    // And what changes from then on: the copy before said farewell by the link of the one that came in its place.
    attic.say({ ...self, load: 0.25 });
    await waitFor('its word', () => world.shared().selfOf('n-1')?.load === 0.25 || 'not yet');
    put('s-10');
    await waitFor('the change', () => titles(attic).includes('Story s-10') || titles(attic).join());
  });

  it('comes again to a rendezvous whose project is not open yet', async () => {
    world.isOpen = false;
    const attic = await world.node('n-1');
    await waitFor(
      'the way to be closed',
      () => attic.link().error?.code === 'SHUTTING_DOWN' || linkOf(attic),
    );
    world.isOpen = true;
    await waitFor('its link', () => attic.link().state === 'connected' || linkOf(attic));
  });

  it('that is locked out, or whose key another uses, hears why and comes no more', async () => {
    const attic = await world.node('n-1');
    await waitFor('its link', () => attic.link().state === 'connected' || linkOf(attic));
    const copy = await world.node('n-1');
    await waitFor(
      'the end of the first',
      () => attic.link().error?.code === 'NODE_REPLACED' || linkOf(attic),
    );
    world.revoked.add('n-1');
    world.shared().lockOut('n-1');
    await waitFor(
      'the end of both',
      () => copy.link().error?.code === 'NODE_REVOKED' || linkOf(copy),
    );
    const late = await world.node('n-1');
    await waitFor('no way back', () => late.link().state === 'refused' || linkOf(late));
    expect(late.link().error?.code).toBe('NODE_REVOKED');
  });
});

it('a heartbeat that builds on what a crash took from the rendezvous is no fault of its node', async () => {
  await world.node('n-1').then((one) => one.close());
  const doc = new Y.Doc();
  const sent: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => void sent.push(update));
  part(doc, { ...self, beat: 1 });
  part(doc, { ...self, beat: 2 });
  const key = keyHeaders(world.keys.get('n-1') ?? '');
  const { socket } = await world.socket(key);
  socket.send(
    frameOf('node/n-1', (into) => {
      encoding.writeVarUint(into, 2);
      encoding.writeVarUint(into, 0);
      encoding.writeVarString(into, 'n-1');
    }),
  );
  // The newest first: what it builds on comes after it.
  socket.send(syncFrame('node/n-1', sent.at(-1) as Uint8Array));
  socket.send(syncFrame('node/n-1', Y.encodeStateAsUpdate(doc)));
  await waitFor('its part', () => world.shared().selfOf('n-1')?.beat === 2 || refusals().join());
  expect(refusals()).toEqual([]);
});

it('a process that lost its link and comes again is not taken for another', async () => {
  await world.node('n-1').then((one) => one.close());
  const headers = (life: string) => ({
    ...keyHeaders(world.keys.get('n-1') ?? ''),
    'x-musher-life': life,
  });
  const first = await world.socket(headers('a'));
  await waitFor('its link', () => world.shared().isConnected('n-1'));
  const again = await world.socket(headers('a'));
  // Without a word: what it hears on a link that it has given up would be taken for its end.
  expect(await first.closed).toBe(1006);
  await world.socket(headers('b'));
  expect(await again.closed).toBe(4409);
});

describe('who may not', () => {
  it('is refused before anything is read of it', async () => {
    await world.node('n-1');
    const key = world.keys.get('n-1') ?? '';
    const refused = async (headers: Record<string, string>) =>
      (await world.socket(headers)).refused?.code;
    expect(await refused({})).toBe('SYNC_PROTOCOL');
    expect(await refused(keyHeaders('mn1.nobody'))).toBe('NODE_TOKEN_INVALID');
    expect(await refused({ ...keyHeaders(key), 'x-musher-sync': '1' })).toBe('SYNC_PROTOCOL');
    expect(await refused({ ...keyHeaders(key), origin: 'http://evil.example' })).toBe(
      'ORIGIN_REFUSED',
    );
  });

  it('writes what is not its own, or what cannot be read, and loses its link; others go on', async () => {
    put('s-1');
    const cellar = await world.node('n-2');
    await waitFor('the board', () => cellar.storyCount() === 1);
    world.keys.set('n-1', 'mn1.key');
    const tries: Array<[frame: Uint8Array | string, reason: RegExp]> = [
      [
        updateOf('board', (doc) => doc.getMap('stories').set('s-1', 'mine')),
        /"board".*not its part/,
      ],
      [
        updateOf('node/n-2', (doc) => doc.getMap('part').set('self', {})),
        /"node\/n-2".*not its part/,
      ],
      [updateOf('node/n-1', (doc) => doc.getMap('part').set('role', 'operator')), /"schema"/],
      [updateOf('node/n-1', (doc) => doc.getMap('other').set('a', 1)), /"other"/],
      [updateOf('node/n-1', (doc) => part(doc, { ...self, beat: 1, agents: -1 })), /agents/],
      [updateOf('node/n-1', (doc) => part(doc, { ...self, beat: 1, more: 1 })), /self/],
      [claims({ 's-1': { claim: 1, state: 'done' } }), /claims\.s-1\.state/],
      [claims({ board: { claim: 1, state: 'working' } }), /claims/],
      [claims({ 's-1': { claim: 1, state: 'verified', commit: '--all' } }), /claims\.s-1\.commit/],
      [claims(Object.fromEntries(manyClaims)), /at most 100 claims/],
      [frameOf('node/n-1', (into) => encoding.writeVarUint(into, 6)), /kind 6/],
      [syncFrame('node/n-1', Buffer.from([200, 200, 200])), /cannot be read/],
      [new Uint8Array([255, 255, 255, 255, 255, 255, 255, 255, 255, 255]), /cannot be read/],
      ['text', /cannot be read/],
    ];
    for (const [frame, reason] of tries) {
      const stranger = await world.socket(keyHeaders('mn1.key'));
      stranger.socket.send(frame);
      expect(await stranger.closed, String(reason)).toBe(4400);
      expect(refusals().at(-1)).toMatch(reason);
    }
    expect(refusals()).toHaveLength(tries.length);
    await sendsTooMuch(await world.socket(keyHeaders('mn1.key')));
    expect(world.shared().selfOf('n-1')).toBeUndefined();
    put('s-2');
    await waitFor(
      'what others are told',
      () => titles(cellar).join() === 'Story s-1,Story s-2' || titles(cellar).join(),
    );
    cellar.say(self);
    await waitFor('what others say', () => world.shared().selfOf('n-2') ?? 'nothing');
  });
});

async function sendsTooMuch({ socket, closed }: Stranger): Promise<void> {
  socket.send(Buffer.alloc(100 * 1024 * 1024));
  // Cut off in the middle of it: how that looks at this end is the network's.
  expect([1006, 1009]).toContain(await closed);
}

function part(doc: Y.Doc, said: object): void {
  doc.getMap('part').set('schema', partSchema);
  doc.getMap('part').set('self', said);
}

const manyClaims = Array.from({ length: 101 }, (_, at) => [
  `s-${at}`,
  { claim: 1, state: 'working' },
]);

function claims(said: object): Uint8Array {
  return updateOf('node/n-1', (doc) => {
    doc.getMap('part').set('schema', partSchema);
    doc.getMap('part').set('claims', said);
  });
}

function updateOf(name: string, write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  write(doc);
  return syncFrame(name, Y.encodeStateAsUpdate(doc));
}

function syncFrame(name: string, update: Uint8Array): Uint8Array {
  return frameOf(name, (into) => {
    encoding.writeVarUint(into, 0);
    encoding.writeVarUint(into, 2);
    encoding.writeVarUint8Array(into, update);
  });
}

function frameOf(name: string, write: (into: encoding.Encoder) => void): Uint8Array {
  const into = encoding.createEncoder();
  encoding.writeVarString(into, name);
  write(into);
  return encoding.toUint8Array(into);
}

/** As whoever loads it has it: how updates came does not show any more. */
function settled(update: Uint8Array): Uint8Array {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return Y.encodeStateAsUpdate(doc);
}
