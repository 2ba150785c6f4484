import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { toWireError } from '../../../preload/contract/errors.ts';
import { endingOf, presentAgent, reasonOf, sinceOf } from './present-agent.ts';
import { hasFailed } from './agent-exit.ts';

type Exit = NonNullable<AgentRecord['exit']>;

function agent(over: Partial<AgentRecord>): AgentRecord {
  return {
    ...{ id: 'a', profile: 'shell', branch: 'agent/a', state: 'running', stateSinceMs: 5 },
    ...{ session: 1, liveness: 'active', createdMs: 0 },
    status: { value: 'unknown', source: 'none', sinceMs: 9 },
    ...over,
  };
}

const stopped = (exit: Partial<Exit>) =>
  agent({
    state: 'stopped',
    exit: { code: null, signal: null, atMs: 5, expected: false, ...exit },
  });

it.each([
  [{ signal: 'SIGHUP', expected: true, by: 'operator' }, 'stopped', 'Stopped by you', true],
  [
    { signal: 'SIGHUP', expected: true, by: 'system' },
    'stopped',
    'Stopped when Musher closed',
    true,
  ],
  [{ code: 0 }, 'ended', 'Ended by itself', true],
  [{ code: 1 }, 'failed', 'Ended with exit code 1', false],
  [{ signal: 'SIGKILL' }, 'failed', 'Ended by SIGKILL', false],
  [{}, 'failed', 'Ended, and nobody saw how', false],
] as const)('a program that ended with %j reads as what happened', (...row) => {
  const [exit, word, text, isCalm] = row;
  expect(presentAgent(stopped(exit)).word).toBe(word);
  expect(endingOf(stopped(exit))).toEqual({ text, isCalm });
});

it('while it is being stopped, what its terminal saw last is not yet told as a failure', () => {
  expect(endingOf({ ...stopped({ signal: 'SIGHUP' }), state: 'stopping' })).toEqual({
    text: 'Stopping…',
    isCalm: true,
  });
});

it.each([
  ['waiting', 'report', 'waiting'],
  ['unknown', 'none', 'running'],
  ['unknown', 'answer', 'answered'],
  ['unknown', 'review', 'reviewed'],
  ['waiting', 'hook', 'waiting'],
  ['unknown', 'silence', 'silent'],
  ['working', 'screen', 'working'],
] as const)('a status of %s by %s reads %s', (value, source, word) => {
  expect(presentAgent(agent({ status: { value, source, sinceMs: 9 } })).word).toBe(word);
});

it('says why, and since when, also of one that does not run', () => {
  expect([reasonOf(agent({})), sinceOf(agent({}))]).toEqual([
    'It has not said what it is doing.',
    9,
  ]);
  const failed = stopped({ code: 3 });
  expect([reasonOf(failed), sinceOf(failed)]).toEqual(['Its program ended with exit code 3.', 5]);
  expect(reasonOf(agent({ state: 'stopped' }))).toBe('It was never started.');
});

it('one that is held is paused, whatever it did, since then and by whom', () => {
  const held = agent({ paused: { by: 'operator', sinceMs: 7 } });
  expect(presentAgent(held).word).toBe('paused');
  expect([sinceOf(held), reasonOf(held)]).toEqual([7, 'It was paused by you.']);
  expect(reasonOf({ ...held, paused: { by: 'system', sinceMs: 7 } })).toBe('It was found paused.');
});

it('one that is started again is no failure yet; one that was given up is', () => {
  const restart = { policy: 'always', sinceMs: 0, tries: 10, ofTries: 10 } as const;
  const broken = stopped({ code: 1 });
  expect(presentAgent({ ...broken, restart: { ...restart, nextMs: 9 } }).tone).toBe('amber');
  const ended = stopped({ code: 0 });
  expect(presentAgent({ ...ended, restart: { ...restart, isGivenUp: true } }).word).toBe('failed');
});

it.each([
  ['TURN_LIMIT', 'turns'],
  ['COST_LIMIT', 'cost'],
  ['TIME_LIMIT', 'time'],
] as const)('one that %s stopped has not failed: it is at its limit of %s', (code, name) => {
  const failure = toWireError(code, { agent: 'a', used: '5', of: '5', more: '10' });
  const atLimit = { ...stopped({ expected: true, by: 'system' }), failure };
  expect(presentAgent(atLimit)).toEqual({ shape: 'square', tone: 'amber', word: 'at its limit' });
  expect(hasFailed(atLimit)).toBe(false);
  expect(reasonOf(atLimit)).toMatch(/5 of 5/);
  expect(endingOf(atLimit)).toEqual({ text: `Stopped at its limit of ${name}`, isCalm: false });
  const { failure: _, ...closed } = atLimit;
  expect(presentAgent(closed).word).toBe('stopped');
});

it('one that is stopped with a budget has not failed: it is at its budget', () => {
  const what = { budget: 'day', unit: 'usd', what: 'today’s budget', more: 75 };
  const failure = toWireError('BUDGET_SPENT', { agent: 'a', used: '$50', of: '$50', ...what });
  const atBudget = { ...stopped({ expected: true, by: 'system' }), failure };
  expect(presentAgent(atBudget)).toEqual({ shape: 'square', tone: 'amber', word: 'at its budget' });
  expect(hasFailed(atBudget)).toBe(false);
  expect(reasonOf(atBudget)).toMatch(/today’s budget is used up/);
  expect(endingOf(atBudget)).toEqual({ text: 'Stopped at its budget', isCalm: false });
});
