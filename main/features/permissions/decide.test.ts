import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, exited } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { InboxState } from '../inbox/slice.ts';
import { openPerAgent } from './decide.ts';
import type { PermissionsState } from './slice.ts';

const [a, b] = ['agent:a', 'agent:b'] as const;
const team = (...past: Past[]) => given(world(), added('a'), added('b'), ...past);
const use = { tool: 'Bash', input: '{"command":"npm test"}' };
const subject = 'npm test';
const plain = { ...use, agent: 'a', subject, risk: 'medium', reasons: ['runs a program'] };

const asked = (permission: string, over: object = {}): Past => ({
  type: 'permission.asked',
  actor: a,
  data: { ...plain, permission, ...over },
});
const short = { agent: 'a', tool: 'Bash', subject };
const ruled: Past = {
  type: 'permission.allowed',
  data: { ...short, permission: 'perm-0', byRule: false, rule: 'rule-0' },
};

interface Slices {
  readonly permissions: PermissionsState;
  readonly inbox: InboxState;
}

describe('permission.ask', () => {
  it('waits for the operator, with its risk', async () => {
    const { result } = await team()
      .when('permission.ask', use, { actor: a })
      .decides([['permission.asked', { ...plain, permission: 'perm-1' }]]);
    expect(result).toMatchObject({ id: 'perm-1', state: 'open', subject });
  });

  it('is answered by a rule at once, for that agent, tool and subject alone', async () => {
    const { result } = await team(asked('perm-0'), ruled)
      .when('permission.ask', use, { actor: a })
      .decides([['permission.allowed', { ...short, permission: 'perm-1', byRule: true }]]);
    expect(result).toMatchObject({ state: 'allowed', byRule: true });
    const open = (permission: string, over: object): readonly [string, unknown] => [
      'permission.asked',
      { ...plain, permission, ...over },
    ];
    await team(asked('perm-0'), ruled)
      .when('permission.ask', use, { actor: b })
      .leadsTo([open('perm-1', { agent: 'b' })]);
    const other = { tool: 'Bash', input: '{"command":"npm test && true"}' };
    await team(asked('perm-0'), ruled)
      .when('permission.ask', other, { actor: a })
      .leadsTo([open('perm-1', { ...other, subject: 'npm test && true' })]);
  });

  it('by a rule for a command gives nothing that takes its guards away, and no other words of another tool', async () => {
    const unguarded = {
      tool: 'Bash',
      input: '{"command":"npm test","dangerouslyDisableSandbox":true}',
    };
    const { result } = await team(asked('perm-0'), ruled)
      .when('permission.ask', unguarded, { actor: a })
      .decides([
        [
          'permission.asked',
          {
            ...plain,
            ...unguarded,
            permission: 'perm-1',
            risk: 'high',
            reasons: ['leaves its sandbox'],
          },
        ],
      ]);
    expect(result).toMatchObject({ state: 'open' });
    const query = (sql: string) => ({
      tool: 'mcp__db',
      input: JSON.stringify({ command: 'query', sql }),
    });
    const other = { permission: 'perm-0', agent: 'a', tool: 'mcp__db', byRule: false };
    const one: Past = {
      type: 'permission.allowed',
      data: { ...other, subject: query('select 1').input, rule: 'rule-0' },
    };
    const { result: next } = await team(one)
      .when('permission.ask', query('drop table users'), { actor: a })
      .decides([
        [
          'permission.asked',
          {
            ...{ ...query('drop table users'), permission: 'perm-1', agent: 'a', risk: 'medium' },
            ...{ subject: query('drop table users').input },
            reasons: ['a tool that Musher does not know'],
          },
        ],
      ]);
    expect(next).toMatchObject({ state: 'open' });
  });

  it('asks no more than a loop would', () =>
    team(...Array.from({ length: openPerAgent }, (_, at) => asked(`perm-${at}`)))
      .when('permission.ask', use, { actor: a })
      .refused('PERMISSION_LIMIT'));
});

describe('permission.allow', () => {
  it('once makes no rule', () =>
    team(asked('perm-1'))
      .when('permission.allow', { permission: 'perm-1' })
      .leadsTo([['permission.allowed', { ...short, permission: 'perm-1', byRule: false }]]));

  it('always makes one, and allows the same that is asked beside it', () =>
    team(asked('perm-1'), asked('perm-2'), asked('perm-3', { subject: 'other' }))
      .when('permission.allow', { permission: 'perm-1', always: true })
      .leadsTo([
        ['permission.allowed', { ...short, permission: 'perm-1', byRule: false, rule: 'rule-1' }],
        ['permission.allowed', { ...short, permission: 'perm-2', byRule: false }],
      ]));

  it('always is not for what is of high risk', () =>
    team(asked('perm-1', { risk: 'high' }))
      .when('permission.allow', { permission: 'perm-1', always: true })
      .refused('PERMISSION_TOO_RISKY'));

  it('is refused once it was decided', () =>
    team(asked('perm-1'), {
      type: 'permission.closed',
      data: { permission: 'perm-1', agent: 'a', how: 'elsewhere' },
    })
      .when('permission.allow', { permission: 'perm-1' })
      .refused('PERMISSION_SETTLED'));
});

it('what was used was allowed elsewhere; what nobody asked about changes nothing', async () => {
  const closed = { permission: 'perm-1', agent: 'a', how: 'elsewhere' };
  await team(asked('perm-1'), asked('perm-2'))
    .when('permission.ran', use, { actor: a })
    .leadsTo([['permission.closed', closed]]);
  await team(asked('perm-1')).when('permission.ran', use, { actor: b }).leadsTo([]);
});

it('a rule is taken back, and goes with its agent', async () => {
  await team(asked('perm-0'), ruled)
    .when('permission.revoke', { rule: 'rule-0' })
    .leadsTo([['permission.revoked', { rule: 'rule-0', agent: 'a' }]]);
  await team(asked('perm-0'), ruled)
    .when('permission.revoke', { rule: 'x' })
    .refused('RULE_UNKNOWN');
  const rules = (...past: Past[]) => {
    const { permissions } = team(asked('perm-0'), ruled, ...past).state as unknown as Slices;
    return permissions.rules.keys();
  };
  expect([...rules()]).toEqual(['rule-0']);
  expect([...rules({ type: 'agent.purged', data: { agent: 'a' } })]).toEqual([]);
});

const hooked = (agent: string, event: string): Past => ({
  type: 'agent.hooked',
  data: { agent, event },
});

it.each([
  ['its turn is over', hooked('a', 'idle'), []],
  ['the turn of another is over', hooked('b', 'idle'), ['permission/perm-1']],
  ['it works on', hooked('a', 'busy'), ['permission/perm-1']],
  ['its program ended', exited('a'), []],
] as const)('when %s, what it asked waits no more, or still', (_why, past, waiting) => {
  const { inbox, permissions } = team(asked('perm-1'), past).state as unknown as Slices;
  const isOf = (id: string) => id.startsWith('permission/');
  expect([...inbox.open.keys()].filter(isOf)).toEqual(waiting);
  expect(permissions.byId.get('perm-1')?.state).toBe(waiting.length === 0 ? 'lapsed' : 'open');
});
