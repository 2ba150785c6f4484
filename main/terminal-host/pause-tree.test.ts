import { expect, it } from 'vitest';
import { refusedWith } from '../../test/harness/hub.ts';
import { generationsOf, parentsFirst, pauseTree } from './pause-tree.ts';

const row = (pid: number, parent: number) => ({
  ...{ pid, parent, group: pid, session: 1, start: '0', isStopped: false },
});

it('Windows says that it has no such thing', () =>
  refusedWith('PAUSE_UNSUPPORTED', pauseTree({ pid: process.pid, mark: 'a.1' }, 'win32')));

it('parents come before their children, whatever their numbers', () => {
  const rows = [row(5, 20), row(20, 9), row(9, 1), row(7, 20)];
  expect(parentsFirst(rows).map(({ pid }) => pid)).toEqual([9, 20, 5, 7]);
});

it('numbers that were given away again, so that two are each other’s parents, are no endless line', () => {
  const rows = [row(5, 6), row(6, 5)];
  expect(parentsFirst(rows).map(({ pid }) => pid)).toEqual([6, 5]);
});

it('each generation comes as a whole, so that it can be waited for before the next', () => {
  const rows = [row(5, 20), row(20, 9), row(9, 1), row(7, 20), row(3, 1)];
  const pids = generationsOf(rows).map((all) =>
    all.map(({ pid }) => pid).toSorted((a, b) => a - b),
  );
  expect(pids).toEqual([[3, 9], [20], [5, 7]]);
  expect(generationsOf([row(5, 6), row(6, 5)]).flat()).toHaveLength(2);
});
