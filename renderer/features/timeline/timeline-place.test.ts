import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isNarrowed, parsePlace, toAsk, toTarget, withoutFilters } from './timeline-place.ts';

it('a place is the same after it was an address', () => {
  const word = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((text) => /^[a-z0-9.-]+$/.test(text));
  const place = fc.record(
    {
      at: fc.integer({ min: 1, max: 1e12 }),
      agent: word,
      story: word,
      type: word,
      text: fc.string({ minLength: 1, maxLength: 20 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(place, (one) => {
      expect(parsePlace(toTarget(one))).toEqual(one);
    }),
  );
});

it('what makes no sense in an address is left out', () => {
  expect(parsePlace('at/abc/agent//text/%E0%A4%A')).toEqual({ text: '%E0%A4%A' });
  expect(parsePlace(undefined)).toEqual({});
  expect(parsePlace('at/-3')).toEqual({});
});

it('a moment alone narrows nothing', () => {
  expect(isNarrowed({ at: 7 })).toBe(false);
  expect(isNarrowed({ at: 7, text: 'x' })).toBe(true);
  expect(withoutFilters({ at: 7, agent: 'a' })).toEqual({ at: 7 });
  expect(toAsk({ at: 7, text: '  schema ' })).toEqual({ text: 'schema' });
});
