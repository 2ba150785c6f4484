import { expect, it } from 'vitest';
import type { Use } from '../../../../preload/contract/watchdog.ts';
import { filesWords, grantWords, usedWords, warnOf } from './limit-words.ts';

const turns: Use = { kind: 'turns', used: 12, of: 50, from: 'agent' };
const cost: Use = { kind: 'costUsd', from: 'none' };
const config = {
  of: 5_400_000,
  path: '/x/config.toml',
  key: 'limits.profiles.claude.time_minutes',
};

it('an empty field says what it comes to, and by which file', () => {
  expect(filesWords(turns)).toBe('Empty: no limit, as no config file says one.');
  const time: Use = {
    kind: 'timeMs',
    used: 0,
    from: 'none',
    config: { ...config, origin: 'user' },
  };
  expect(filesWords(time)).toBe('Empty: 1h 30m, as your own config.toml says for claude.');
  const shared = { ...config, origin: 'repository', key: 'limits.time_minutes' } as const;
  expect(filesWords({ ...time, config: shared })).toBe(
    'Empty: 1h 30m, as .musher/config.toml says.',
  );
});

it('what is used is said, and that it is not told', () => {
  expect(usedWords(turns, true)).toBe('Used in this run: 12');
  expect(usedWords(turns, false)).toBe('Used in its last run: 12');
  expect(usedWords(cost, true)).toBe('Used in this run: not told by this CLI');
});

it('a limit that is used up already, or that nothing counts, is warned of', () => {
  const typed = { profile: 'gemini', isStoppable: true };
  expect(warnOf({ ...typed, use: turns, read: { wish: 13 } })).toBeUndefined();
  expect(warnOf({ ...typed, use: turns, read: { wish: 12 } })).toMatch(/used 12 already/);
  expect(warnOf({ ...typed, use: turns, read: { wish: 1 }, isStoppable: false })).toBeUndefined();
  expect(warnOf({ ...typed, use: turns, read: { wish: 'none' } })).toBeUndefined();
  expect(warnOf({ ...typed, use: turns, read: { problem: 'x' } })).toBeUndefined();
  expect(warnOf({ ...typed, use: cost, read: { wish: 5 } })).toMatch(/does not tell/);
  expect(warnOf({ ...typed, use: cost, read: { wish: 'config' } })).toBeUndefined();
  expect(warnOf({ use: cost, read: { wish: 5 }, profile: 'claude', isStoppable: true })).toMatch(
    /next start/,
  );
});

it.each([
  ['turns', 50, '50 turns more'],
  ['costUsd', 5, '$5.00 more'],
  ['timeMs', 7_200_000, '2h more'],
  ['turns', undefined, 'without one'],
] as const)('started again at a limit of %s %s, it may use %s', (kind, of, words) => {
  expect(grantWords(kind, of)).toContain(words);
});
