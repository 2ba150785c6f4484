import { expect, it } from 'vitest';
import { stepped } from './use-alone.ts';

it.each([
  ['the whole', -1, 1, 'a'],
  ['the whole, backwards', -1, -1, 'c'],
  ['the first', 0, 1, 'b'],
  ['the first, backwards, comes the whole', 0, -1, undefined],
  ['the last comes the whole', 2, 1, undefined],
] as const)('after %s', (...[, at, by, next]) =>
  expect(stepped(['a', 'b', 'c'], at, by)).toBe(next),
);
