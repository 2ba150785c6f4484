import { expect, it } from 'vitest';
import { openBox, refusedWith } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';

it('typing needs a running agent; what its last screen said stays to be read', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  await box.dispatch('agent.type', { agent: 'a', text: 'ls' });
  expect(played.outside.done.at(-1)).toBe('paste a.1 ls');
  expect(await box.ask('agent.screen', { agent: 'a' })).toMatchObject({ text: 'screen' });
  await box.dispatch('agent.stop', { agent: 'a' });
  await refusedWith('TERMINAL_GONE', box.dispatch('agent.type', { agent: 'a', text: 'ls' }));
  expect(await box.ask('agent.screen', { agent: 'a' })).toMatchObject({ text: 'screen' });
  await refusedWith('AGENT_UNKNOWN', box.dispatch('agent.type', { agent: 'b', text: 'ls' }));
});

it('the hub winds down by stopping what runs, and nothing else', async () => {
  const played = world();
  const box = await openBox({ features: played.features });
  for (const name of ['a', 'b']) await box.dispatch('agent.add', { name });
  await box.dispatch('agent.stop', { agent: 'b' });
  const before = played.outside.done.length;
  const wound = box.hub.windDown(5_000);
  await box.settle();
  expect([await wound, played.outside.done.slice(before)]).toEqual([true, ['end a.1']]);
  const { agents } = (await box.ask('agent.list')) as { agents: Array<{ state: string }> };
  expect(agents.map(({ state }) => state)).toEqual(['stopped', 'stopped']);
});
