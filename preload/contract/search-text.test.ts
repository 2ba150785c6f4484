import { describe, expect, it } from 'vitest';
import { hitsIn, marksIn, parseSearch, wordsOf } from './search-text.ts';

const words = (text: string) => wordsOf(text).map(({ word }) => word);

describe('words', () => {
  it.each([
    ['The schema is in db/schema.sql.', ['the', 'schema', 'is', 'in', 'db', 'schema', 'sql']],
    ['Größe, CAFÉ, cafe\u0301, İstanbul', ['große', 'cafe', 'cafe', 'istanbul']],
    ['ﬁle ½ №5', ['file', '12', '5']],
    ['数据库と東京タワー', [...'数据库と東京タワー']],
    ['데이터', ['데', '이', '터']],
    ['がぎ', ['が', 'ぎ']],
    ['ship it 🚀!', ['ship', 'it', '🚀']],
    ['snake_case-and:more', ['snake', 'case', 'and', 'more']],
    ['\ud800 ( " * \0', []],
  ])('of %j are %j', (text, expected) => expect(words(text)).toEqual(expected));

  it('say where they stand', () =>
    expect(wordsOf('a, Größe')).toEqual([
      { word: 'a', start: 0, end: 1 },
      { word: 'große', start: 3, end: 8 },
    ]));

  it('that are very long are told apart by their beginning', () =>
    expect(words('x'.repeat(100_000))).toEqual(['x'.repeat(64)]));
});

describe('what was typed', () => {
  const term = (words: string, isPrefix = false) => ({ words: words.split(' '), isPrefix });
  it.each([
    ['Schema tests', [term('schema'), term('tests')]],
    ['"tests are" green', [term('tests are'), term('green')]],
    ['sche* "tests ar"*', [term('sche', true), term('tests ar', true)]],
    ['db/schema.sql', [term('db schema sql')]],
    ['"never closed', [term('never closed')]],
    ['数据库', [term('数 据 库')]],
    ['a*', [term('a')]],
    ['NEAR(a b, 2) AND -c OR {x}:y ^z', 'near a|b|2|and|c|or|x y|z'],
    ['( " * "" ', []],
    ['', []],
  ])('%j', (typed, expected) => {
    const found = parseSearch(typed);
    if (typeof expected === 'string')
      expect(found.map((one) => one.words.join(' ')).join('|')).toBe(expected);
    else expect(found).toEqual(expected);
  });
});

describe('hits', () => {
  const marked = (text: string, typed: string) =>
    hitsIn(text, parseSearch(typed))?.map(({ start, end }) => text.slice(start, end));
  it.each([
    ['The Schema, a schema', 'schema', ['Schema', 'schema']],
    ['tests are green', '"tests are" are', ['tests are']],
    ['tests are green', 'are gre*', ['are', 'green']],
    ['tests are green', 'tests red', undefined],
    ['tests are green', '"are tests"', undefined],
    ['新しい数据库です', '数据', ['数据']],
    ['anything', '', []],
  ])('in %j of %j', (text, typed, expected) => expect(marked(text, typed)).toEqual(expected));
});

it('marks are of whatever of it is there', () =>
  expect(marksIn('tests are green', parseSearch('"are green" red tes*'))).toEqual([
    { start: 0, end: 5 },
    { start: 6, end: 15 },
  ]));
