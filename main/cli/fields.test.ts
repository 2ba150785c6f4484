import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldsOf } from './fields.ts';
import { jsonSchemaOf } from './shape-of.ts';

function fieldsFor(data: z.ZodType, args: string[] = []) {
  return fieldsOf(jsonSchemaOf(data, 'input'), args);
}

it.each([
  ['diffHash', z.string(), '--diff-hash', 'text'],
  ['waitMs', z.coerce.number().optional(), '--wait', 'duration'],
  ['limit', z.number().nullable(), '--limit', 'number'],
  ['options', z.array(z.string()), '--option', 'list'],
  ['choices', z.array(z.string()), '--choice', 'list'],
  ['branches', z.array(z.string()), '--branch', 'list'],
  ['entries', z.array(z.number()), '--entry', 'list'],
  ['access', z.array(z.string()), '--access', 'list'],
  ['action', z.object({ type: z.string() }), '--action', 'json'],
  ['when', z.union([z.string(), z.number()]), '--when', 'json'],
  ['costUsd', z.number(), '--cost', 'number'],
  ['timeMs', z.union([z.number(), z.enum(['none'])]), '--time', 'duration'],
  ['turns', z.union([z.number().int(), z.enum(['none'])]).optional(), '--turns', 'number'],
  ['all', z.boolean().default(false), '--all', 'boolean'],
] as const)('%s is spelled and read by its schema', (...[name, schema, spelling, kind]) => {
  expect(fieldsFor(z.object({ [name]: schema }))).toMatchObject([{ spelling, kind }]);
});

it('positional fields come first, in their order', () => {
  const data = z.object({ c: z.string(), b: z.array(z.string()), a: z.string() });
  const shown = fieldsFor(data, ['a', '...b']).map(({ spelling, position }) => [
    spelling,
    position,
  ]);
  expect(shown).toEqual([
    ['a', 'word'],
    ['b', 'rest'],
    ['--c', 'flag'],
  ]);
});

it('what has a default or is optional is not required', () => {
  const data = z.object({ a: z.string(), b: z.string().default('x'), c: z.string().optional() });
  expect(fieldsFor(data).map(({ isRequired }) => isRequired)).toEqual([true, false, false]);
});

it('help speaks of durations, ranges and defaults, not of milliseconds', () => {
  const data = z.object({
    waitMs: z.number().default(30_000).describe('How long to wait, milliseconds, at most 60000'),
    limit: z.number().int().min(1).max(500).default(50),
  });
  expect(fieldsFor(data).map(({ help }) => help)).toEqual([
    'How long to wait (60s, 10m, 2h, 1d; a plain number is seconds; default 30s)',
    'Limit (1 to 500; default 50)',
  ]);
});

it('input that is no plain object is given whole', () => {
  expect(
    fieldsFor(z.union([z.object({ a: z.string() }), z.object({ b: z.string() })])),
  ).toMatchObject([{ spelling: '--data', kind: 'json' }]);
});
