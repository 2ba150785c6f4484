import { expect, it } from 'vitest';
import { sayAgents, sayStories, sayWaiting, standingOfProject } from './say-gateway.ts';

const waiting = (kinds: Record<string, number>, total: number) =>
  sayWaiting({ waiting: { total, blocking: 0, kinds } });

it('what waits is said by kind, and what has no word as more', () => {
  expect(waiting({}, 0)).toBe('');
  expect(waiting({ question: 1, approval: 2 }, 3)).toBe('1 question, 2 approvals');
  expect(waiting({ question: 2, orbit: 3 }, 5)).toBe('2 questions and 3 more');
  expect(waiting({ orbit: 1 }, 1)).toBe('1 thing');
  expect(waiting({ constructor: 2 }, 2)).toBe('2 things');
});

it('agents and stories are said in an order of their own, without those that are none', () => {
  expect(sayAgents({ agents: { idle: 1, blocked: 2, working: 0 } })).toBe('2 blocked, 1 idle');
  expect(sayStories({ stories: { backlog: 4, merge_failed: 1, qa: 2 } })).toBe(
    '1 merge failed, 2 in QA, 4 backlog',
  );
});

it.each([
  [undefined, 'unheard'],
  [{ isConnected: true, seenMs: 0 }, 'unheard'],
  [{ isConnected: true, seenMs: 60_000 }, 'connected'],
  [{ isConnected: false, seenMs: 60_000 }, 'away'],
  [{ isConnected: true, seenMs: 54_999 }, 'lost'],
  [{ isConnected: false, seenMs: 1 }, 'lost'],
])('heard as %j it is %s', (link, standing) => {
  expect(standingOfProject(link, 100_000)).toBe(standing);
});
