import { describe, expect, it } from 'vitest';
import { mergeOrder } from './merge-order.ts';
import { type OwnChange, type OwnPaths, ownPaths } from './own-paths.ts';
import { mostIndexed, PathIndex } from './path-index.ts';
import { touchedPaths } from './touched-paths.ts';

const paths = (own: Readonly<Record<string, OwnChange>>): OwnPaths => new Map(Object.entries(own));
const dirty = (kind: 'added' | 'modified' | 'deleted' | 'untracked' | 'type-changed') =>
  new Map([['f', { kind, isStaged: false }]]);

type Own = Readonly<Record<string, OwnChange>>;

describe('two agents meet', () => {
  const rows: readonly (readonly [title: string, a: Own, b: Own, meets: boolean])[] = [
    ['at one path', { 'd/f': 'modified' }, { 'd/f': 'deleted' }, true],
    ['nowhere, in one folder', { 'd/f': 'modified' }, { 'd/g': 'modified' }, false],
    ['nowhere, where a name begins alike', { d: 'added' }, { 'de/f': 'added' }, false],
    ['where a file is in place of a folder', { d: 'added' }, { 'd/e/f': 'modified' }, true],
    ['where a folder may have been renamed', { 'd/f': 'deleted' }, { 'd/e/g': 'added' }, true],
    ['not for that where nothing was added', { 'd/f': 'deleted' }, { 'd/g': 'modified' }, false],
    ['not for that at the root', { f: 'deleted' }, { g: 'added' }, false],
  ];
  it.each(rows.map(([title, ...row]) => ({ title, row })))('$title', ({ row }) => {
    const [a, b, meets] = row;
    const index = new PathIndex();
    index.put('a', paths(a));
    index.put('b', paths(b));
    const found = [index.meeting('a').has('b'), index.meeting('b').has('a'), index.meets('a', 'b')];
    expect(found).toEqual([meets, meets, meets]);
    index.put('a', paths({}));
    expect(index.meeting('b').size).toBe(0);
    index.put('a', paths(a));
    index.drop('b');
    expect(index.meeting('a').size).toBe(0);
  });

  it.each(rows.map(([title, ...row]) => ({ title, row })))(
    '$title, of very many paths too',
    ({ row }) => {
      const [a, b, meets] = row;
      const many = (length: number) =>
        Array.from({ length }, (_, n) => [`many/${length}/f${n}`, 'modified'] as const);
      const index = new PathIndex();
      for (const others of [[], many(mostIndexed + 2)]) {
        index.put('a', new Map([...many(mostIndexed + 1), ...paths(a)]));
        index.put('b', new Map([...others, ...paths(b)]));
        const at = Object.keys(b);
        const found = [index.meetingAt('b', at).has('a'), index.meets('a', 'b')];
        expect(found).toEqual([meets, meets]);
      }
      index.put('a', paths({ 'elsewhere/f': 'modified' }));
      expect(index.meets('a', 'b')).toBe(false);
    },
  );

  it('wherever nobody knows what one changed', () => {
    const index = new PathIndex();
    index.put('a', paths({}), true);
    index.put('b', paths({ g: 'modified' }));
    const found = [index.meeting('a'), index.meetingAt('b', ['g'])].map((some) => some.size);
    expect([...found, index.meets('a', 'b'), index.touches('a', 'x')]).toEqual([1, 1, true, true]);
  });

  it('at a path that was written, and not at others', () => {
    const index = new PathIndex();
    index.put('a', paths({ f: 'modified', g: 'modified' }));
    index.put('b', paths({ g: 'modified' }));
    expect(index.meetingAt('a', ['f']).size).toBe(0);
    expect([...index.meetingAt('a', ['g'])]).toEqual(['b']);
  });
});

it.each([
  [undefined, 'untracked', 'added'],
  [undefined, 'type-changed', 'modified'],
  ['added', 'modified', 'added'],
  ['added', 'deleted', undefined],
  ['modified', 'deleted', 'deleted'],
  ['deleted', 'untracked', 'modified'],
] as const)('committed as %s and %s since is %s', (committed, since, own) => {
  const before = committed === undefined ? paths({}) : paths({ f: committed });
  expect(ownPaths(before, dirty(since)).get('f')).toBe(own);
});

describe('what was touched', () => {
  const own = paths({ f: 'modified', 'd/g': 'modified', n: 'added' });
  type Found = 'all' | readonly string[];
  const rows: readonly (readonly [title: string, touched: string[], of: OwnPaths, found: Found])[] =
    [
      ['a path', ['f'], own, ['f']],
      ['a folder', ['d'], own, ['d/g']],
      ['nothing of its own', ['other'], own, []],
      ['attributes', ['d/.gitattributes'], own, 'all'],
      ['a file that came, where none left', ['n'], own, ['n']],
      ['a file that came, where one left', ['n'], paths({ n: 'added', o: 'deleted' }), 'all'],
      ['a file that left', ['o'], paths({ o: 'deleted' }), 'all'],
    ];
  it.each(rows.map(([title, ...row]) => ({ title, row })))('$title', ({ row }) => {
    const [touched, of, expected] = row;
    const found = touchedPaths(touched, [of]);
    expect(found === 'all' ? found : [...found]).toEqual(expected);
  });
});

it('is better merged first: what waits for approval, what collides less, what was first', () => {
  const facts = { awaitsApproval: false, collidingFiles: 1, firstMs: 1 };
  const first = (a: Partial<typeof facts>, b: Partial<typeof facts>) =>
    mergeOrder({ agent: 'a', ...facts, ...a }, { agent: 'b', ...facts, ...b })[0];
  expect(first({ collidingFiles: 9 }, { awaitsApproval: true, firstMs: 9 })).toBe('b');
  expect(first({ collidingFiles: 3 }, { collidingFiles: 2, firstMs: 9 })).toBe('b');
  expect(first({ firstMs: 2 }, {})).toBe('b');
  expect(first({}, {})).toBe('a');
});
