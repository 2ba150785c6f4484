// The command checks by shapes made of the contract; here whatever can be said by each is held against the contract.

import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { manifest } from '../../main/cli/manifest.ts';
import { fits, type Shape } from '../../main/cli/shape.ts';
import { commandDefs, queryDefs } from '../../preload/contract/features.ts';
import { gatewayCommands, gatewayQueries } from '../../preload/contract/gateway.ts';
import { rounds } from '../harness/rounds.ts';

/** Mostly what fits, often at a limit, sometimes beyond it, and sometimes anything at all. */
function anyValue(shape: Shape): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 99, arbitrary: nearly(shape) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
}

function nearly(shape: Shape): fc.Arbitrary<unknown> {
  if (shape.anyOf !== undefined) return fc.oneof(...shape.anyOf.map(anyValue));
  if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
  switch (shape.type) {
    case undefined:
      return fc.jsonValue();
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'string':
      return text(shape);
    case 'number':
    case 'integer':
      return number(shape);
    case 'array':
      if (shape.prefixItems !== undefined) return fc.tuple(...shape.prefixItems.map(anyValue));
      return fc.array(anyValue(shape.items ?? {}), { maxLength: Math.min(shape.maxItems ?? 3, 3) });
    case 'object':
      return fields(shape);
  }
}

function text({ minLength = 0, maxLength = 9, pattern }: Shape): fc.Arbitrary<string> {
  if (pattern !== undefined)
    return fc.oneof(
      { weight: 9, arbitrary: fc.stringMatching(new RegExp(pattern)) },
      { weight: 1, arbitrary: fc.constantFrom('', ' ', '-x', 'é') },
    );
  const limits = [minLength - 1, minLength, maxLength, maxLength + 1].filter((size) => size >= 0);
  return fc.oneof(
    { weight: 9, arbitrary: fc.string({ minLength, maxLength: Math.min(maxLength, 9) }) },
    { weight: 1, arbitrary: fc.constantFrom(...limits.map((size) => 'x'.repeat(size))) },
    { weight: 1, arbitrary: fc.constantFrom(' ', ' x', 'x\n', '𝔞'.repeat(maxLength / 2)) },
  );
}

function number({ type, minimum = -9, maximum = 9 }: Shape): fc.Arbitrary<number> {
  const limits = [minimum - 1, minimum, maximum, maximum + 1, 0, 0.5, 2 ** 53];
  const inside = type === 'integer' ? fc.integer({ min: minimum, max: maximum }) : fc.nat();
  return fc.oneof(
    { weight: 9, arbitrary: inside },
    { weight: 1, arbitrary: fc.constantFrom(...limits) },
  );
}

function fields({ properties = {}, additionalProperties }: Shape): fc.Arbitrary<object> {
  const names = Object.keys(properties);
  const known: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(
    Object.entries(properties).map(([name, shape]) => [name, anyValue(shape)]),
  );
  const more = fc.dictionary(fc.string(), anyValue(additionalProperties || {}), { maxKeys: 2 });
  const some = fc.record(known, { requiredKeys: [] as string[] });
  const all = fc.record(known, { requiredKeys: names });
  const own = fc.oneof({ weight: 3, arbitrary: all }, { weight: 1, arbitrary: some });
  return fc.oneof(
    { weight: additionalProperties ? 0 : 9, arbitrary: own },
    { weight: 1, arbitrary: fc.tuple(own, more).map(([a, b]) => ({ ...b, ...a })) },
  );
}

function asSent(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** Each field of it, however deep, is in what the schema makes of it; defaults may have come. */
function isKept(value: unknown, parsed: unknown): boolean {
  if (typeof value !== 'object' || value === null) return isDeepStrictEqual(value, parsed);
  if (typeof parsed !== 'object' || parsed === null) return false;
  if (Array.isArray(value) && value.length !== (parsed as unknown[]).length) return false;
  return Object.entries(value).every(([name, field]) =>
    isKept(field, (parsed as Record<string, unknown>)[name]),
  );
}

interface Judged {
  readonly shape: Shape;
  /** What the contract says of a value: that it takes it, and as it is. */
  takes(value: unknown): boolean;
}

/** A shape says yes just where the contract does; where it says of itself that it is open, never where that does not. */
function judge({ shape, takes }: Judged): void {
  const isOpen = JSON.stringify(shape).includes('"isOpen"');
  let taken = 0;
  const property = fc.property(anyValue(shape).map(asSent), (value) => {
    const isTaken = takes(value);
    taken += isTaken ? 1 : 0;
    if (!isOpen || !isTaken) expect(fits(shape, value)).toBe(isTaken);
  });
  // Of a result with very many fields few of the values fit in all of them.
  for (let round = 0; round === 0 || (taken === 0 && round < 100); round++)
    fc.assert(property, { numRuns: rounds(30, 3_000) });
  expect(taken).toBeGreaterThan(0);
}

describe.each(manifest)('$type', ({ type, data, result }) => {
  const all = [commandDefs, queryDefs, gatewayCommands, gatewayQueries];
  const def = all.map((defs) => defs.get(type)).find((one) => one !== undefined);

  it('takes what its contract takes as it is', () => {
    judge({
      shape: data,
      takes(value) {
        const parsed = def && z.safeParse(def.data, value);
        return parsed?.success === true && isKept(value, parsed.data);
      },
    });
  });

  it('gives what its contract gives as it is', () => {
    judge({
      shape: result,
      takes(value) {
        const parsed = def && z.safeParse(def.result, value);
        return parsed?.success === true && isDeepStrictEqual(value, parsed.data);
      },
    });
  });
});
