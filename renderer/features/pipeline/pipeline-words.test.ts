import { expect, it } from 'vitest';
import type { PipelineNow } from '../../../preload/contract/pipeline.ts';
import { lookOf, sayActive, sayWaiting, standingOf } from './pipeline-words.ts';

const now: PipelineNow = {
  ...{ isOn: true, maxAgents: 3, active: 2, ready: 0, working: [], reasons: [] },
};
const reason = (why: 'no-slot' | 'profile-missing', count: number) => ({ why, what: why, count });
const work = (why: 'agent-stopped' | 'starting') => ({
  ...{ story: 's-1', title: 'x', agent: 'a', profile: 'claude', attempts: 0 },
  waits: { why, what: 'it waits' },
});

it('says whether it runs, and where something waits for the operator', () => {
  expect(lookOf(now)).toMatchObject({ word: 'Running', tone: 'green' });
  expect(lookOf({ ...now, isOn: false })).toMatchObject({ word: 'Paused' });
  const stopped = { ...now, working: [work('starting'), work('agent-stopped')] };
  expect(lookOf(stopped).tone).toBe('amber');
  expect(standingOf(stopped)).toHaveLength(1);
});

it.each([
  [{}, ''],
  [{ ready: 1, reasons: [reason('no-slot', 1)] }, '1 story is ready: all agents are at work'],
  [
    { ready: 5, reasons: [reason('profile-missing', 4), reason('no-slot', 1)] },
    '5 stories are ready: profile-missing, and 1 other reason',
  ],
  [{ isOn: false, ready: 5, reasons: [reason('no-slot', 5)] }, '5 stories are ready'],
])('of %j that waits says %j', (more, said) => {
  expect(sayWaiting({ ...now, ...more })).toBe(said);
});

it('counts agents', () => {
  expect([sayActive(now), sayActive({ ...now, maxAgents: 1, active: 1 })]).toEqual([
    '2 of 3 agents',
    '1 of 1 agent',
  ]);
});
