import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { musherError } from '../../base/result.ts';

/** A hub with an agent whose CLI reads what is typed, one whose CLI does not, and what was pasted where. */
async function open() {
  const played = world();
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a', profile: 'claude' });
  await box.dispatch('agent.add', { name: 'b', profile: 'script', command: ['x'] });
  const pasted = () => played.outside.done.filter((deed) => deed.startsWith('paste '));
  const send = (to: string) => box.dispatch('message.send', { to, body: 'hello' });
  return { box, played, pasted, send };
}

it('an agent is told once, three seconds after something came that it has not read', async () => {
  const { box, pasted, send } = await open();
  await send('a');
  await box.advance(2_999);
  await send('*');
  expect(pasted()).toEqual([]);
  await box.advance(1);
  expect(pasted()).toEqual([expect.stringMatching(/^paste a\.1 You have new messages/)]);
});

it('who has read it meanwhile is left alone, and so is a CLI that would run the words', async () => {
  const { box, pasted, send } = await open();
  await send('*');
  await box.ask('inbox.read', {}, 'agent:a');
  await box.advance(3_000);
  expect(pasted()).toEqual([]);
});

it('one that is started for it is told once it is at its prompt', async () => {
  const { box, pasted, send } = await open();
  await box.dispatch('agent.stop', { agent: 'a' });
  await box.settle();
  await send('a');
  await box.advance(1_000);
  await box.dispatch('agent.start', { agent: 'a' });
  await box.settle();
  await box.advance(15_000);
  expect(pasted()).toEqual([]);
  for (let at = 0; at < 3; at++) await box.advance(5_000);
  expect(pasted()).toHaveLength(1);
});

it('a paused agent is told when it goes on, of what came meanwhile', async () => {
  const { box, pasted, send } = await open();
  await box.dispatch('agent.pause', { agent: 'a' });
  await send('a');
  await box.advance(60_000);
  expect(pasted()).toEqual([]);
  await box.dispatch('agent.resume', { agent: 'a' });
  await box.advance(3_000);
  expect(pasted()).toHaveLength(1);
});

it('what others are about to change wakes nobody, and does not hide what comes with it', async () => {
  const { box, pasted, send } = await open();
  const intent = { summary: 'the form', files: ['src/form.ts'] };
  await box.dispatch('intent.declare', intent, { actor: 'agent:b' });
  await box.advance(3_000);
  expect(pasted()).toEqual([]);
  await box.dispatch('intent.declare', intent, { actor: 'agent:b' });
  await send('a');
  await box.advance(3_000);
  expect(pasted()).toHaveLength(1);
});

it('a terminal that is gone costs one line of the log', async () => {
  const { box, played, send } = await open();
  await send('a');
  played.outside.before = () => {
    throw new Error('gone');
  };
  await box.advance(3_000);
  expect(box.logged.at(-1)).toMatchObject({ level: 'warn', fields: { agent: 'a', error: 'gone' } });
});

it('one that asks something at its screen is told later, and no more once it has read', async () => {
  const { box, played, pasted, send } = await open();
  let isAsking = true;
  let tries = 0;
  played.outside.before = (deed) => {
    if (!deed.startsWith('paste ')) return;
    tries += 1;
    if (isAsking) throw musherError('TERMINAL_UNSHOWN', { agent: 'a' });
  };
  await send('a');
  await box.advance(3_000);
  expect(tries).toBe(1);
  await box.advance(30_000);
  expect(tries).toBe(2);
  isAsking = false;
  await box.advance(60_000);
  expect([tries, pasted().length]).toEqual([3, 1]);
  await box.advance(3_600_000);
  expect(tries).toBe(3);
});

it('one that asks for ever is left alone after twenty times', async () => {
  const { box, played, send } = await open();
  let tries = 0;
  played.outside.before = (deed) => {
    if (!deed.startsWith('paste ')) return;
    tries += 1;
    throw musherError('TERMINAL_UNSHOWN', { agent: 'a' });
  };
  await send('a');
  await box.advance(3_000);
  for (let round = 0; round < 40; round += 1) await box.advance(10 * 60_000);
  expect(tries).toBe(21);
});
