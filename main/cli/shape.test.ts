import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fits } from './shape.ts';
import { shapeOf } from './shape-of.ts';

const agent = z.object({
  id: z.string().min(1).max(3),
  note: z.string().optional(),
  exit: z.number().nullable(),
  all: z.boolean().default(false),
});

describe('what the schema surely takes, and gives back as it is', () => {
  it.each([
    [z.string().min(2).max(3), ['ab', 'abc'], ['a', 'abcd', 1, null, undefined]],
    // zod counts units: one letter, two of them.
    [z.string().max(1), ['a'], ['𝔞']],
    [z.string().regex(/^[0-9a-f]+$/), ['a1'], ['A1', 'x']],
    [z.string().trim().min(1), ['a b'], ['', ' ', ' a', 'a\n']],
    [z.number().min(1).max(2), [1, 1.5, 2], [0, 3, '1', Number.NaN]],
    [z.number().gt(1).lt(2), [1.5], [1, 2]],
    [z.coerce.number().int(), [-1, 0, 7], [0.5, 2 ** 53, Infinity]],
    [z.enum(['a', 'b']), ['a'], ['c', undefined]],
    [z.boolean(), [true, false], ['true', 0]],
    [z.array(z.string()).min(1).max(2), [['a'], ['a', 'b']], [[], ['a', 'b', 'c'], [1], {}]],
    [
      z.tuple([z.string(), z.number()]),
      [['a', 1]],
      [['a'], ['a', 'b'], ['a', 1, 2], [], { 0: 'a', 1: 1 }],
    ],
    [z.record(z.string(), z.number()), [{}, { a: 1 }], [{ a: 'x' }, [], null]],
    [z.union([z.literal('x'), z.number()]), ['x', 3], ['y', null]],
    [z.object({ any: z.unknown() }), [{ any: null }, { any: { a: [] } }], [{ any: undefined }]],
    [
      agent,
      [
        { id: 'a', exit: null, all: true },
        { id: 'a', exit: 1, all: false, note: '' },
      ],
      // The schema takes two of these, and gives back others.
      [
        { id: 'a', exit: 1 },
        { id: 'a', exit: 1, all: true, more: 1 },
        { id: 'a', all: true },
      ],
    ],
  ])('%#', (schema, well, open) => {
    const shape = shapeOf(schema, 'output');
    for (const value of well) {
      expect([value, fits(shape, value)]).toEqual([value, true]);
      expect(schema.parse(value)).toEqual(value);
    }
    for (const value of open) expect([value, fits(shape, value)]).toEqual([value, false]);
  });

  it('may be left out where there is a default, when it is sent', () => {
    expect(fits(shapeOf(agent, 'input'), { id: 'a', exit: 1 })).toBe(true);
  });

  it('is no field that every object has anyway', () => {
    expect(fits(shapeOf(z.object({}), 'input'), JSON.parse('{"toString": 1}'))).toBe(false);
    const record = shapeOf(z.record(z.string(), z.unknown()), 'output');
    expect(fits(record, JSON.parse('{"__proto__": 1}'))).toBe(false);
  });
});

describe('what JSON Schema does not tell', () => {
  it.each([
    ['a check of ours', z.string().refine((text) => text !== 'no')],
    ['a change of ours', z.string().transform((text) => text.length)],
    ['a change of the text', z.string().toLowerCase()],
    ['flags of a pattern', z.string().regex(/^a$/im)],
    ['a format', z.email()],
    ['a catch', z.string().catch('x')],
    ['a step', z.number().multipleOf(2)],
    ['objects of which the first that does is taken', z.union([z.object({}), agent])],
    ['something inside', z.object({ a: z.array(z.string().refine(() => true)).optional() })],
  ])('%s leaves it open', (_, schema) => {
    const shape = shapeOf(schema, 'input');
    for (const value of ['no', 'yes', 'a', 'A', 'a@b.example', 2, { a: ['x'] }])
      expect([value, fits(shape, value)]).toEqual([value, false]);
  });
});
