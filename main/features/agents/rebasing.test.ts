import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import { configSchema } from '../../../preload/contract/config.ts';
import type { Rebased } from './ports.ts';
import { selectAgents } from './slice.ts';

async function open(rebase: 'off' | 'clean' = 'clean') {
  const { outside, features } = world();
  outside.configs = [configSchema.parse({ worktrees: { rebase } })];
  const box = await openBox({ features });
  await box.dispatch('agent.add', { name: 'a', start: false });
  outside.done.length = 0;
  const start = async (rebased: Rebased) => {
    outside.rebased = rebased;
    await box.dispatch('agent.start', { agent: 'a' });
    return selectAgents(box.hub.state()).byId.get('a');
  };
  const inbox = async () => {
    const { items } = (await box.ask('inbox.read', {}, 'agent:a')) as { items: object[] };
    return items;
  };
  return { box, outside, start, inbox };
}

const moved = { how: 'rebased', from: hex('1'), to: hex('2'), snapshotRef: 's' } as const;

it('before its program starts it is rebased, and both it and the operator are told', async () => {
  const { start, outside, inbox } = await open();
  expect(await start(moved)).toMatchObject({
    ...{ state: 'running', rebase: { how: 'rebased', onto: 'main', to: hex('2') } },
  });
  expect(outside.done.slice(0, 3)).toEqual(['provision a', 'rebase a main', 'issue a']);
  expect(await inbox()).toMatchObject([{ text: expect.stringContaining('have new ids') }]);
});

it('where it conflicts, or the rebase itself fails, it is started as it is, and why is said', async () => {
  const { start, outside, box, inbox } = await open();
  const conflict = {
    how: 'left',
    from: hex('1'),
    why: 'commits conflict',
    paths: ['a.ts'],
  } as const;
  expect(await start(conflict)).toMatchObject({ state: 'running', rebase: conflict });
  expect(await inbox()).toMatchObject([{ text: expect.stringContaining('conflict: a.ts') }]);
  outside.before = (deed) => {
    if (deed.startsWith('rebase')) throw new Error('no disk');
  };
  await box.dispatch('agent.stop', { agent: 'a' });
  expect(await start(moved)).toMatchObject({ state: 'running', rebase: { why: 'no disk' } });
});

it('nothing is said where nothing was to be done, nor done where the config has it off', async () => {
  const { start, inbox } = await open();
  expect((await start({ how: 'none' }))?.rebase).toBeUndefined();
  expect(await inbox()).toEqual([]);
  const off = await open('off');
  expect((await off.start(moved))?.rebase).toBeUndefined();
});

it('whose commit waits for a review keeps that commit', async () => {
  const { start, box, outside } = await open('clean');
  await start({ how: 'none' });
  await box.dispatch('approval.request', { commit: hex('a') }, { actor: 'agent:a' });
  await box.dispatch('agent.stop', { agent: 'a' });
  outside.done.length = 0;
  await start(moved);
  expect(outside.done.some((deed) => deed.startsWith('rebase'))).toBe(false);
});
