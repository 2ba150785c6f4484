import { describe, expect, it } from 'vitest';
import { beginMs, given, type Past } from '../../../test/harness/given.ts';
import { asked, life, ofApproval, requested } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Feature } from '../../hub/feature.ts';
import { readWaits } from '../../hub/waits.ts';
import { reduceAgents } from './reduce.ts';
import { type AgentsState, selectAgents } from './slice.ts';
import { livenessAt, statusOf, toRecord } from './view.ts';

const minute = 60_000;
const running = life.running?.('a') ?? [];
const agentIn = (...past: Past[]) => {
  const a = selectAgents(given(world(), ...running, ...past).state).byId.get('a');
  if (a === undefined) throw new Error('no agent');
  return toRecord(a);
};
const word = (status: string, atMs = 0): Past => ({
  type: 'agent.reported',
  actor: 'agent:a',
  atMs,
  data: { agent: 'a', status },
});

describe('liveness', () => {
  it.each([
    [-1, 'active'],
    [0, 'active'],
    [5 * minute - 1, 'active'],
    [5 * minute, 'idle'],
    [30 * minute - 1, 'idle'],
    [30 * minute, 'stale'],
    [900 * minute, 'stale'],
  ])('after %i ms of silence is %s', (ageMs, liveness) =>
    expect(livenessAt(1_000, 1_000 + ageMs)).toBe(liveness),
  );

  it('before the first sign of life is unknown, and nothing is due', () => {
    expect(agentIn()).toMatchObject({ liveness: 'unknown' });
    expect(given(world(), ...running).due(99 * minute)).toEqual([]);
  });

  it.each([
    [5 * minute - 1, undefined],
    [5 * minute, 'idle'],
    [30 * minute, 'stale'],
  ])('after %i ms of silence %s is due, once', async (...row) => {
    const [atMs, liveness] = row;
    const quiet = given(world(), ...running, word('working'));
    const due = quiet.due(atMs);
    expect(due).toEqual(
      liveness === undefined ? [] : [{ type: 'agent.age', data: { agent: 'a', liveness } }],
    );
    if (liveness === undefined) return;
    const aged: Past = { type: 'agent.aged', atMs, data: { agent: 'a', liveness } };
    expect(given(world(), ...running, word('working'), aged).due(0)).toEqual([]);
    expect(agentIn(word('working'), aged, word('working', atMs + 1))).toMatchObject({
      liveness: 'active',
      lastSeenMs: beginMs + atMs + 1,
    });
  });

  it('is not announced when a sign of life came meanwhile', () =>
    given(world(), ...running, word('working'), word('working', 6 * minute))
      .when('agent.age', { agent: 'a', liveness: 'idle' }, { actor: 'system' })
      .leadsTo([]));

  it('is not announced twice', () => {
    const aged: Past = { type: 'agent.aged', data: { agent: 'a', liveness: 'idle' } };
    return given(world(), ...running, word('working'), aged)
      .when('agent.age', { agent: 'a', liveness: 'idle' }, { actor: 'system', atMs: 6 * minute })
      .leadsTo([]);
  });

  it('of an agent that does not run is not asked', () => {
    const stopped: Past = { type: 'agent.state_changed', data: { agent: 'a', to: 'stopped' } };
    expect(given(world(), ...running, word('done'), stopped).due(99 * minute)).toEqual([]);
  });

  it('signs of life within a second do not change the record', () => {
    const before = given(world(), ...running, word('done'));
    const sent = (atMs: number): Past => ({
      type: 'inbox.acked',
      actor: 'agent:a',
      atMs,
      data: { agent: 'a', upTo: 1 },
    });
    const chatty = given(world(), ...running, word('done'), sent(999));
    const later = given(world(), ...running, word('done'), sent(1_000));
    expect(selectAgents(chatty.state)).toEqual(selectAgents(before.state));
    expect(selectAgents(later.state).byId.get('a')?.lastSeenMs).toBe(beginMs + 1_000);
  });
});

describe('status is made of the strongest evidence', () => {
  const answered: Past = {
    type: 'question.answered',
    actor: 'operator',
    data: { question: 'q-1', asker: 'a', text: 'Which?', answer: { choices: [] } },
  };
  it.each([
    ['nothing', [], { value: 'unknown', source: 'none' }],
    ['its own word', [word('working')], { value: 'working', source: 'report' }],
    [
      'an open question',
      [word('working'), asked('q-1', 'a')],
      { value: 'waiting', source: 'question' },
    ],
    [
      'an answered question',
      [word('blocked'), asked('q-1', 'a'), answered],
      { value: 'blocked', source: 'report' },
    ],
    [
      'a pending approval',
      [word('done'), requested('a-1', 'a')],
      { value: 'waiting', source: 'approval' },
    ],
    [
      'an answer to one that said it waits',
      [word('waiting'), asked('q-1', 'a'), answered],
      { value: 'unknown', source: 'answer' },
    ],
    [
      'an answer while another question is open',
      [word('waiting'), asked('q-1', 'a'), asked('q-2', 'a'), answered],
      { value: 'waiting', source: 'question' },
    ],
    [
      'a question that ran out of time',
      [
        word('waiting'),
        asked('q-1', 'a'),
        { ...answered, type: 'question.expired', actor: 'system' },
      ],
      { value: 'unknown', source: 'none' },
    ],
    [
      'a question that it took back',
      [
        word('waiting'),
        asked('q-1', 'a'),
        { ...answered, type: 'question.cancelled', actor: 'agent:a' },
      ],
      { value: 'waiting', source: 'report' },
    ],
    [
      'a merge for one that said it waits',
      [word('waiting'), requested('a-1', 'a'), ofApproval('merged', 'a-1')],
      { value: 'unknown', source: 'review' },
    ],
    [
      'its own word after a decision',
      [word('waiting'), requested('a-1', 'a'), ofApproval('merged', 'a-1'), word('working')],
      { value: 'working', source: 'report' },
    ],
    [
      'a merged approval',
      [word('done'), requested('a-1', 'a'), ofApproval('merged', 'a-1')],
      { value: 'done', source: 'report' },
    ],
    [
      'a denied approval',
      [requested('a-1', 'a'), ofApproval('denied', 'a-1')],
      { value: 'unknown', source: 'review' },
    ],
    ['both', [requested('a-1', 'a'), asked('q-1', 'a')], { value: 'waiting', source: 'question' }],
    [
      'no process',
      [word('working'), { type: 'agent.state_changed', data: { agent: 'a', to: 'stopped' } }],
      { value: 'unknown', source: 'process' },
    ],
  ] as Array<[string, Past[], object]>)('%s', (...row) => {
    const [, past, status] = row;
    expect(agentIn(...past).status).toMatchObject(status);
  });

  it('what another agent asks is not its own', () =>
    expect(agentIn(asked('q-1', 'b')).status.source).toBe('none'));
});

describe('the end of a program says who had it ended', () => {
  const toldBy = (actor: Past['actor'], to: string): Past[] => [
    { type: 'agent.state_changed', data: { agent: 'a', to }, ...(actor && { actor }) },
    {
      type: 'terminal.exited',
      data: { agent: 'a', terminalId: 'a.1', exitCode: null, signal: 'SIGHUP' },
    },
  ];
  it.each([
    ['operator', 'stopping', { expected: true, by: 'operator' }],
    ['operator', 'restarting', { expected: true, by: 'operator' }],
    ['system', 'stopping', { expected: true, by: 'system' }],
    ['system', 'running', { expected: false }],
  ] as const)('told by %s, while %s', (...row) => {
    const [actor, to, exit] = row;
    const { code: _c, signal: _s, atMs: _a, ...told } = agentIn(...toldBy(actor, to)).exit ?? {};
    expect(told).toEqual(exit);
  });
});

it('pages see no evidence, only what it comes to', () => {
  expect(Object.keys(agentIn(word('done'))).sort()).not.toContain('reported');
  expect(Object.keys(agentIn())).not.toContain('openQuestions');
});

describe('what a coming feature waits for and settles, which nobody here knows by name', () => {
  const gates = {
    ...{ contract: { name: 'gates', commands: {}, queries: {}, events: {}, records: {} } },
    waits: {
      'gate.asked': () => [
        {
          opens: {
            ...{ kind: 'gate', subject: 'g', to: 'operator', agent: 'a', title: 'Run it?' },
            isBlocking: true,
          },
        },
      ],
      'gate.decided': () => [{ settles: 'gate/g' }],
      'question.lapsed': () => [{ settles: 'question/q-1' }],
    },
  } as unknown as Feature;
  const reduce = reduceAgents(readWaits([gates]));
  const at = (type: string, state: AgentsState) => {
    const event = { type, data: {}, atMs: beginMs + 5, actor: 'system' } as EventEnvelope;
    return reduce[type]?.(state, event) ?? state;
  };
  const statusIn = ({ byId }: AgentsState) => {
    const agent = byId.get('a');
    return agent && statusOf(agent);
  };

  it('makes an agent wait, and ends it', () => {
    const before = selectAgents(given(world(), ...running, word('working')).state);
    const asking = at('gate.asked', before);
    expect(statusIn(asking)).toMatchObject({ value: 'waiting', source: 'wait' });
    expect(statusIn(at('gate.decided', asking))).toMatchObject({ value: 'working' });
  });

  it('ends the wait for a question by another event than those of today', () => {
    const asking = selectAgents(given(world(), ...running, asked('q-1', 'a')).state);
    expect(statusIn(asking)).toMatchObject({ value: 'waiting', source: 'question' });
    expect(statusIn(at('question.lapsed', asking))?.value).not.toBe('waiting');
  });
});
