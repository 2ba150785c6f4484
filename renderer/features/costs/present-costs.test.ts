import { expect, it } from 'vitest';
import type { CostReport } from '../../../preload/contract/cost-report.ts';
import { costWords, nameOf, plotDays, scaleOf, trendWords } from './present-costs.ts';

const none = {
  ...{ input: 0, output: 0, cacheRead: 0, cacheWrite: 0 },
  ...{ requests: 0, usd: 0, toldUsd: 0, unpriced: 0 },
};
const report = (more: Partial<CostReport>): CostReport => ({
  ...{ by: 'agent', zone: 'UTC', from: '2026-02-27', to: '2026-03-02', lines: [], total: none },
  ...{ days: [], models: [], budgets: [], isEmpty: false, nowMs: 0 },
  ...more,
});

it('a plot has every day, and what has no colour of its own is one part', () => {
  const parts = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((key) => ({ key, usd: 1, tokens: 5 }));
  const days = [{ day: '2026-03-01', usd: 7, tokens: 35, parts: parts.toReversed() }];
  const plot = plotDays(
    report({ days }),
    'usd',
    parts.map(({ key }) => key),
  );
  expect(plot.map(({ day, value }) => [day.slice(5), value])).toEqual([
    ['02-27', 0],
    ['02-28', 0],
    ['03-01', 7],
    ['03-02', 0],
  ]);
  expect(plot[2]?.parts.map(({ key, value }) => `${key}${value}`)).toEqual([
    ...['a1', 'b1', 'c1', 'd1', 'e1', '…2'],
  ]);
});

it.each([
  [0, 1],
  [0.004, 0.004],
  [16.9, 20],
  [41, 50],
  [100, 100],
  [101, 200],
])('the scale of %d ends at %d', (most, top) => {
  expect(scaleOf(most)).toBeCloseTo(top);
});

it.each([
  [{ usd: 12, unpriced: 0 }, '$12.00'],
  [{ usd: 12, unpriced: 5 }, '$12.00 +'],
  [{ usd: 0, unpriced: 5 }, 'no price'],
])('%j costs %s', (sum, words) => {
  expect(costWords(sum)).toBe(words);
});

it('a trend is told where both sums are known whole', () => {
  const before = { ...none, usd: 10 };
  const total = { ...none, usd: 15 };
  expect(trendWords(report({ before, total }))).toBe('50 % more than before ($10.00)');
  expect(trendWords(report({ before: total, total: before }))).toMatch('33 % less');
  expect(trendWords(report({ before, total: { ...total, unpriced: 1 } }))).toBeUndefined();
  expect(trendWords(report({ total }))).toBeUndefined();
});

it('what has no name says what it is', () => {
  expect([nameOf('story', ''), nameOf('agent', '…'), nameOf('model', 'a\u202eb')]).toEqual([
    ...['No story', 'All others', expect.not.stringContaining('\u202e')],
  ]);
});
