import { expect, it } from 'vitest';
import type { Table } from '../../../preload/contract/table.ts';
import type { TargetRecord } from '../../../preload/contract/targets.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';

async function open(store = memoryStore()) {
  const played = world();
  const { outside } = played;
  outside.targets.set('main', 'm1');
  const box = await openBox({ features: played.features, store });
  const told = () => box.hub.state().targets as Table<TargetRecord>;
  return {
    ...{ box, outside },
    main: () => told().get('main'),
    known: () => [...told().keys()],
    async moveTo(commit: string) {
      outside.targets.set('main', commit);
      outside.tellTarget('main');
      await box.settle();
    },
    items: async () =>
      ((await box.ask('inbox.list')) as { items: { id: string; title: string }[] }).items,
  };
}

it('what agents began from is watched; that it moved without the hub is told once, until it is said to be right', async () => {
  const { box, main, moveTo, items, known } = await open();
  expect(known()).toEqual([]);
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  expect(main()).toEqual({ target: 'main', commit: 'm1' });
  await moveTo('m2');
  await moveTo('m2');
  expect(main()).toMatchObject({ commit: 'm1', alarm: { from: 'm1', to: 'm2', added: 1 } });
  expect(await items()).toMatchObject([
    { id: 'target/main', title: 'main moved without Musher: 1 commit added' },
  ]);
  // It went on: still one alarm, from where the hub knew it.
  await moveTo('m3');
  expect(main()).toMatchObject({ commit: 'm1', alarm: { from: 'm1', to: 'm3' } });
  await box.dispatch('target.accept', { target: 'main' });
  expect(main()).toEqual({ target: 'main', commit: 'm3' });
  expect(await items()).toEqual([]);
});

it('one that went back by itself needs nobody', async () => {
  const { box, main, moveTo, items } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  await moveTo('m2');
  await moveTo('m1');
  expect(main()).toEqual({ target: 'main', commit: 'm1' });
  expect(await items()).toEqual([]);
});

it('it is moved back from exactly where it was seen; what cannot be is said, and can be asked for again', async () => {
  const { box, main, moveTo, outside, items } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  await moveTo('m2');
  outside.before = (deed) => {
    if (deed.startsWith('restore')) throw new Error('disk full');
  };
  await box.dispatch('target.restore', { target: 'main' });
  await box.settle();
  expect(main()).toMatchObject({ alarm: { to: 'm2' }, failure: { code: 'INTERNAL' } });
  expect(main()).not.toHaveProperty('isRestoring');
  outside.before = () => undefined;
  await box.dispatch('target.restore', { target: 'main' });
  await box.settle();
  expect(outside.done).toContain('restore main m2 m1');
  const keptRef = 'refs/musher/targets/main/m2';
  expect(main()).toMatchObject({ target: 'main', commit: 'm1', left: { keptRef } });
  expect(main()).not.toHaveProperty('alarm');
  expect(await items()).toEqual([
    expect.objectContaining({ title: expect.stringMatching(keptRef) }),
  ]);
  // Said until it is elsewhere again.
  await moveTo('m3');
  expect(main()).not.toHaveProperty('left');
});

it('a merge of the hub’s own is no alarm, also where its ref moves before its report', async () => {
  const { box, main, outside, items, moveTo } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  const asked = await box.dispatch('approval.request', { commit: hex('c') }, { actor: 'agent:a' });
  const { approval } = asked.result as { approval: string };
  outside.before = async (deed) => {
    if (!deed.startsWith('merge')) return;
    outside.targets.set('main', hex('e'));
    outside.tellTarget('main');
  };
  await box.dispatch('approval.approve', { approval, commit: hex('c') });
  await box.settle();
  await box.advance(1_000);
  expect(main()).toEqual({ target: 'main', commit: hex('e'), before: 'm1' });
  expect(await items()).toEqual([]);
  // It had the work already, and stayed where it was.
  await moveTo('m1');
  expect(main()).toEqual({ target: 'main', commit: 'm1' });
  expect(await items()).toEqual([]);
});

it('what moved while no hub ran is told by the next', async () => {
  const store = memoryStore();
  const first = await open(store);
  await first.box.dispatch('agent.add', { name: 'a' });
  await first.box.settle();
  first.box.crash();
  const played = world();
  played.outside.targets.set('main', 'm9');
  const box = await openBox({ features: played.features, store });
  await box.settle();
  const { alarm } = (box.hub.state().targets as Table<TargetRecord>).get('main') ?? {};
  expect(alarm).toMatchObject({ from: 'm1', to: 'm9' });
});

it('there is nothing to say to a target that is unknown, or where it belongs', async () => {
  const { box } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  await box.settle();
  await expect(box.dispatch('target.accept', { target: 'x' })).rejects.toMatchObject({
    wire: { code: 'TARGET_UNWATCHED', message: expect.stringContaining('It knows: main.') },
  });
  await expect(box.dispatch('target.restore', { target: 'main' })).rejects.toMatchObject({
    wire: { code: 'TARGET_UNMOVED' },
  });
});
