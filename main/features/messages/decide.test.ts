import { describe, expect, it } from 'vitest';
import { given, type Past } from '../../../test/harness/given.ts';
import { added, life } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { recentKept, type MessagesState } from './slice.ts';

const a = 'agent:a' as const;
const destroying = life.destroying?.('c') ?? [];
const destroyed = life.destroyed?.('d') ?? [];
const team = () => given(world(), added('a'), added('b'), ...destroying, ...destroyed);

describe('message.send', () => {
  it.each([
    ['agent:a', 'b', ['b']],
    ['agent:a', 'operator', ['operator']],
    ['agent:a', 'c', ['c']],
    ['operator', 'a', ['a']],
    ['agent:a', '*', ['operator', 'b']],
    ['operator', '*', ['a', 'b']],
    ['system', '*', ['operator', 'a', 'b']],
  ] as const)('from %s to "%s" reaches %j', async (...row) => {
    const [actor, to, recipients] = row;
    const { result } = await team()
      .when('message.send', { to, body: 'hi' }, { actor })
      .decides([['message.sent', { to, recipients, body: 'hi' }]]);
    expect(result).toMatchObject({ seq: team().seq + 1, deliveredTo: recipients });
  });

  it('to all names those who could not be reached, and why', async () => {
    const { result } = await team()
      .when('message.send', { to: '*', body: 'hi' }, { actor: a })
      .decides([['message.sent', { to: '*', recipients: ['operator', 'b'], body: 'hi' }]]);
    expect(result).toMatchObject({ failed: [{ to: 'c', code: 'AGENT_NOT_IN_STATE' }] });
  });

  it('to several reaches each of them once, and names those who could not be reached', async () => {
    const to = ['b', 'x', 'operator', 'b', 'a'];
    const { result } = await team()
      .when('message.send', { to, body: 'hi' }, { actor: a })
      .decides([['message.sent', { to, recipients: ['b', 'operator'], body: 'hi' }]]);
    expect(result).toMatchObject({
      deliveredTo: ['b', 'operator'],
      failed: [
        { to: 'x', code: 'RECIPIENT_UNKNOWN' },
        { to: 'a', code: 'RECIPIENT_SELF' },
      ],
    });
  });

  it('to several of whom nobody can be reached is refused, for the first of them', () =>
    team()
      .when('message.send', { to: ['x', 'a'], body: 'hi' }, { actor: a })
      .refused('RECIPIENT_UNKNOWN'));

  it.each([[[]], [['b', '*']], [['']], [Array(201).fill('b')]])('to %j is no list of names', (to) =>
    team().when('message.send', { to, body: 'hi' }).refused('BODY_INVALID'),
  );

  it('to the operator among others waits for the operator', async () => {
    const state = await team()
      .when('message.send', { to: ['b', 'operator'], body: 'hi' }, { actor: a })
      .state();
    expect((state.inbox as { open: { keys(): string[] } }).open.keys()).toEqual([
      `message/${team().seq + 1}`,
    ]);
  });

  it('to all with nobody there reaches nobody', () =>
    given(world())
      .when('message.send', { to: '*', body: 'hi' })
      .leadsTo([['message.sent', { to: '*', recipients: [], body: 'hi' }]]));

  it.each([
    ['agent:a', 'x', 'RECIPIENT_UNKNOWN'],
    ['agent:a', 'd', 'RECIPIENT_UNKNOWN'],
    ['agent:a', 'constructor', 'RECIPIENT_UNKNOWN'],
    ['agent:a', 'a', 'RECIPIENT_SELF'],
    ['operator', 'operator', 'RECIPIENT_SELF'],
    ['agent:x', 'a', 'AGENT_UNKNOWN'],
    ['agent:d', 'a', 'AGENT_NOT_IN_STATE'],
    ['agent:a', '', 'BODY_INVALID'],
  ] as const)('from %s to "%s" is refused as %s', (...row) => {
    const [actor, to, code] = row;
    return team().when('message.send', { to, body: 'hi' }, { actor }).refused(code);
  });
});

it('an answer to what has not been said yet is refused', async () => {
  const answer = (re: number) => team().when('message.send', { to: 'a', body: 'hi', re });
  await answer(team().seq + 1).refused('MESSAGE_UNKNOWN');
  await answer(team().seq).taken();
});

describe('inbox.ack', () => {
  const acked = (upTo: number): Past => ({
    type: 'inbox.acked',
    actor: a,
    data: { agent: 'a', upTo },
  });
  it('moves forward', () =>
    given(world(), added('a'), added('b'), added('c'))
      .when('inbox.ack', { upTo: 3 }, { actor: a })
      .leadsTo([['inbox.acked', { agent: 'a', upTo: 3 }]]));
  it.each([1, 2, 3])('of %i after 3 changes nothing', async (upTo) => {
    const past = [added('a'), added('b'), added('c'), acked(3)];
    const { result } = await given(world(), ...past)
      .when('inbox.ack', { upTo }, { actor: a })
      .decides([]);
    expect(result).toEqual({ acked: 3 });
  });
  it('beyond the end of the log is refused', () =>
    given(world(), added('a')).when('inbox.ack', { upTo: 2 }, { actor: a }).refused('ACK_BEYOND'));
  it('of an agent that nobody knows is refused', () =>
    given(world(), added('a'))
      .when('inbox.ack', { upTo: 1 }, { actor: 'agent:b' })
      .refused('AGENT_UNKNOWN'));
  it('begins with the agent, not with a purged one of its name', async () => {
    const purged: Past = { type: 'agent.purged', data: { agent: 'a' } };
    const { state, seq } = given(world(), added('a'), acked(1), purged, added('b'), added('a'));
    expect((state.messages as MessagesState).acked.toJSON()).toEqual({ a: seq, b: 4 });
  });
});

it('the newest messages are kept in memory, the others in the log', () => {
  const sent = (n: number): Past => ({
    type: 'message.sent',
    data: { to: 'b', recipients: ['b'], body: `${n}` },
  });
  const past = Array.from({ length: recentKept + 5 }, (_, index) => sent(index));
  const state = given(world(), ...past).state.messages as MessagesState;
  const keys = state.recent.byId.keys();
  expect([keys.length, keys[0], keys.at(-1)]).toEqual([recentKept, 'm6', 'm205']);
});

describe('message.announce', () => {
  const artifact = (status: string) => ({
    kind: 'artifact',
    to: '*',
    body: status,
    payload: { status },
  });
  it('reaches as a message does, with what programs read', () =>
    team()
      .when('message.announce', artifact('done'), { actor: a })
      .leadsTo([
        [
          'message.sent',
          {
            ...artifact('done'),
            recipients: ['operator', 'b'],
          },
        ],
      ]));
  it('of a commit is told to the operator once more, as something to verify', async () => {
    const body = 'a made a commit that waits to be verified.';
    const operator = { to: 'operator', recipients: ['operator'] };
    await team()
      .when('message.announce', artifact('committed'), { actor: a })
      .leadsTo([
        ['message.sent', { ...artifact('committed'), recipients: ['operator', 'b'] }],
        ['message.sent', { ...operator, kind: 'verify-now', payload: {}, body }],
      ]);
  });
  it('to nobody is in the log alone', () =>
    team()
      .when('message.announce', { kind: 'status', to: '-', body: 'x', payload: {} })
      .leadsTo([
        ['message.sent', { kind: 'status', to: '-', body: 'x', payload: {}, recipients: [] }],
      ]));
  it.each([
    [{ kind: 'verify-now' }, 'BODY_INVALID'],
    [{ kind: 'gossip' }, 'BODY_INVALID'],
    [{ to: 'x' }, 'RECIPIENT_UNKNOWN'],
    [{ to: 'a' }, 'RECIPIENT_SELF'],
  ] as const)('%j is refused as %s', (data, code) =>
    team()
      .when('message.announce', { ...artifact('done'), ...data }, { actor: a })
      .refused(code),
  );
});
