// Bodies that are nearly what a schema wants: made from it, then broken in one place or two.

import fc from 'fast-check';
import { z } from 'zod';

interface Schema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Data that the schema takes, mostly; `words` stand for names that mean something where it is sent. */
export function nearlyValid(
  schema: z.core.$ZodType,
  words: readonly string[],
): fc.Arbitrary<unknown> {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
  return arbitraryOf(json, fc.constantFrom(...words));
}

/** The same, broken in up to three places: left out, of another type, doubled, deep, huge, or with more beside it. */
export function broken(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const breaks = fc.array(fc.tuple(fc.nat(), odd), { minLength: 1, maxLength: 3 });
  return fc
    .tuple(valid, breaks)
    .map(([value, places]) =>
      places.reduce<unknown>((left, [place, strange]) => replaceAt(left, place, strange), value),
    );
}

const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(undefined, null, true, -1, 0, 1e308, Number.MAX_SAFE_INTEGER + 2, 1.5, '', ' '),
  fc.constantFrom('__proto__', '\u0000', '\ud800', '../../etc/passwd', '<what>', '-x', '*'),
  fc.constantFrom([], {}, [[]], [null], { __proto__: null, constructor: 1 }, { toString: 1 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constant('x'.repeat(120_000)),
  fc.constant(JSON.parse(`${'['.repeat(200)}${']'.repeat(200)}`)),
  fc.jsonValue({ maxDepth: 3 }),
);

function arbitraryOf(schema: Schema, words: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => arbitraryOf(one, words)));
  switch (schema.type) {
    case 'object':
      return objectOf(schema, words);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, words), { maxLength: 3 });
    case 'string':
      return fc.oneof(words, fc.string({ maxLength: 20 }));
    case 'number':
      return fc.double({ ...rangeOf(schema), noNaN: true });
    case 'integer':
      return fc.integer(rangeOf(schema));
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function rangeOf({ minimum = 0, maximum = 1_000 }: Schema): { min: number; max: number } {
  return { min: Math.max(minimum, -1_000_000), max: Math.min(maximum, 1_000_000) };
}

function objectOf(schema: Schema, words: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const fields = Object.entries(schema.properties ?? {});
  const model = Object.fromEntries(fields.map(([name, one]) => [name, arbitraryOf(one, words)]));
  return fc.record(model, { requiredKeys: [...(schema.required ?? [])] });
}

/** Every value has a place, counted depth first; the place is taken modulo their number. */
function replaceAt(value: unknown, place: number, strange: unknown): unknown {
  const target = place % sizeOf(value);
  const rest = { left: target };
  return walk(value, rest, strange);
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, one) => sum + sizeOf(one), 1);
}

function walk(value: unknown, rest: { left: number }, strange: unknown): unknown {
  if (rest.left === 0) {
    rest.left -= 1;
    return strange;
  }
  rest.left -= 1;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => walk(one, rest, strange));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, walk(one, rest, strange)]),
  );
}
