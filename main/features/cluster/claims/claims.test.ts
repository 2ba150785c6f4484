// Stories that nodes work on: real hubs, a remote and links in memory.

import { beforeEach, describe, expect, it } from 'vitest';
import { ClusterBox, type Machine } from '../../../../test/harness/cluster-box.ts';
import { hex } from '../../../../test/harness/hub-ports.ts';
import type { ClaimRecord } from '../../../../preload/contract/claim-facts.ts';
import type { StoryRecord } from '../../../../preload/contract/story-facts.ts';
import { planHelp } from './help-plan.ts';

let all: ClusterBox;
let attic: Machine;
beforeEach(async () => {
  all = await ClusterBox.open();
  attic = await all.join();
});

/** To where the node has it and its agent works. */
async function given(title = 'Log in', more: object = {}): Promise<string> {
  const story = await all.add(title, more);
  await all.settle();
  expect(attic.adopted(story)?.place.stage).toBe('coding');
  return story;
}

/** Its work passes the gates of the node. */
async function worked(node: Machine, story: string, commit = hex('d')): Promise<void> {
  node.finish(node.adopted(story), commit);
  await all.settle();
  node.gatesEnd(0);
  await all.settle();
}

describe('a story that a node works on', () => {
  it('is claimed, written there as it is here, checked there, brought, checked here and merged', async () => {
    const story = await given('Log in', { body: 'By passkey.', criteria: ['a test'] });
    expect(all.home.story(story)).toMatchObject({
      ...{ place: { stage: 'coding' }, node: { id: 'n-1', claim: 1 } },
    });
    expect(all.home.story(story).agent).toBeUndefined();
    const local = attic.adopted(story);
    expect(local).toMatchObject({ title: 'Log in', criteria: [{ text: 'a test' }] });
    expect(local?.source?.home).toEqual({ at: '9'.repeat(40) });
    await worked(attic, story);
    expect(all.home.played.carrier.remote).toEqual(new Map([[`n-1/${story}.1`, hex('d')]]));
    expect(attic.adopted(story)?.place).toEqual({ stage: 'done', commit: hex('d') });
    expect(all.home.story(story)).toMatchObject({
      ...{ place: { stage: 'qa', commit: hex('d') }, agent: `n-1-${story}` },
    });
    all.home.gatesEnd(0);
    await all.settle();
    expect(all.stage(story)).toBe('done');
    expect(attic.replica?.claims).toEqual({});
    expect(all.home.played.shared.told.verdicts.size).toBe(0);
  });

  it('is listed with who has it, how that stands, and what it says of it', async () => {
    const story = await given();
    const list = async () => (await all.home.box.ask('story.list')) as { stories: object[] };
    const nodes = async () => (await all.home.box.ask('node.list')) as { nodes: object[] };
    await attic.box.dispatch('pipeline.pause');
    await all.settle();
    const there = { state: 'working', stage: 'coding', agent: expect.any(String) };
    expect((await nodes()).nodes).toMatchObject([
      {
        stories: [{ story, title: 'Log in', claim: 1, there }],
        link: { self: { takesNothing: expect.stringContaining('paused') } },
      },
    ]);
    expect((await list()).stories).toMatchObject([
      { nodeNow: { label: 'n-1', standing: 'connected' } },
    ]);
    expect(await attic.box.ask('node.list')).toMatchObject({
      claims: [{ id: story, state: 'begun', local: attic.adopted(story)?.id }],
    });
    all.cut(attic);
    await all.pass(60_000);
    expect((await list()).stories).toMatchObject([
      { nodeNow: { standing: 'lost', keepsMs: 30 * 60_000 } },
    ]);
    expect(await all.home.box.ask('story.get', { story })).toMatchObject({
      nodeNow: { standing: 'lost' },
    });
  });

  it('is claimed by one of two, and the other gets the next', async () => {
    const cellar = await all.join();
    const stories = [await all.add('One'), await all.add('Two'), await all.add('Three')];
    await all.settle();
    const holders = stories.map((story) => all.home.story(story).node?.id);
    expect(holders.toSorted()).toEqual(['n-1', 'n-1', 'n-2'].toSorted());
    for (const [at, story] of stories.entries()) {
      expect(attic.adopted(story) !== undefined).toBe(holders[at] === 'n-1');
      expect(cellar.adopted(story) !== undefined).toBe(holders[at] === 'n-2');
    }
  });

  it('goes on while its node is cut off, which claims nothing new then, and is brought when it comes back', async () => {
    const story = await given();
    all.cut(attic);
    const other = await all.add('Later');
    await worked(attic, story);
    expect(all.stage(story)).toBe('coding');
    expect(attic.adopted(other)).toBeUndefined();
    all.heal(attic);
    await all.settle();
    expect(all.stage(story)).toBe('qa');
    expect(attic.adopted(other)?.place.stage).toBe('coding');
  });

  it('goes to another when its node was not heard for half an hour, and the first drops it', async () => {
    const story = await given();
    all.cut(attic);
    const cellar = await all.join();
    await all.settle();
    await all.pass(29 * 60_000);
    expect(all.home.story(story).node?.id).toBe('n-1');
    await all.pass(2 * 60_000);
    expect(all.home.story(story).node?.id).toBe('n-2');
    all.heal(attic);
    await all.settle();
    expect(attic.adopted(story)?.place).toMatchObject({ stage: 'abandoned' });
    expect(attic.agents().map(({ state }) => state)).not.toContain('running');
    await worked(cellar, story);
    expect(all.home.story(story).place).toEqual({ stage: 'qa', commit: hex('d') });
  });

  it('goes to another also where the link of the silent one still stands open', async () => {
    const story = await given();
    all.heal(attic, { up: false, down: true });
    await all.pass(31 * 60_000);
    expect(all.home.story(story)).toMatchObject({ place: { stage: 'backlog' } });
    await all.join();
    await all.settle();
    expect(all.home.story(story).node?.id).toBe('n-2');
  });

  it('is the first’s after all where that had done it meanwhile, and the second drops it', async () => {
    const story = await given();
    all.cut(attic);
    const cellar = await all.join();
    await worked(attic, story, hex('f'));
    await all.pass(31 * 60_000);
    expect(all.home.story(story).node?.id).toBe('n-2');
    all.heal(attic);
    await all.settle();
    expect(all.home.story(story).place).toEqual({ stage: 'qa', commit: hex('f') });
    expect(cellar.adopted(story)?.place).toMatchObject({ stage: 'abandoned' });
    expect(brought('claim.taken')).toHaveLength(1);
  });

  it('is done once: what comes when it has gone on is kept, and told', async () => {
    const story = await given();
    all.cut(attic);
    const cellar = await all.join();
    await all.pass(31 * 60_000);
    await worked(cellar, story, hex('e'));
    await worked(attic, story, hex('f'));
    all.home.gatesEnd(0);
    all.heal(attic);
    await all.settle();
    expect(all.stage(story)).toBe('done');
    // It was lost before it was brought.
    expect(attic.replica?.claims).toEqual({});
    expect(brought('claim.taken')).toHaveLength(1);
    expect(brought('claim.late')).toMatchObject([
      { story, node: 'n-1', commit: hex('f'), ref: `refs/musher/claims/n-1/${story}.1` },
    ]);
  });

  it('that cannot go on there is blocked here with the reason, and begins anew once it is unblocked', async () => {
    const story = await given();
    const local = attic.adopted(story)?.id;
    await attic.box.dispatch('story.block', { story: local, reason: 'no key for the shop' });
    await all.settle();
    expect(all.home.story(story).place).toMatchObject({
      ...{ stage: 'blocked', reason: 'n-1: no key for the shop' },
    });
    expect(attic.replica?.claims).toEqual({});
    await all.home.box.dispatch('pipeline.pause');
    await all.home.box.dispatch('story.unblock', { story });
    await all.settle();
    expect(all.home.story(story)).toMatchObject({ place: { stage: 'backlog' } });
    await all.home.box.dispatch('pipeline.start');
    await all.settle();
    expect(all.home.story(story).node).toEqual({ id: 'n-1', claim: 2 });
  });

  it.each([
    ['takes it for an agent of its own', 'story.assign', { agent: 'me' }],
    ['gives it up', 'story.abandon', {}],
  ])('is dropped there when the operator %s', async (_what, type, more) => {
    const story = await given();
    await all.home.box.dispatch('agent.add', { name: 'me' });
    await all.home.box.dispatch(type, { story, ...more });
    await all.settle();
    expect(all.home.story(story).node).toBeUndefined();
    expect(attic.adopted(story)?.place.stage).toBe('abandoned');
  });

  it('goes to another when its node is locked out', async () => {
    const story = await given();
    all.cut(attic);
    await all.home.box.dispatch('node.revoke', { node: 'n-1' });
    await all.settle();
    expect(all.home.story(story)).toMatchObject({ place: { stage: 'backlog' } });
    await all.join();
    await all.settle();
    expect(all.home.story(story).node?.id).toBe('n-2');
  });

  it('waits for a remote that is away, on both ends', async () => {
    const story = await given();
    attic.played.carrier.isReachable = false;
    await worked(attic, story);
    expect(attic.replica?.claims[story]?.state).toBe('working');
    attic.played.carrier.isReachable = true;
    all.home.played.carrier.isReachable = false;
    await all.pass(60_000);
    expect(attic.replica?.claims[story]?.state).toBe('verified');
    expect(all.stage(story)).toBe('coding');
    all.home.played.carrier.isReachable = true;
    await all.pass(60_000);
    expect(all.stage(story)).toBe('qa');
  });

  it('is found again by hubs that were killed, wherever it was', async () => {
    const story = await given();
    await all.home.crash();
    await attic.crash();
    await worked(attic, story);
    await attic.crash();
    await all.home.crash();
    await all.settle();
    expect(all.stage(story)).toBe('qa');
    // A gate whose end nobody saw is run again.
    for (let round = 0; round < 3; round += 1) {
      await all.pass(30_000);
      all.home.gatesEnd(0);
      await all.settle();
    }
    expect(all.stage(story)).toBe('done');
    expect(brought('claim.taken')).toHaveLength(1);
  });
});

describe('a node whose machine is to leave', () => {
  it('finishes what it works on, takes nothing new, and says so', async () => {
    const [first, second] = [await given('One'), await given('Two')];
    const third = await all.add('Three');
    await all.settle();
    attic.leaving.abort();
    await all.settle();
    expect(all.home.played.shared.selfOf('n-1')).toMatchObject({
      ...{ isDraining: true, takesNothing: 'it is being stopped' },
    });
    for (const [story, commit] of [
      [first, hex('d')],
      [second, hex('e')],
    ] as const)
      await worked(attic, story, commit);
    expect([all.stage(first), all.stage(second), all.stage(third)]).toEqual([
      ...['qa', 'qa', 'backlog'],
    ]);
    expect(attic.replica?.claims).toEqual({});
  });

  it('gives back what has not begun there', async () => {
    await attic.box.dispatch('pipeline.pause');
    const story = await all.add('Log in');
    await all.settle();
    // It was asked for before: the answer comes when nothing begins any more.
    const data = { story, title: 'Log in', node: 'n-1' };
    const asked = attic.box.hub.system({ type: 'claim.ask', data });
    await all.settle();
    await asked;
    expect(all.home.story(story).node?.id).toBe('n-1');
    expect(attic.adopted(story)?.place.stage).toBe('backlog');
    attic.leaving.abort();
    await all.settle();
    expect(all.home.story(story)).toMatchObject({ place: { stage: 'backlog' } });
    expect(all.home.story(story).node).toBeUndefined();
    expect(attic.adopted(story)?.place.stage).toBe('abandoned');
  });

  it('is lent nothing by who hears of that before its claim is taken back', async () => {
    const { shared } = all.home.played;
    await all.settle();
    all.cut(attic);
    const story = await all.add('Log in');
    const self = shared.selfOf('n-1');
    if (self === undefined) throw new Error('it said nothing of itself');
    const claims = { [story]: { claim: 7, state: 'working' } } as const;
    for (const isDraining of [true, false]) {
      shared.link('n-1', true);
      shared.hear('n-1', { ...self, beat: self.beat + 1, isDraining });
      shared.claim('n-1', claims);
      await all.home.box.settle();
      const holder = isDraining ? undefined : { id: 'n-1', claim: 7 };
      expect(all.home.story(story).node).toEqual(holder);
    }
  });

  it('is lent nothing, also where it asked before it was told to leave', async () => {
    all.heal(attic, { up: false, down: true });
    const story = await all.add('Log in');
    await all.settle();
    expect(attic.replica?.claims[story]?.state).toBe('working');
    attic.leaving.abort();
    all.heal(attic);
    await all.settle();
    expect(all.home.story(story)).toMatchObject({ place: { stage: 'backlog' } });
    expect(attic.replica?.claims).toEqual({});
  });
});

describe('nothing is offered', () => {
  it('while the pipeline is paused, of spikes, of what waits, and of what nobody there can run', async () => {
    await all.home.box.dispatch('pipeline.pause');
    const first = await all.add('First');
    await all.settle();
    expect(all.home.played.shared.told.offers.size).toBe(0);
    await all.home.box.dispatch('pipeline.start');
    const none = [
      await all.add('Look', { type: 'spike' }),
      await all.add('Second', { dependsOn: [first] }),
      await all.add('Other', { profile: 'unheard-of' }),
    ];
    await all.settle();
    expect(none.map((story) => all.stage(story))).toEqual(['backlog', 'backlog', 'backlog']);
    expect(all.stage(first)).toBe('coding');
  });
});

it('a node begins by what it is told as who has the story, and not by what the offer said', () => {
  const claim = { id: 's-1', claim: 2, title: 'Log in', node: 'n-1', state: 'asked', sinceMs: 0 };
  const work = { body: '', criteria: [] };
  const none = { offers: new Map(), verdicts: new Map(), peers: new Map() };
  const stepsWith = (node?: { id: string; claim: number }) =>
    planHelp({
      ...{ node: 'n-1', isConnected: true, isTogether: false, isLeaving: false, nowMs: 0, room: 0 },
      ...{ peers: new Map(), claims: [claim as ClaimRecord], local: () => undefined },
      told: { ...none, work: new Map([['s-1', { ...work, ...(node && { node }) }]]) },
      story: () => ({ node: { id: 'n-1', claim: 2 } }) as StoryRecord,
      canRun: () => true,
    }).map((step) => step.do);
  expect(stepsWith()).toEqual([]);
  expect(stepsWith({ id: 'n-1', claim: 1 })).toEqual([]);
  expect(stepsWith({ id: 'n-1', claim: 2 })).toEqual(['begin']);
});

function brought(type: string): object[] {
  return all.home.store.page({ after: 0, limit: 10_000, type }).map(({ data }) => data as object);
}
