import { expect, it } from 'vitest';
import type { Shape } from '../../../preload/contract/watchdog.ts';
import { shapeSchema } from '../../../preload/contract/watchdog.ts';
import { firstStuck, nearWords, stuckLine, wordsOfUse } from './watch-words.ts';

const stuck = (shape: Shape, what = 'this') => ({ shape, what, sinceMs: 5, evidence: 'hook' });

it.each(shapeSchema.options)('%s is said in one line, with what to do', (shape) => {
  const { text, mend } = stuckLine(stuck(shape));
  expect(text).toMatch(/^[A-Z][^\n]+: this$/);
  expect(mend).toMatch(/^[a-z][^\n]+[a-z]$/i);
});

it('what an agent wrote is shown harmlessly', () => {
  expect(stuckLine(stuck('stuck-on-prompt', 'a\u202e\nb')).text).not.toMatch(/[\u202e\n]/);
});

it('where there is room for one, the first is what can be mended soonest', () => {
  const both = { stuck: [stuck('no-progress'), stuck('stuck-on-prompt')] };
  expect(firstStuck(both)?.shape).toBe('stuck-on-prompt');
  expect(firstStuck({ stuck: [] })).toBeUndefined();
});

it.each([
  [{}, undefined],
  [{ turns: 5 }, '80 % of its turns is used'],
  [{ turns: 5, timeMs: 9 }, '80 % of its turns and its time is used'],
])('%j reads %s', (near, text) => {
  expect(nearWords({ near })).toBe(text);
});

it.each([
  [{ kind: 'turns', used: 12, of: 50, from: 'agent' }, 'turns: 12 of 50'],
  [{ kind: 'costUsd', of: 5, from: 'config' }, 'cost: not told by this CLI, limit $5.00'],
  [{ kind: 'costUsd', used: 0.425, from: 'none' }, 'cost: $0.42'],
  [{ kind: 'timeMs', used: 59_000, of: 5_400_000, from: 'agent' }, 'time: 0m of 1h 30m'],
] as const)('%j is said as %s', (use, text) => {
  expect(wordsOfUse(use)).toBe(text);
});
