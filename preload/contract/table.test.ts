import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Table } from './table.ts';

/** Small, so that ids meet again; with names that every object has. */
const ids = fc.oneof(
  fc.constantFrom('constructor', '__proto__', 'toString', '1', '10', ''),
  fc.integer({ min: 0, max: 60 }).map((n) => `r-${n}`),
);
const steps = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('set' as const), id: ids, value: fc.nat(9) }),
    fc.record({ do: fc.constant('delete' as const), id: ids }),
  ),
  { maxLength: 200 },
);
type Step = typeof steps extends fc.Arbitrary<Array<infer S>> ? S : never;

function played(from: Table<number>, taken: readonly Step[]): Table<number> {
  return taken.reduce(
    (table, step) => (step.do === 'set' ? table.set(step.id, step.value) : table.delete(step.id)),
    from,
  );
}

function modelled(taken: readonly Step[]): Map<string, number> {
  const model = new Map<string, number>();
  for (const step of taken) {
    if (step.do === 'set') model.set(step.id, step.value);
    else model.delete(step.id);
  }
  return model;
}

describe('TABLE-1: a table is a map of its ids, in the order they came', () => {
  it('whatever is set and deleted', () => {
    fc.assert(
      fc.property(steps, (taken) => {
        const [table, model] = [played(Table.empty(), taken), modelled(taken)];
        expect(table.entries()).toEqual([...model]);
        expect(table.size).toBe(model.size);
        const visited = new Map<string, number>();
        table.forEach((record, id) => void visited.set(id, record));
        expect(visited).toEqual(model);
        for (const id of ['r-1', 'constructor', '__proto__', 'gone'])
          expect([table.get(id), table.has(id)]).toEqual([model.get(id), model.has(id)]);
      }),
    );
  });

  it('also where many ids have one hash', () => {
    // Found by search: both give the same 32 bits.
    const [a, b] = ['id-gqmib-12dh', 'id-brax5t-13wn'];
    const both = Table.empty<number>().set(a, 1).set(b, 2);
    expect(both.entries()).toEqual([
      [a, 1],
      [b, 2],
    ]);
    expect(both.delete(a).entries()).toEqual([[b, 2]]);
    expect(both.set(b, 3).differencesTo(both)).toEqual([{ id: b, before: 3, after: 2 }]);
    expect(both.get('neither')).toBeUndefined();
  });
});

it('TABLE-1: one that is made of rows is the one that they were set in, to its very shape', () => {
  const rows = fc.array(fc.tuple(fc.oneof(ids, fc.string()), fc.nat(9)), { maxLength: 300 });
  const sameHash: Array<[string, number]> = [
    ['id-gqmib-12dh', 1],
    ['id-brax5t-13wn', 2],
  ];
  fc.assert(
    fc.property(rows, fc.boolean(), (some, hasSame) => {
      const all = hasSame ? [...some, ...sameHash] : some;
      const oneByOne = all.reduce((table, row) => table.set(...row), Table.empty<number>());
      expect(Table.of(all)).toEqual(oneByOne);
    }),
  );
});

describe('TABLE-2: a table is never changed, and what changes nothing gives the same table', () => {
  it('a record that is there already', () => {
    const table = Table.of([['a', { n: 1 }]]);
    const { a } = table.toJSON();
    expect(table.set('a', a as { n: number })).toBe(table);
    expect(table.update('a', (record) => record)).toBe(table);
  });

  it('an id that is not there, also one that every object has', () => {
    const table = Table.of([['a', 1]]);
    for (const id of ['b', 'constructor', '__proto__']) {
      expect(table.update(id, () => 2)).toBe(table);
      expect(table.delete(id)).toBe(table);
    }
  });

  it('the one before is as it was', () => {
    fc.assert(
      fc.property(steps, steps, (before, after) => {
        const table = played(Table.empty(), before);
        const seen = table.entries();
        played(table, after);
        expect(table.entries()).toEqual(seen);
      }),
    );
  });
});

describe('TABLE-3: differences are what one has and the other has not, or has otherwise', () => {
  it('between any two tables, related or not', () => {
    fc.assert(
      fc.property(steps, steps, fc.boolean(), (first, second, isRelated) => {
        const before = played(Table.empty(), first);
        const after = played(isRelated ? before : Table.empty(), second);
        const found = before.differencesTo(after);
        const all = new Set([...before.keys(), ...after.keys()]);
        const expected = [...all]
          .filter((id) => before.get(id) !== after.get(id))
          .map((id) => ({ id, before: before.get(id), after: after.get(id) }));
        const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
        expect(found.sort(byId)).toEqual(expected.sort(byId));
      }),
    );
  });
});
