// Nodes that see each other while their rendezvous is away: real hubs, a remote and links in memory.

import { beforeEach, describe, expect, it } from 'vitest';
import { ClusterBox, type Machine } from '../../../../test/harness/cluster-box.ts';
import { hex } from '../../../../test/harness/hub-ports.ts';

let all: ClusterBox;
let attic: Machine;
let cellar: Machine;
/** All of them are offered, and nobody has any. */
let stories: string[];

beforeEach(async () => {
  all = await ClusterBox.open();
  [attic, cellar] = [await all.join(), await all.join()];
  all.meet(attic, cellar);
  for (const node of [attic, cellar]) await node.box.dispatch('pipeline.pause');
  stories = [await all.add('One'), await all.add('Two'), await all.add('Three')];
  await all.settle();
  for (const node of [attic, cellar]) {
    all.cut(node);
    await node.box.dispatch('pipeline.start');
  }
  await all.settle();
});

const begun = (node: Machine) =>
  stories.filter((story) => node.adopted(story)?.place.stage === 'coding');

async function worked(node: Machine, story: string, commit: string): Promise<void> {
  node.finish(node.adopted(story), commit);
  await all.settle();
  node.gatesEnd(0);
  await all.settle();
}

describe('without the rendezvous', () => {
  it('each story is begun by one, and all are merged once it is there again', async () => {
    await all.pass(60_000);
    const both = [...begun(attic), ...begun(cellar)];
    expect(both.toSorted()).toEqual(stories);
    const [node, story] = begun(attic).length > 0 ? [attic, begun(attic)[0]] : [cellar, ''];
    await worked(node, story ?? '', hex('e'));
    expect(node.replica?.claims[story ?? '']?.state).toBe('verified');
    for (const one of [attic, cellar]) all.heal(one);
    await all.settle();
    expect(all.home.story(story ?? '').place).toEqual({ stage: 'qa', commit: hex('e') });
    for (const other of both.filter((one) => one !== story)) {
      const holder = begun(attic).includes(other) ? 'n-1' : 'n-2';
      expect(all.home.story(other)).toMatchObject({
        place: { stage: 'coding' },
        node: { id: holder },
      });
    }
  });

  it('none is begun before both could have heard of each other', async () => {
    expect([...begun(attic), ...begun(cellar)]).toEqual([]);
    expect(attic.replica?.claims).not.toEqual({});
  });

  it('nothing new is begun while a peer still hears the rendezvous', async () => {
    await cellar.box.dispatch('pipeline.pause');
    all.heal(cellar);
    await all.settle();
    await all.pass(5 * 60_000);
    expect(begun(attic)).toEqual([]);
  });

  it('nothing new is begun by who sees nobody', async () => {
    all.meet(attic, cellar, false);
    await all.pass(5 * 60_000);
    expect([...begun(attic), ...begun(cellar)]).toEqual([]);
  });

  it('nothing new is begun once the time of a claim has gone by', async () => {
    all.meet(attic, cellar, false);
    await all.pass(31 * 60_000);
    all.meet(attic, cellar);
    await all.pass(5 * 60_000);
    expect([...begun(attic), ...begun(cellar)]).toEqual([]);
  });

  it('what the rendezvous gave to an agent of its own meanwhile is dropped, and its agent stops', async () => {
    await all.pass(60_000);
    const story = begun(attic)[0] ?? begun(cellar)[0] ?? '';
    const node = begun(attic).includes(story) ? attic : cellar;
    await all.home.box.dispatch('agent.add', { name: 'me' });
    await all.home.box.dispatch('story.assign', { story, agent: 'me' });
    await all.home.box.settle();
    all.heal(node);
    await all.settle();
    expect(node.adopted(story)?.place.stage).toBe('abandoned');
    expect(all.home.story(story).node).toBeUndefined();
  });

  it('what two began who did not see each other is one’s, and the other drops it', async () => {
    all.meet(attic, cellar, false);
    const third = await all.join();
    const fourth = await all.join();
    for (const node of [third, fourth]) all.cut(node);
    await all.settle();
    all.meet(attic, third);
    all.meet(cellar, fourth);
    await all.pass(30_000);
    await all.pass(60_000);
    const twice = begun(attic).filter((story) => begun(cellar).includes(story));
    expect(twice).not.toEqual([]);
    for (const node of [attic, cellar]) all.heal(node);
    await all.settle();
    for (const story of twice) {
      const [has, had] =
        all.home.story(story).node?.id === 'n-1' ? [attic, cellar] : [cellar, attic];
      expect(has.adopted(story)?.place.stage).toBe('coding');
      expect(had.adopted(story)?.place.stage).toBe('abandoned');
      expect(had.agents().map(({ state }) => state)).toContain('destroyed');
    }
  });
});
