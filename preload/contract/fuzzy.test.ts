import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf, scoreOf, toHaystack, toWords } from './fuzzy.ts';

function score(typed: string, text: string, isLoose = false): number {
  return scoreOf(toWords(typed), toHaystack(text), isLoose);
}

function marked(typed: string, text: string): string {
  const marks = marksOf(toWords(typed), toHaystack(text));
  return marks.map(([from, to]) => text.slice(from, to)).join('|');
}

/** The texts that fit, the best first. */
function ranked(typed: string, texts: readonly string[], isLoose = false): string[] {
  const scored = texts.map((text) => ({ text, value: score(typed, text, isLoose) }));
  const fitting = scored.filter(({ value }) => value > 0);
  return fitting.sort((a, b) => b.value - a.value).map(({ text }) => text);
}

it('the beginning counts most, then the beginning of a word, then any place, then letters left out', () => {
  const texts = ['unpinned', 'big pine', 'pin', 'pinned', 'p. i. nothing'];
  expect(ranked('pin', texts)).toEqual(['pin', 'pinned', 'big pine', 'unpinned', 'p. i. nothing']);
});

it.each([
  ['words in any order', 'inbox go', 'Go to Inbox'],
  ['the first letters of words', 'gti', 'Go to Inbox'],
  ['letters left out', 'bckend', 'backend'],
  ['vowels left out', 'ntfctns', 'notifications'],
  ['accents', 'uber', 'Über das Ändern'],
  ['typed with accents', 'über', 'uber'],
  ['a number', '42', 's-42 Sort the table'],
])('strictly: %s', (_what, typed, text) => {
  expect(score(typed, text)).toBeGreaterThan(0);
});

it.each([
  ['one letter wrong', 'bavkend', 'backend'],
  ['letters in each other’s place', 'bakcend', 'backend'],
  ['one too many', 'backkend', 'backend'],
  ['in a part of it', 'revuew', 'Go to Review'],
  ['at the very beginning', 'abckend', 'backend'],
  ['two in a long word', 'notifcatoins', 'Notifications'],
  ['one word right, one mistyped', 'stop bakcend', 'backend: stop'],
])('only loosely: %s', (_what, typed, text) => {
  expect(score(typed, text)).toBe(0);
  expect(score(typed, text, true)).toBeGreaterThan(0);
});

it.each([
  ['a word that is not there', 'stop frontend', 'backend: stop'],
  ['letters strewn over the text', 'zap', 'organize all the pages'],
  ['a short word mistyped', 'aip', 'api'],
  ['nothing', '', 'backend'],
])('never: %s', (_what, typed, text) => {
  expect(score(typed, text, true)).toBe(0);
});

it('a slip never comes before what was meant letter for letter', () => {
  expect(ranked('stops', ['stoops', 'It stops here'], true)).toEqual(['It stops here', 'stoops']);
});

it('in a path, the name of the file counts more than its folders', () => {
  const paths = ['palette/index.ts', 'shell/palette.ts', 'shell/palette/rows.tsx'];
  const value = (path: string) =>
    scoreOf(toWords('palette'), toHaystack(path, path.lastIndexOf('/') + 1));
  expect(paths.toSorted((a, b) => value(b) - value(a))[0]).toBe('shell/palette.ts');
});

describe('what fits is marked', () => {
  it.each([
    ['inbox go', 'Go to Inbox', 'Go|Inbox'],
    ['gti', 'Go to Inbox', 'G|t|I'],
    ['bakcend', 'the backend team', 'backend'],
    ['uber', 'Über', 'Über'],
    ['ab bc', 'abc', 'abc'],
  ])('%j in %j', (typed, text, expected) => {
    expect(marked(typed, text)).toBe(expected);
  });
});

const anyText = fc.string({ unit: 'binary', maxLength: 30 });

it('marks lie in the text, in order and apart, whatever is typed', () => {
  fc.assert(
    fc.property(anyText, anyText, (typed, text) => {
      const hay = toHaystack(text);
      expect(hay.text.length).toBe(Math.min(text.length, 400));
      let end = -1;
      for (const [from, to] of marksOf(toWords(typed), hay)) {
        expect(from).toBeGreaterThan(end);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
        end = to;
      }
    }),
  );
});
