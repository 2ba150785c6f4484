// Two nodes and their rendezvous, as processes on networks of their own where that can be made: it is killed, they see each other, and go on.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ClusterMachines,
  clusterMachines,
  type NodeMachine,
} from '../harness/cluster-machines.ts';
import { waitFor } from '../harness/wait.ts';

let cluster: ClusterMachines;
beforeAll(async () => {
  cluster = await clusterMachines({ isMeshed: true, workMs: 2_000 });
  await cluster.rendezvous().operator.command('pipeline.start', {});
  for (let n = 0; n < 2; n += 1) await cluster.join();
}, 120_000);
afterAll(() => cluster.dispose());

interface Standing {
  readonly rendezvous: {
    readonly state: string;
    readonly stories: number;
    readonly peers?: Record<string, { readonly state: string }>;
  };
  readonly claims: ReadonlyArray<{ readonly id: string; readonly state: string }>;
}

interface Told {
  readonly self?: { readonly peers?: object; readonly peersAt?: string };
  readonly work?: Readonly<Record<string, { readonly stage?: string }>>;
}

const nodes = () =>
  cluster.rendezvous().operator.query<{ nodes: Array<{ link?: Told }> }>('node.list');

const standing = async (node: NodeMachine) => (await node.musher('nodes')) as Standing;

describe('two nodes that see each other', () => {
  it('do the stories that were offered while their rendezvous is away, each once, and bring them back', async () => {
    for (const node of cluster.nodes) await node.musher('pipeline', 'pause');
    const titles = [1, 2, 3].map((n) => `Story ${n} of the test`);
    for (const title of titles) await cluster.rendezvous().operator.command('story.add', { title });
    for (const node of cluster.nodes)
      await waitFor(`${node.name} to see the other, and the stories`, async () => {
        const { rendezvous } = await standing(node);
        const isLinked = Object.values(rendezvous.peers ?? {}).some(
          ({ state }) => state === 'linked',
        );
        return (isLinked && rendezvous.stories === 3) || JSON.stringify(rendezvous);
      });
    await cluster.rendezvous().kill('SIGKILL');
    for (const node of cluster.nodes) await node.musher('pipeline', 'start');
    const ready = async () => {
      const all = await Promise.all(cluster.nodes.map(standing));
      const claims = all.flatMap((one) => one.claims);
      const isReady = claims.filter(({ state }) => state === 'verified').length === 3;
      return isReady || JSON.stringify(all);
    };
    await waitFor('all of them to be ready', ready, { timeoutMs: 90_000 });
    await cluster.serve();
    await waitFor(
      'all of them to be done',
      async () => {
        const open = (await cluster.stories()).filter(({ place }) => place.stage !== 'done');
        return open.length === 0 || JSON.stringify(open.map(({ id, place }) => [id, place.stage]));
      },
      { timeoutMs: 90_000 },
    );
    const events = await cluster.events();
    const brought = events.filter(({ type }) => type === 'claim.taken' || type === 'claim.late');
    expect(brought.map(({ type, data }) => `${type} ${data.story}`).toSorted()).toEqual([
      'claim.taken s-1',
      'claim.taken s-2',
      'claim.taken s-3',
    ]);
  }, 240_000);

  it('are shown with their link at the rendezvous', async () => {
    await waitFor('both to tell', async () => {
      const told = (await nodes()).nodes.map(({ link }) => link?.self?.peers);
      return told.every((peers) => peers !== undefined) || JSON.stringify(told);
    });
    const [first, second] = (await nodes()).nodes;
    expect(first?.link?.self).toMatchObject({
      peers: { 'n-2': 'linked' },
      peersAt: expect.stringMatching(/^ws:\/\/127\.0\.0\.1:\d+$/),
    });
    expect(second?.link?.self?.peers).toEqual({ 'n-1': 'linked' });
  });
});

describe('a node that is asked to leave', () => {
  it('brings what it works on, and ends then', async () => {
    const [first, other] = cluster.nodes;
    if (first === undefined) throw new Error('there is no node');
    await other?.musher('pipeline', 'pause');
    await cluster.rendezvous().operator.command('story.add', { title: 'Story 4 of the test' });
    await waitFor('its agent to work', async () => {
      const work = (await nodes()).nodes.map(({ link }) => link?.work?.['s-4']?.stage);
      return work.includes('coding') || JSON.stringify(work);
    });
    await first.end('SIGTERM');
    expect(first.said()).toMatch(
      /Taking nothing new; 1 story is brought or given back first \(s-4\)/,
    );
    expect(first.said()).not.toContain('The time is over');
    const taken = (await cluster.events()).filter(({ type }) => type === 'claim.taken');
    expect(taken.map(({ data }) => data.story)).toContain('s-4');
  }, 120_000);
});
