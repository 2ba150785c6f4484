import { describe, expect, it } from 'vitest';
import { toWireError } from '../../../preload/contract/errors.ts';
import { agentStateSchema } from '../../../preload/contract/agents.ts';
import { given } from '../../../test/harness/given.ts';
import {
  added,
  exited,
  launched,
  life,
  moved,
  provisioned,
} from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { agentLimit } from './require.ts';
import { selectAgents } from './slice.ts';

const states = agentStateSchema.options;
const in_ = (state: string) => given(world(), ...(life[state]?.('a') ?? []));
const lane = 'agent/a';
const error = toWireError('GIT_FAILED', { subcommand: 'worktree', reason: 'no' });

describe('agent.add', () => {
  it('makes an agent and has its worktree made', () =>
    given(world())
      .when('agent.add', { name: 'a', prompt: 'go' })
      .leadsTo(
        [
          [
            'agent.added',
            {
              ...{ agent: 'a', profile: 'shell', prompt: 'go', start: true },
              ...{ branch: 'agent/a', baseRef: 'main' },
            },
          ],
        ],
        [`agent.provision ${lane}`],
      ));

  it('takes the branch, base and command that are named', async () => {
    const data = {
      name: 'a',
      profile: 'script',
      command: ['node', 'x.mjs'],
      branch: 'b',
      base: 'v1',
    };
    const { events } = await given(world())
      .when('agent.add', { ...data, start: false })
      .decides([
        [
          'agent.added',
          {
            ...{ agent: 'a', profile: 'script', command: ['node', 'x.mjs'] },
            ...{ branch: 'b', baseRef: 'v1', start: false },
          },
        ],
      ]);
    expect(events).toHaveLength(1);
  });

  it.each([
    [{ name: 'a b' }, 'AGENT_NAME_INVALID'],
    [{ name: 'b' }, 'AGENT_EXISTS'],
    [{ name: 'a', profile: 'none' }, 'PROFILE_UNKNOWN'],
    [{ name: 'a', profile: 'script' }, 'PROFILE_NEEDS_COMMAND'],
    [{ name: 'a', profile: 'script', command: ['missing'] }, 'CLI_MISSING'],
    [{ name: 'a', profile: 'script', command: ['/no/missing'] }, 'PROGRAM_UNUSABLE'],
    [{ name: 'a', branch: '--force' }, 'BODY_INVALID'],
  ] as const)('%j is refused as %s', (data, code) =>
    given(world(), added('b')).when('agent.add', data).refused(code),
  );

  it('an agent that was destroyed keeps its name until it is purged', async () => {
    const past = life.destroyed?.('a') ?? [];
    const refusal = await given(world(), ...past)
      .when('agent.add', { name: 'a' })
      .refusal('AGENT_EXISTS');
    expect(refusal.wire.message).toContain('revived or purged');
    expect(refusal.wire.mend).toContain('"a-2"');
    await given(world(), ...past, { type: 'agent.purged', data: { agent: 'a' } })
      .when('agent.add', { name: 'a' })
      .state();
  });

  it('an agent may have a name that every object has', async () => {
    const state = await given(world()).when('agent.add', { name: 'constructor' }).state();
    expect(selectAgents(state).byId.keys()).toEqual(['constructor']);
    await given(world()).when('agent.stop', { agent: 'constructor' }).refused('AGENT_UNKNOWN');
  });

  it(`the agent after ${agentLimit} is refused`, () => {
    const past = Array.from({ length: agentLimit }, (_, index) => added(`a${index}`));
    return given(world(), ...past)
      .when('agent.add', { name: 'one-more' })
      .refused('AGENT_LIMIT');
  });

  it('one that was destroyed leaves room for another, and comes back only where there is room', async () => {
    const there = Array.from({ length: agentLimit - 1 }, (_, index) => added(`b${index}`));
    const past = [...(life.destroyed?.('a') ?? []), ...there];
    await given(world(), ...past)
      .when('agent.add', { name: 'one-more' })
      .state();
    await given(world(), ...past, added('one-more'))
      .when('agent.revive', { agent: 'a' })
      .refused('AGENT_LIMIT');
  });

  it('what fails outside is told before an agent exists', () => {
    const played = world();
    played.outside.before = () => {
      throw new Error('no disk');
    };
    return expect(given(played).when('agent.add', { name: 'a' }).state()).rejects.toThrow(
      'no disk',
    );
  });
});

/** Command, the states it is for, and what it leads to from the first of them. */
const moves = [
  ['agent.start', ['stopped'], 'starting', `agent.launch ${lane}`],
  ['agent.stop', ['running', 'starting'], 'stopping', `agent.halt ${lane}`],
  ['agent.restart', ['running', 'stopped'], 'restarting', `agent.halt ${lane}`],
  ['agent.destroy', ['running', 'stopped'], 'destroying', `agent.retire ${lane}`],
  ['agent.revive', ['destroyed'], 'creating', `agent.provision ${lane}`],
] as const;

describe.each(moves)('%s', (...row) => {
  const [command, from, to, effect] = row;
  const allowed: readonly string[] = from;

  it(`leads from ${from[0]} to ${to}`, async () => {
    const session = to === 'starting' ? 2 : undefined;
    await in_(from[0])
      .when(command, { agent: 'a' })
      .leadsTo([['agent.state_changed', { agent: 'a', to, session }]], [effect]);
  });

  it.each(states.filter((state) => allowed.includes(state)))('is taken when %s', (state) =>
    in_(state).when(command, { agent: 'a' }).taken(),
  );

  it.each(states.filter((state) => !allowed.includes(state)))(
    'is refused when %s',
    async (state) => {
      const refusal = await in_(state).when(command, { agent: 'a' }).refusal('AGENT_NOT_IN_STATE');
      expect(refusal.wire.details).toMatchObject({ agent: 'a', state });
      expect(refusal.wire.mend).not.toBe('');
    },
  );

  it('of an agent that is not there is refused', () =>
    in_('running').when(command, { agent: 'b' }).refused('AGENT_UNKNOWN'));

  it('is for the operator alone', async () => {
    const { who } = (await import('../../../preload/contract/agents.ts')).agents.commands[command];
    expect(who).toEqual(['operator']);
  });
});

describe('agent.purge', () => {
  it('forgets a destroyed agent', async () => {
    const state = await in_('destroyed').when('agent.purge', { agent: 'a' }).state();
    expect(selectAgents(state).byId.keys()).toEqual([]);
  });
  it.each(states.filter((state) => state !== 'destroyed'))('is refused when %s', (state) =>
    in_(state).when('agent.purge', { agent: 'a' }).refused('AGENT_NOT_IN_STATE'),
  );
});

describe('agent.report', () => {
  it('is the word of the agent that says it', () =>
    in_('running')
      .when('agent.report', { status: 'blocked', note: 'no key' }, { actor: 'agent:a' })
      .leadsTo([['agent.reported', { agent: 'a', status: 'blocked', note: 'no key' }]]));
  it('of an agent that nobody knows is refused', () =>
    in_('running')
      .when('agent.report', { status: 'done' }, { actor: 'agent:b' })
      .refused('AGENT_UNKNOWN'));
  it('of a destroyed agent is refused', () =>
    in_('destroyed')
      .when('agent.report', { status: 'done' }, { actor: 'agent:a' })
      .refused('AGENT_NOT_IN_STATE'));
});

describe('every transient state ends', () => {
  const facts = provisioned('a').data;
  const well: Array<[string, string, unknown, string]> = [
    ['creating', 'agent.provisioned', facts, 'starting'],
    ['starting', 'agent.launched', launched('a').data, 'running'],
    ['stopping', 'agent.halted', { agent: 'a' }, 'stopped'],
    ['restarting', 'agent.halted', { agent: 'a' }, 'starting'],
    ['destroying', 'agent.removed', { agent: 'a' }, 'destroyed'],
  ];
  it.each(well)('%s by %s', async (...row) => {
    const [from, command, data, to] = row;
    const state = await in_(from).when(command, data, { actor: 'system' }).state();
    expect(selectAgents(state).byId.get('a')?.state).toBe(to);
  });

  const badly = [
    ['creating', 'stopped'],
    ['starting', 'stopped'],
    ['stopping', 'running'],
    ['restarting', 'running'],
    ['destroying', 'running'],
  ] as const;
  it.each(badly)('%s by a failure: %s while its program runs', async (...row) => {
    const [during, to] = row;
    const state = await in_(during)
      .when('agent.failed', { agent: 'a', during, error }, { actor: 'system' })
      .state();
    expect(selectAgents(state).byId.get('a')).toMatchObject({ state: to, failure: error });
  });

  it.each(['stopping', 'restarting', 'destroying'])(
    '%s by a failure: stopped when its program has ended',
    async (during) => {
      const state = await given(world(), ...(life[during]?.('a') ?? []), exited('a'))
        .when('agent.failed', { agent: 'a', during, error }, { actor: 'system' })
        .state();
      expect(selectAgents(state).byId.get('a')?.state).toBe('stopped');
    },
  );

  it('a failure of what is past moves nothing, and is shown', async () => {
    const past = [...(life.starting?.('a') ?? []), moved('a', 'stopping')];
    const state = await given(world(), ...past)
      .when('agent.failed', { agent: 'a', during: 'starting', error }, { actor: 'system' })
      .state();
    expect(selectAgents(state).byId.get('a')).toMatchObject({ state: 'stopping', failure: error });
  });

  it('an agent that is not to be started rests once its worktree stands', async () => {
    const state = await given(world(), added('a', { start: false }))
      .when('agent.provisioned', facts, { actor: 'system' })
      .state();
    expect(selectAgents(state).byId.get('a')).toMatchObject({ state: 'stopped', session: 0 });
  });

  it('a worktree that is made again on the way to a start moves nothing', () =>
    in_('starting')
      .when('agent.provisioned', facts, { actor: 'system' })
      .leadsTo([['agent.provisioned', facts]], []));

  it.each(['agent.halted', 'agent.removed'])('%s is refused when nobody waits for it', (command) =>
    in_('running').when(command, { agent: 'a' }, { actor: 'system' }).refused('AGENT_NOT_IN_STATE'),
  );

  it.each(['agent.provisioned', 'agent.launched', 'agent.failed', 'agent.age'])(
    '%s of an agent that is gone is refused',
    (command) =>
      given(world())
        .when(
          command,
          {
            ...(facts as object),
            ...(launched('a').data as object),
            ...{ during: 'creating', error, liveness: 'idle' },
          },
          { actor: 'system' },
        )
        .refused('AGENT_UNKNOWN'),
  );
});

describe('a program that ends by itself', () => {
  it('stops its agent', async () => {
    const state = await in_('running')
      .when(
        'terminal.exited',
        { terminalId: 'a.1', exitCode: 3, signal: null },
        { actor: 'system' },
      )
      .state();
    expect(selectAgents(state).byId.get('a')).toMatchObject({
      state: 'stopped',
      exit: { code: 3, expected: false },
    });
  });

  it('before the report of its start is written stops it then', async () => {
    const early = given(world(), ...(life.starting?.('a') ?? []), exited('a', 1, 7));
    expect(selectAgents(early.state).byId.get('a')).toMatchObject({
      state: 'starting',
      exit: { code: 7 },
    });
    const state = await early
      .when('agent.launched', launched('a').data, { actor: 'system' })
      .state();
    expect(selectAgents(state).byId.get('a')).toMatchObject({
      state: 'stopped',
      exit: { code: 7, expected: false },
    });
    expect(JSON.parse(JSON.stringify(state.terminals))).toMatchObject({
      byId: { 'a.1': { state: 'exited', exitCode: 7 } },
      early: {},
    });
  });

  it('of an earlier session changes nothing', () => {
    const past = [...(life.stopped?.('a') ?? []), moved('a', 'starting', 2), launched('a', 2)];
    const { state } = given(world(), ...past, exited('a', 1));
    expect(selectAgents(state).byId.get('a')).toMatchObject({ state: 'running', exit: undefined });
  });
});
