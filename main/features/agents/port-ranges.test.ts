import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { configSchema } from '../../../preload/contract/config.ts';
import { selectAgents } from './slice.ts';

async function open() {
  const { outside, features } = world();
  outside.configs = [configSchema.parse({ worktrees: { ports: { from: 4_000, count: 10 } } })];
  const box = await openBox({ features });
  const agent = (id: string) => selectAgents(box.hub.state()).byId.get(id);
  const envOf = (id: string) => {
    const { MUSHER_PORT, MUSHER_PORT_COUNT } = outside.opened.get(id)?.env ?? {};
    return [MUSHER_PORT, MUSHER_PORT_COUNT];
  };
  return { box, outside, agent, envOf };
}

it('each agent is started with ports that nobody else has or listens on, and keeps them', async () => {
  const { box, outside, agent, envOf } = await open();
  outside.takenPorts.add(4_010);
  await Promise.all(['a', 'b', 'c'].map((name) => box.dispatch('agent.add', { name })));
  await box.settle();
  expect(['a', 'b', 'c'].map((id) => agent(id)?.ports?.from).sort()).toEqual([4_000, 4_020, 4_030]);
  const before = agent('b')?.ports;
  expect(envOf('b.1')).toEqual([String(before?.from), '10']);
  outside.takenPorts.add(before?.from ?? 0);
  await box.dispatch('agent.restart', { agent: 'b' });
  expect([agent('b')?.ports, envOf('b.2')]).toEqual([before, [String(before?.from), '10']]);
});

it('destroyed, they are another’s; revived, it has others', async () => {
  const { box, agent } = await open();
  await box.dispatch('agent.add', { name: 'a' });
  await box.dispatch('agent.destroy', { agent: 'a' });
  expect(agent('a')?.ports).toBeUndefined();
  await box.dispatch('agent.add', { name: 'b' });
  await box.dispatch('agent.revive', { agent: 'a' });
  expect([agent('b')?.ports?.from, agent('a')?.ports?.from]).toEqual([4_000, 4_010]);
});

it('where none are free, the start says so, and the next one tries again', async () => {
  const { box, outside, agent } = await open();
  for (let first = 4_000; first <= 65_535; first += 10) outside.takenPorts.add(first);
  await box.dispatch('agent.add', { name: 'a' });
  expect(agent('a')).toMatchObject({ state: 'stopped', failure: { code: 'PORTS_TAKEN' } });
  outside.takenPorts.clear();
  await box.dispatch('agent.start', { agent: 'a' });
  expect(agent('a')).toMatchObject({ state: 'running', ports: { from: 4_000, count: 10 } });
});

it('without ports in the config nobody has any', async () => {
  const { box, outside, agent, envOf } = await open();
  outside.configs = [];
  await box.dispatch('agent.add', { name: 'a' });
  expect([agent('a')?.ports, envOf('a.1')]).toEqual([undefined, [undefined, undefined]]);
});
