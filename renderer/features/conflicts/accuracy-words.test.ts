import { expect, it } from 'vitest';
import type { Accuracy } from '../../../preload/contract/conflicts.ts';
import { sayAccuracy } from './accuracy-words.ts';

const of = (
  [right, falseAlarm, avoided]: readonly [number, number, number],
  more: Partial<Accuracy> = {},
): Accuracy => ({
  kinds: [{ kind: 'in-flight', found: 9, right, falseAlarm, avoided, pending: 0 }],
  missed: 0,
  ...more,
});

it.each<[Accuracy, string]>([
  [of([0, 0, 0]), 'No merge has put a warning to the test yet'],
  [of([0, 0, 3]), 'No merge has put a warning to the test yet, 3 settled before a merge'],
  [
    of([0, 0, 0], { missed: 2 }),
    'No merge has put a warning to the test yet, 2 conflicts came unwarned',
  ],
  [
    of([8, 1, 4], { medianWarningMs: 720_000 }),
    '8 of 9 warnings that a merge put to the test were right, told 12 min before, no conflict came unwarned, 4 settled before a merge',
  ],
])('says no more than is known: %#', (accuracy, said) => {
  expect(sayAccuracy(accuracy)).toBe(said);
});
