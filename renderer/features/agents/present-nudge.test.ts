import { expect, it } from 'vitest';
import { limitWords, nudgeWords } from './present-nudge.ts';

const limit = { sinceMs: 0, untilMs: 250_000, isGuess: false, tries: 1 };

it('a limit says when its agent goes on, and whether that is a guess', () => {
  expect(limitWords(limit, 0)).toMatch(/^At its limit; told to go on in 4 min 10 s, at .*\d\d/);
  expect(limitWords({ ...limit, isGuess: true }, 0)).toMatch(
    /^At its limit; tried again in 4 min 10 s, at .* as it did not say until when$/,
  );
  expect(limitWords({ ...limit, untilMs: undefined }, 0)).toBeUndefined();
  expect(limitWords(undefined, 0)).toBeUndefined();
});

it('a nudge says what became of it, and why nothing did', () => {
  expect(nudgeWords({ state: 'accepted' })).toBe('taken up');
  expect(nudgeWords({ state: 'failed', reason: 'its program ended' })).toBe(
    'not taken: its program ended',
  );
});
