import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SortedMap } from './sorted-map.ts';

const name = fc.string({ unit: fc.constantFrom('a', 'b', '/', '0', 'ä'), maxLength: 4 });
const letters = ['', 'a', 'b', '/', '0', 'ä'];
const pairs = letters.flatMap((one) => letters.map((other) => one + other));
/** Some of a thousand: several pieces. */
const many = fc.subarray([...new Set(pairs.flatMap((one) => pairs.map((other) => one + other)))]);
const range = fc.tuple(name, name).map((both) => both.sort());
const change = fc.record({ range, names: fc.uniqueArray(name, { maxLength: 5 }) });

it('is after each change what a sorted list would be, and the one before it stays as it was', () => {
  fc.assert(
    fc.property(many, fc.array(change), (start, changes) => {
      let model = new Map(start.map((one) => [one, 0]));
      let map = SortedMap.of(model);
      for (const [
        index,
        {
          range: [from = '', to = ''],
          names,
        },
      ] of changes.entries()) {
        const before = [...map];
        const put = names.filter((one) => from <= one && one < to).sort();
        const next = map.replaced(
          from,
          to,
          put.map((one) => [one, index]),
        );
        expect([...map]).toEqual(before);
        model = new Map([...model].filter(([one]) => !(from <= one && one < to)));
        for (const one of put) model.set(one, index);
        map = next;
        expect([...map]).toEqual([...model].sort(([a], [b]) => (a < b ? -1 : 1)));
        expect(map.size).toBe(model.size);
        for (const one of [from, to, ...names]) {
          expect(map.get(one)).toBe(model.get(one));
          expect(map.has(one)).toBe(model.has(one));
        }
      }
    }),
  );
});

it('a change of one among 20,000 shares nearly all of them', () => {
  const names = Array.from({ length: 20_000 }, (_, n) => `f${String(n).padStart(5, '0')}`);
  const map = SortedMap.of(new Map(names.map((one) => [one, 'old'])));
  const pieces = (of: SortedMap<string>) => (of as unknown as { pieces: unknown[] }).pieces;
  const next = map.replaced('f10000', 'f10000\0', [['f10000', 'new']]);
  const known = new Set(pieces(map));
  expect(pieces(next).filter((piece) => !known.has(piece))).toHaveLength(1);
  expect([...next.keys()]).toEqual(names);
});
