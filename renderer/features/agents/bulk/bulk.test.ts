import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { ableOf, bulkActions, bulkWarning } from './bulk.ts';

function agent(id: string, state: AgentRecord['state'], over: Partial<AgentRecord> = {}) {
  const status = { value: 'working', source: 'report', sinceMs: 0 } as const;
  const rest = { session: 1, liveness: 'active', createdMs: 0, status } as const;
  return { ...{ id, profile: 'shell', branch: 'b', state, stateSinceMs: 0 }, ...rest, ...over };
}

const restart = { policy: 'always', sinceMs: 0, tries: 1, ofTries: 10, nextMs: 9 } as const;
const agents = [
  agent('run', 'running'),
  agent('held', 'running', { paused: { by: 'operator', sinceMs: 1 } }),
  agent('rest', 'stopped'),
  agent('soon', 'stopped', { restart }),
  agent('off', 'stopping'),
];

it.each([
  ['agent.start', ['rest', 'soon']],
  ['agent.stop', ['run', 'held', 'soon']],
  ['agent.restart', ['run', 'held']],
  ['agent.pause', ['run']],
  ['agent.resume', ['held']],
  ['agent.destroy', ['run', 'held', 'rest', 'soon']],
] as const)('%s can be done with %j', (action, able) =>
  expect(ableOf(agents, action).able).toEqual(able),
);

it('whoever is left out is told with the reason', () => {
  expect(ableOf(agents, 'agent.pause').left).toEqual([
    { agent: 'held', why: 'not asked: paused' },
    { agent: 'rest', why: 'not asked: stopped' },
    { agent: 'soon', why: 'not asked: ended' },
    { agent: 'off', why: 'not asked: stopping' },
  ]);
});

it('only what takes agents out of sight is asked about first, and says what is kept', () => {
  const asked = bulkActions.filter((action) => bulkWarning(action, ['a', 'b']));
  expect(asked).toEqual(['agent.destroy']);
  expect(bulkWarning('agent.destroy', ['a', 'b'])?.text).toContain('a and b');
  expect(bulkWarning('agent.purge', ['a', 'b'])?.text).toContain('Git keeps');
});
