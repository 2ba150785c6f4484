import { expect, it } from 'vitest';
import type { LimitKind } from '../../../../preload/contract/limits.ts';
import { watchdog } from '../../../../preload/contract/watchdog.ts';
import { changesOf, limitKinds, readLimit, toForm } from './limits-form.ts';

const read = (kind: LimitKind, text: string) => readLimit(kind, { text, isNone: false });

it.each<[LimitKind, string, unknown]>([
  ['turns', ' 50 ', 50],
  ['turns', '', 'config'],
  ['costUsd', '2.5', 2.5],
  ['costUsd', '$5', 5],
  ['costUsd', '.5', 0.5],
  ['timeMs', '90m', 5_400_000],
  ['timeMs', '1h30m', 5_400_000],
  ['timeMs', '1.5 H', 5_400_000],
  ['timeMs', '1d 90 min 30s', 91_830_000],
])('%s written as "%s" is %s', (kind, text, wish) => {
  expect(read(kind, text)).toEqual({ wish });
});

it.each<[LimitKind, string, RegExp]>([
  ['turns', '2.5', /whole number/],
  ['turns', '-1', /whole number/],
  ['turns', '0', /At least 1/],
  ['turns', '100001', /“No limit”/],
  ['costUsd', '2,50', /point: 2\.50$/],
  ['costUsd', 'five', /dollars, like/],
  ['costUsd', '0', /At least 0\.01/],
  ['timeMs', '90', /^Say the unit: 90m or 90h$/],
  ['timeMs', '1h and more', /like 90m/],
  ['timeMs', '30s', /At least a minute/],
  ['timeMs', '366d', /“No limit”/],
])('%s written as "%s" is refused in plain words', (kind, text, problem) => {
  expect(read(kind, text)).toEqual({ problem: expect.stringMatching(problem) });
});

it('what an agent has reads as the same again, and is no change', () => {
  for (const own of [
    {},
    { turns: 50, costUsd: 0.425, timeMs: 5_430_000 },
    { turns: 'none', costUsd: 'none', timeMs: 86_400_000 },
  ] as const)
    expect(changesOf(toForm(own), own)).toEqual({ problems: {}, wishes: {} });
});

it('what is sent is what changed, and is what the hub takes', () => {
  const own = { turns: 50, costUsd: 5, timeMs: 'none' } as const;
  const form = {
    turns: { text: '', isNone: false },
    costUsd: { text: '5.00', isNone: false },
    timeMs: { text: '2h', isNone: false },
  };
  const { wishes } = changesOf(form, own);
  expect(wishes).toEqual({ turns: 'config', timeMs: 7_200_000 });
  const data = { agent: 'a', ...wishes };
  expect(watchdog.commands['agent.limits'].data.parse(data)).toEqual(data);
  const lifted = { ...form, turns: { text: 'whatever', isNone: true } };
  expect(changesOf(lifted, own).wishes).toMatchObject({ turns: 'none' });
});

it('each field has its own problem', () => {
  const form = Object.fromEntries(limitKinds.map((kind) => [kind, { text: 'x', isNone: false }]));
  expect(Object.keys(changesOf(form as never, {}).problems)).toEqual([...limitKinds]);
});
