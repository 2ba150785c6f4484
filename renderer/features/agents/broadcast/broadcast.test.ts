import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { audienceOf, nameAll, rangeOf } from './broadcast.ts';

function agent(id: string, state: AgentRecord['state']): AgentRecord {
  return {
    ...{ id, profile: 'shell', branch: 'b', state, stateSinceMs: 0, terminalId: `${id}.1` },
    ...{ session: 1, liveness: 'active', createdMs: 0 },
    status: { value: 'working', source: 'report', sinceMs: 0 },
  };
}

const agents = [
  agent('a', 'running'),
  agent('b', 'stopped'),
  agent('c', 'restarting'),
  { ...agent('d', 'running'), paused: { by: 'operator' as const, sinceMs: 1 } },
];

it('keys go to running programs alone', () => {
  expect(audienceOf(agents, 'type')).toEqual({
    receivers: ['a'],
    left: [
      { agent: 'b', why: 'stopped' },
      { agent: 'c', why: 'restarting' },
      { agent: 'd', why: 'paused' },
    ],
  });
});

it('a message reaches whoever has an inbox', () => {
  expect(audienceOf(agents, 'message')).toEqual({ receivers: ['a', 'b', 'c', 'd'], left: [] });
});

it('a range has both its ends, in either direction, and the one that was meant when the other is gone', () => {
  const order = ['a', 'b', 'c', 'd'];
  expect(rangeOf(order, 'b', 'd')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(order, 'd', 'b')).toEqual(['b', 'c', 'd']);
  expect(rangeOf(order, 'z', 'b')).toEqual(['b']);
  expect(rangeOf(order, undefined, 'b')).toEqual(['b']);
});

it('all names are said, up to a few', () => {
  expect(nameAll(['a', 'b'])).toBe('a and b');
  expect(nameAll(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c and 3 others');
});
