import { describe, expect, it } from 'vitest';
import type { IntendedFile, IntentRecord, Region } from '../../../preload/contract/intents.ts';
import { coveringIn, isOverlapping, overlapOf } from './overlap.ts';
import { pathProblem } from './paths.ts';

const paths = (one: IntendedFile, other: IntendedFile) =>
  overlapOf([one], [other]).map(({ path }) => path);

it.each([
  // Files, however they are written.
  ['src/a.ts', 'src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src\\a.ts', 'src/a.ts'],
  ['src/./a.ts', 'src/a.ts', 'src/a.ts'],
  ['src/a.ts', 'src/A.ts', 'src/a.ts'],
  ['src/*.TS', 'SRC/a.ts', 'SRC/a.ts'],
  ['Docs/**/*.md', 'docs/guide/*', 'Docs/**/*.md'],
  ['DOCS', 'docs/a.md', 'docs/a.md'],
  ['src/a.ts', 'src/a.tsx', undefined],
  ['u\u0308.md', 'ü.md', 'ü.md'],
  // Folders: all below them.
  ['src', 'src/a.ts', 'src/a.ts'],
  ['src/', 'src/deep/a.ts', 'src/deep/a.ts'],
  ['src', 'srca.ts', undefined],
  ['src/', 'src2/a.ts', undefined],
  // A pattern and a file.
  ['src/*.ts', 'src/a.ts', 'src/a.ts'],
  ['src/*.ts', 'src/deep/a.ts', undefined],
  ['**/*.sql', 'db/deep/a.sql', 'db/deep/a.sql'],
  ['**/*.sql', 'a.sql', 'a.sql'],
  ['src/{a,b}.ts', 'src/b.ts', 'src/b.ts'],
  ['src/{a,b}.ts', 'src/c.ts', undefined],
  ['src/?.ts', 'src/a.ts', 'src/a.ts'],
  ['**', '.env', '.env'],
  ['src/*.ts', 'src', 'src'],
  // Brackets and the like stand for themselves.
  ['app/[id]/*.tsx', 'app/[id]/page.tsx', 'app/[id]/page.tsx'],
  ['app/[id]/*.tsx', 'app/i/page.tsx', undefined],
  ['app/(shop)/*.tsx', 'app/(shop)/page.tsx', 'app/(shop)/page.tsx'],
  ['(a+)+*', 'aaaa', undefined],
  ['!src/*', 'src/a', undefined],
  // Two patterns: by their beginnings and ends.
  ['src/**/*.ts', 'src/ui/**', 'src/**/*.ts'],
  ['src/**/*.ts', 'src/**/*.css', undefined],
  ['src/a*', 'src/b*', undefined],
  ['src/**/*.ts', 'test/**/*.ts', undefined],
  ['**/index.ts', 'index.*', '**/index.ts'],
  ['src/**/x.ts', 'src/x.*', 'src/**/x.ts'],
])('%s against %s: %s', (one, other, met) => {
  expect(paths(one, other)).toEqual(met === undefined ? [] : [met]);
  expect(isOverlapping([other], [one])).toBe(met !== undefined);
});

const named = (name: string, kind: 'function' | 'class' = 'function'): Region => ({ kind, name });
const block = (anchor: string): Region => ({ kind: 'block', anchor });
const range = (startLine: number, endLine: number): Region => ({
  kind: 'range',
  startLine,
  endLine,
});

describe('regions of one file', () => {
  it.each([
    ['lines that share one', range(1, 5), range(5, 9), 'sure'],
    ['lines apart', range(1, 4), range(5, 9), 'no'],
    ['one name', named('login'), named('login'), 'sure'],
    ['two names', named('login'), named('logout'), 'no'],
    ['case and separators', named('parse_config'), named('parseConfig'), 'sure'],
    ['a keyword and brackets', named('fn parse_config(x: u8)'), named('Parse-Config'), 'sure'],
    ['more keywords', named('export async function go()'), named('def go'), 'sure'],
    ['a name that is a keyword', named('class'), named('function'), 'no'],
    ['a name of separators alone', named('__'), named('--'), 'no'],
    ['headings', block('## Set up'), block('set-up'), 'sure'],
    ['one name of two kinds', named('Login'), named('login', 'class'), 'hint'],
    ['lines against a name', range(1, 4), named('login'), 'hint'],
  ])('%s', (...[, one, other, met]) => {
    const [found] = overlapOf(
      [{ path: 'a.ts', regions: [one] }],
      [{ path: 'a.ts', regions: [other] }],
    );
    const kind = found === undefined ? 'no' : found.hint === undefined ? 'sure' : 'hint';
    expect(kind).toBe(met);
  });

  it('meet a file that is meant whole, and one without any', () => {
    const part = { path: 'a.ts', regions: [range(1, 2)] };
    expect(overlapOf([part], ['a.ts'])).toHaveLength(1);
    expect(overlapOf([part], [{ path: 'a.ts', regions: [] }])).toHaveLength(1);
    expect(overlapOf([part], ['*.ts'])).toHaveLength(1);
  });

  it('named in several entries count together, and what is sure goes before a hint', () => {
    const split = [1, 20].map((at) => ({ path: 'a.ts', regions: [range(at, at + 1)] }));
    expect(overlapOf(split, [{ path: 'a.ts', regions: [named('x'), range(21, 30)] }])).toEqual([
      { path: 'a.ts', reason: 'said' },
    ]);
  });
});

const intent = (agent: string, files: IntendedFile[]): IntentRecord => ({
  ...{ agent, files, summary: 's', exclusive: false, declaredMs: 0, untilMs: 1, seq: 1 },
});

it('of a file that was written it is known who means it, and whether all of it', () => {
  const regions = [range(1, 2)];
  const covering = coveringIn([
    intent('a', ['src/x.ts', 'docs/']),
    intent('b', ['src/*.ts', { path: 'docs/y.md', regions }]),
  ]);
  const said = (path: string) =>
    covering(path).map((one) => `${one.intent.agent} ${one.isWhole ? 'whole' : 'part'}`);
  expect(said('src/x.ts')).toEqual(['a whole', 'b whole']);
  expect(said('docs/y.md')).toEqual(['b part', 'a whole']);
  expect(said('README.md')).toEqual([]);
});

it.each([
  ['/etc/passwd', 'absolute'],
  ['C:\\a.ts', 'absolute'],
  ['../other/a.ts', '..'],
  ['a/../../b', '..'],
  ['.', 'no file'],
  ['./', 'no file'],
  ['*a*b*c*d', 'too many wildcards'],
  ['**/a/**/b/**/c/**', 'too many wildcards'],
  [`{${'a,'.repeat(30)}}`, 'too many wildcards'],
  ['a/'.repeat(200), 'too long'],
  ['a'.repeat(256), 'too long'],
])('%s is refused: %s', (path, why) => {
  expect(pathProblem(path)).toContain(why);
});

it.each(['a', '.env', 'src/', '..a/b', '**', 'a b.ts', 'app/[...slug]/x', '@types/x.d.ts'])(
  '%s is taken',
  (path) => {
    expect(pathProblem(path)).toBeUndefined();
  },
);

it('a pattern made to be slow is not', () => {
  const deep = `${'a/'.repeat(98)}x`;
  expect(isOverlapping(['**/a/**/a/**/b'], [deep])).toBe(false);
  expect(isOverlapping(['*a*a*b'], ['a'.repeat(255)])).toBe(false);
  const written = coveringIn([intent('a', ['**/a/**/a/**/b'])]);
  expect(written(`${'a/'.repeat(2_000)}x`)).toEqual([]);
});
