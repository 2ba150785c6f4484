import { expect, it } from 'vitest';
import { afterUse, type StoredUses, weightsOf } from './uses.ts';

const day = 24 * 60 * 60_000;

function used(...uses: ReadonlyArray<[key: string, atMs: number]>): StoredUses {
  return uses.reduce<StoredUses>(
    (stored, [key, nowMs]) => afterUse(stored, { project: 'shop', key, nowMs }),
    [],
  );
}

function order(stored: StoredUses, nowMs: number): string[] {
  const weights = [...weightsOf(stored, 'shop', nowMs)];
  return weights.sort((a, b) => b[1] - a[1]).map(([key]) => key);
}

it('what is used often comes before what was used once since, and gives way in time', () => {
  const stored = used(['a', 0], ['a', day], ['a', 2 * day], ['b', 3 * day]);
  expect(order(stored, 3 * day)).toEqual(['a', 'b']);
  expect(order(afterUse(stored, { project: 'shop', key: 'b', nowMs: 20 * day }), 20 * day)).toEqual(
    ['b', 'a'],
  );
});

it('each repository has its own', () => {
  const stored = afterUse(used(['a', 0]), { project: 'site', key: 'b', nowMs: 1 });
  expect([...weightsOf(stored, 'shop', 1).keys()]).toEqual(['a']);
  expect([...weightsOf(stored, 'site', 1).keys()]).toEqual(['b']);
});

it('the least used are forgotten first, the newest never', () => {
  const many = Array.from({ length: 70 }, (_, at): [string, number] => [`k${at}`, at]);
  const stored = used(['often', 0], ['often', 0], ...many);
  const keys = stored[0]?.uses.map(({ key }) => key);
  expect(keys).toHaveLength(60);
  expect(keys).toContain('often');
  expect(keys?.[0]).toBe('k69');
  expect(keys).not.toContain('k0');
});

it('a clock that was set back weighs nothing more', () => {
  expect(weightsOf(used(['a', 5 * day]), 'shop', 0).get('a')).toBe(1);
});
