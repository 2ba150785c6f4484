import { expect, it } from 'vitest';
import { given, type Past } from '../../../../test/harness/given.ts';
import { life } from '../../../../test/harness/given-events.ts';
import { world } from '../../../../test/harness/hub-ports.ts';

const team = (...past: Past[]) => given(world(), ...(life.running?.('a') ?? []), ...past);
const input = JSON.stringify({ command: 'npm test', title: '? Shell  npm test' });
const screen = { terminalId: 'a.1', text: 'npm test?', cols: 80, isWhole: true, isExact: true };
const seen = { agent: 'a', tool: 'shell', input, screen, isAgain: false };
const event = {
  ...{ agent: 'a', tool: 'shell', input, screen, subject: 'npm test' },
  ...{ risk: 'medium', reasons: ['runs a program'] },
};
const asked = (permission: string, over: object = {}): Past => ({
  type: 'permission.asked',
  actor: 'system',
  data: { ...event, permission, ...over },
});
const rule: Past = {
  type: 'permission.allowed',
  data: {
    ...{ agent: 'a', tool: 'shell', subject: 'npm test' },
    ...{ permission: 'perm-0', byRule: false, rule: 'rule-0' },
  },
};
const system = { actor: 'system' } as const;

it('what a screen asks is asked with what stands there; what it asked before is over', async () => {
  await team(asked('perm-0'))
    .when('permission.see', seen, system)
    .decides([
      ['permission.closed', { permission: 'perm-0', agent: 'a', how: 'elsewhere' }],
      ['permission.asked', { ...event, permission: 'perm-1' }],
    ]);
});

it('what is not whole is of high risk, whatever can be read of it', async () => {
  const cut = { ...screen, isWhole: false, isExact: false };
  await team()
    .when('permission.see', { ...seen, screen: cut }, system)
    .decides([
      [
        'permission.asked',
        {
          ...{ ...event, permission: 'perm-1', screen: cut, risk: 'high' },
          reasons: ['not all of it is on its screen', 'runs a program'],
        },
      ],
    ]);
});

it('a rule answers it, but not what was wrapped, nor what is still there after its keys', async () => {
  const allowed = { permission: 'perm-1', agent: 'a', tool: 'shell', subject: 'npm test' };
  const past = [asked('perm-0'), rule];
  await team(...past)
    .when('permission.see', seen, system)
    .decides([['permission.allowed', { ...allowed, byRule: true }]], ['permission.press agent/a']);
  const again = { ...event, permission: 'perm-1' };
  await team(...past)
    .when('permission.see', { ...seen, isAgain: true }, system)
    .decides([['permission.asked', again]]);
  const wrapped = { ...screen, isExact: false };
  await team(...past)
    .when('permission.see', { ...seen, screen: wrapped }, system)
    .decides([['permission.asked', { ...again, screen: wrapped }]]);
});

it('of a terminal that is not its own any more nothing is asked', async () => {
  const old = { ...seen, screen: { ...screen, terminalId: 'a.0' } };
  const { result } = await team().when('permission.see', old, system).decides([]);
  expect(result).toEqual({});
});
