import { expect, it } from 'vitest';
import { format, isWhole, parseOffer } from './words.ts';

const offer = {
  ...{ format, hostId: 'h', opened: 3, ends: [], recordedEnds: [], keepers: [] },
  ...{ terminals: 1, screens: 0 },
};
const one = { id: 'p/a.1', pid: 7, cols: 80, rows: 24 };
const other = { ...one, id: 'p/b.1', pid: 8 };

it('an offer of this format is understood, also with what a later version adds', () => {
  expect(parseOffer({ offer: { ...offer, more: true } })).toMatchObject({ hostId: 'h' });
});

it.each([
  ['nothing', undefined],
  ['another word', { terminal: one }],
  ['another format', { offer: { ...offer, format: format + 1 } }],
  ['no host', { offer: { ...offer, hostId: undefined } }],
  ['a count that is none', { offer: { ...offer, terminals: -1 } }],
  ['a list that is none', { offer: { ...offer, keepers: {} } }],
])('%s is no offer', (_what, said) => {
  expect(parseOffer(said)).toBeUndefined();
});

it('what was taken in another order is whole', () => {
  expect(isWhole([one, other], [other, one])).toBe(true);
  expect(isWhole([], [])).toBe(true);
});

it.each([
  ['nothing was said', undefined],
  ['one is missing', [one]],
  ['one is there twice', [one, one]],
  ['there is one more', [one, other, { ...one, id: 'p/c.1' }]],
  ['it is another program', [one, { ...other, pid: 9 }]],
  ['it is of another size', [one, { ...other, cols: 81 }]],
  ['it is nothing', [one, null]],
])('it is not whole when %s', (_what, took) => {
  expect(isWhole([one, other], took)).toBe(false);
});
