import { expect, it } from 'vitest';
import { restartWords } from './present-restart.ts';

const restart = { policy: 'always', sinceMs: 0, tries: 3, ofTries: 10 } as const;

it.each([
  [8_000, 'restarts in 8 s (try 3 of 10)'],
  [7_001, 'restarts in 8 s (try 3 of 10)'],
  [60_000, 'restarts in 1 min (try 3 of 10)'],
  [299_000, 'restarts in 4 min 59 s (try 3 of 10)'],
  [599_000, 'restarts in 9 min 59 s (try 3 of 10)'],
  [600_000, 'restarts in 10 min (try 3 of 10)'],
  [601_000, 'restarts in 11 min (try 3 of 10)'],
  [3_600_000, 'restarts in 1 h (try 3 of 10)'],
  [7_500_000, 'restarts in 2 h 5 min (try 3 of 10)'],
  [0, 'restarts now (try 3 of 10)'],
  [-5_000, 'restarts now (try 3 of 10)'],
])('%i ms before a restart it reads %s', (leftMs, words) =>
  expect(restartWords({ ...restart, nextMs: 1_000_000 + leftMs }, 1_000_000)).toBe(words),
);

it('one that was given up says so, and one with nothing to come says nothing', () => {
  expect(restartWords({ ...restart, tries: 10, isGivenUp: true }, 0)).toBe(
    'given up after 10 restarts',
  );
  expect(restartWords(restart, 0)).toBeUndefined();
  expect(restartWords(undefined, 0)).toBeUndefined();
});
