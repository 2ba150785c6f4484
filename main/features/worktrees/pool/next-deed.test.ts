import { expect, it } from 'vitest';
import type { PoolMember } from '../ports.ts';
import { nextDeed, type PoolWish } from './next-deed.ts';

const member = (name: string, over: Partial<PoolMember> = {}): PoolMember => ({
  ...{ path: `/w/${name}`, name, commit: 'c1', isReady: true, isStale: false },
  ...over,
});
const wish: PoolWish = { size: 2, commit: 'c1', setUpAs: undefined };
const [one, two] = [member('pool_1'), member('pool_2')];

it.each([
  ['nothing stands', [], wish, { kind: 'make' }],
  ['one lacks', [one], wish, { kind: 'make' }],
  ['all stand', [one, two], wish, undefined],
  ['too many stand', [one, two], { ...wish, size: 1 }, { kind: 'remove', path: two.path }],
  ['none is wanted', [one], { ...wish, size: 0 }, { kind: 'remove', path: one.path }],
  ['one is half made', [member('h', { isReady: false })], wish, { kind: 'remove', path: '/w/h' }],
  [
    'the operator’s own files are others',
    [one, member('s', { isStale: true })],
    wish,
    { kind: 'remove', path: '/w/s' },
  ],
  ['the base moved', [one, two], { ...wish, commit: 'c2' }, { kind: 'refresh', path: one.path }],
  ['the base moved and one lacks', [one], { ...wish, commit: 'c2' }, { kind: 'make' }],
  [
    'other commands set it up',
    [one, two],
    { ...wish, setUpAs: 'h' },
    { kind: 'refresh', path: one.path },
  ],
])('where %s', (...row) => {
  const [, members, wished, deed] = row;
  expect(nextDeed(members as PoolMember[], wished)).toEqual(deed);
});
