import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openBox } from '../../../../test/harness/hub.ts';
import { world } from '../../../../test/harness/hub-ports.ts';

const shown = new URL('../../../../test/fixtures/screens/gemini-shell.txt', import.meta.url);
const prompt = readFileSync(shown, 'utf8');

async function open() {
  const { features, outside } = world();
  const box = await openBox({ features });
  await box.dispatch('agent.add', { name: 'a', profile: 'gemini' });
  const told = (type: string) => box.store.page({ after: 0, limit: 100, type }).length;
  const show = async (screen: string, seconds: number) => {
    outside.screen = screen;
    outside.outputs.set('a.1', box.clock.now());
    for (let at = 0; at < seconds; at += 1) await box.advance(1_000);
  };
  return { box, outside, told, show };
}

it('a prompt is told once, when it stayed for two looks, and its end in the same way', async () => {
  const { told, show } = await open();
  await show(prompt, 1);
  await show('working', 1);
  await show(prompt, 1);
  expect(told('permission.asked')).toBe(0);
  await show(prompt, 30);
  expect(told('permission.asked')).toBe(1);
  await show('half drawn', 1);
  await show(prompt, 3);
  expect([told('permission.closed'), told('permission.asked')]).toEqual([0, 1]);
  await show('done', 5);
  expect(told('permission.closed')).toBe(1);
});

it('a screen at rest is not read again', async () => {
  const { box, outside, show } = await open();
  // Whoever looks each 30 seconds has looked, too.
  await show(prompt, 31);
  expect(outside.done).toContain('read a.1');
  outside.done.length = 0;
  for (let at = 0; at < 40; at += 1) await box.advance(1_000);
  expect(outside.done.filter((deed) => deed.startsWith('read'))).toEqual([]);
});
