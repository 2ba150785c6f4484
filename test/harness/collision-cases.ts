// Every pair of kinds of edits: what a file was, what each of two made of it, and what their merge must say.

import type { CollisionReason } from '../../preload/contract/conflict-records.ts';
import type { Files } from './repositories.ts';

export interface CollisionCase {
  readonly name: string;
  readonly base: Files;
  readonly ours: Files;
  readonly theirs: Files;
  /** By path, what does not merge; nothing where all of it does. */
  readonly expect: Readonly<Record<string, CollisionReason>>;
}

/** Twenty lines that no other case has; `edits` by number of the line. */
type Lines = (edits?: Readonly<Record<number, string | null>>) => string;

type Sides = readonly [base: Files, ours: Files, theirs: Files];
type Row = readonly [name: string, sides: (lines: Lines) => Sides, expect: CollisionCase['expect']];

const none = {};
const both = (text: string): Files => ({ f: text });
const binary = (text: string): Buffer => Buffer.from(`\0${text}\0${text.repeat(50)}`);
const crlf = (text: string) => text.replaceAll('\n', '\r\n');

const rows: readonly Row[] = [
  ['the same line', (l) => [both(l()), both(l({ 5: 'a' })), both(l({ 5: 'b' }))], { f: 'content' }],
  ['the same line, said alike', (l) => [both(l()), both(l({ 5: 'a' })), both(l({ 5: 'a' }))], none],
  [
    'adjacent lines',
    (l) => [both(l()), both(l({ 5: 'a' })), both(l({ 6: 'b' }))],
    { f: 'content' },
  ],
  ['lines with one between', (l) => [both(l()), both(l({ 5: 'a' })), both(l({ 7: 'b' }))], none],
  ['different hunks', (l) => [both(l()), both(l({ 2: 'a' })), both(l({ 18: 'b' }))], none],
  [
    'one of two hunks',
    (l) => [both(l()), both(l({ 2: 'a', 9: 'x' })), both(l({ 9: 'b' }))],
    { f: 'content' },
  ],
  [
    'a line taken out against one changed',
    (l) => [both(l()), both(l({ 5: null })), both(l({ 5: 'b' }))],
    { f: 'content' },
  ],
  ['both append', (l) => [both(l()), both(`${l()}a\n`), both(`${l()}b\n`)], { f: 'content' }],
  ['one appends, one puts before', (l) => [both(l()), both(`${l()}a\n`), both(`b\n${l()}`)], none],
  [
    'no end of line at the end',
    (l) => [both(l()), both(l().trimEnd()), both(l({ 20: 'b' }))],
    { f: 'content' },
  ],
  ['only one changes', (l) => [both(l()), both(l({ 5: 'a' })), {}], none],
  ['only one deletes', (l) => [both(l()), { f: null }, {}], none],
  ['both delete', (l) => [both(l()), { f: null }, { f: null }], none],
  [
    'delete against edit',
    (l) => [both(l()), { f: null }, both(l({ 5: 'b' }))],
    { f: 'modify-delete' },
  ],
  [
    'delete against executable bit',
    (l) => [both(l()), { f: null }, { f: { run: l() } }],
    { f: 'modify-delete' },
  ],
  [
    'rename against edit elsewhere',
    (l) => [both(l()), { f: null, g: l() }, both(l({ 5: 'b' }))],
    none,
  ],
  [
    'rename with edit against edit of the line',
    (l) => [both(l()), { f: null, g: l({ 5: 'a' }) }, both(l({ 5: 'b' }))],
    { g: 'content' },
  ],
  [
    'rename against delete',
    (l) => [both(l()), { f: null, g: l() }, { f: null }],
    { g: 'rename-delete' },
  ],
  ['rename to the same name', (l) => [both(l()), { f: null, g: l() }, { f: null, g: l() }], none],
  [
    'rename to the same name, edited otherwise',
    (l) => [both(l()), { f: null, g: l({ 5: 'a' }) }, { f: null, g: l({ 5: 'b' }) }],
    { g: 'content' },
  ],
  [
    'rename to different names',
    (l) => [both(l()), { f: null, g: l() }, { f: null, h: l() }],
    { f: 'rename-rename', g: 'rename-rename', h: 'rename-rename' },
  ],
  [
    'rename against an added file of that name',
    (l) => [both(l()), { f: null, g: l() }, { g: 'quite another\n' }],
    { g: 'both-added' },
  ],
  [
    'two renames to one name',
    (l) => [
      { f: l(), g: crlf(l()) + l({ 1: 'q', 2: 'r', 3: 's' }) },
      { f: null, h: l() },
      { g: null, h: crlf(l()) + l({ 1: 'q', 2: 'r', 3: 's' }) },
    ],
    { h: 'both-added' },
  ],
  ['both add the same', (l) => [{}, both(l()), both(l())], none],
  ['both add otherwise', (l) => [{}, both(l()), both(l({ 5: 'b' }))], { f: 'both-added' }],
  ['both add, one executable', (l) => [{}, both(l()), { f: { run: l() } }], { f: 'mode' }],
  ['add in one folder', (l) => [{ k: l() }, { 'd/f': 'a\n' }, { 'd/g': 'b\n' }], none],
  [
    'executable bit against edit',
    (l) => [both(l()), { f: { run: l() } }, both(l({ 5: 'b' }))],
    none,
  ],
  ['executable bit, both', (l) => [both(l()), { f: { run: l() } }, { f: { run: l() } }], none],
  [
    'executable bit and the same line',
    (l) => [both(l()), { f: { run: l({ 5: 'a' }) } }, both(l({ 5: 'b' }))],
    { f: 'content' },
  ],
  [
    'binary, both',
    (l) => [{ f: binary(l()) }, { f: binary(l({ 2: 'a' })) }, { f: binary(l({ 19: 'b' })) }],
    { f: 'binary' },
  ],
  [
    'binary, alike',
    (l) => [{ f: binary(l()) }, { f: binary(l({ 2: 'a' })) }, { f: binary(l({ 2: 'a' })) }],
    none,
  ],
  ['binary, one', (l) => [{ f: binary(l()) }, { f: binary(l({ 2: 'a' })) }, {}], none],
  [
    'text made binary against edit',
    (l) => [both(l()), { f: binary('x') }, both(l({ 5: 'b' }))],
    { f: 'binary' },
  ],
  [
    'whitespace of the same line',
    (l) => [both(l()), both(l({ 5: ' a' })), both(l({ 5: 'a ' }))],
    { f: 'content' },
  ],
  [
    'indented against an edit elsewhere',
    (l) => [both(l()), both(l().replace(/^/gm, ' ')), both(l({ 5: 'b' }))],
    { f: 'content' },
  ],
  [
    'line ends against edit',
    (l) => [both(l()), both(crlf(l())), both(l({ 5: 'b' }))],
    { f: 'content' },
  ],
  ['line ends, both', (l) => [both(l()), both(crlf(l())), both(crlf(l()))], none],
  [
    'link, both elsewhere',
    (l) => [{ f: { link: 'x' }, k: l() }, { f: { link: 'y' } }, { f: { link: 'z' } }],
    { f: 'symlink' },
  ],
  [
    'link against edit',
    (l) => [both(l()), { f: { link: 'y' } }, both(l({ 5: 'b' }))],
    { f: 'symlink' },
  ],
  ['both add, one a link', (l) => [{ k: l() }, { f: { link: 'y' } }, both(l())], { f: 'symlink' }],
  [
    'case of a name against edit',
    (l) => [both(l()), { f: null, F: l() }, both(l({ 5: 'b' }))],
    none,
  ],
  [
    'case of a name, both otherwise',
    (l) => [{ ff: l() }, { ff: null, Ff: l() }, { ff: null, fF: l() }],
    { ff: 'rename-rename', Ff: 'rename-rename', fF: 'rename-rename' },
  ],
  [
    'file against folder',
    (l) => [{ k: l() }, { f: 'a\n' }, { 'f/g': 'b\n' }],
    { f: 'directory-file' },
  ],
  [
    'file made a folder against edit',
    (l) => [both(l()), { f: null, 'f/g': 'new\n' }, both(l({ 5: 'b' }))],
    { f: 'directory-file' },
  ],
  [
    'folder made a file against edit',
    (l) => [{ 'd/f': l() }, { 'd/f': null, d: 'now a file\n' }, { 'd/f': l({ 5: 'b' }) }],
    { d: 'directory-file', 'd/f': 'modify-delete' },
  ],
  [
    'folder renamed against a file added',
    (l) => [
      { 'd/f': l(), 'd/g': crlf(l()) },
      { 'd/f': null, 'd/g': null, d: null, 'e/f': l(), 'e/g': crlf(l()) },
      { 'd/h': 'new\n' },
    ],
    { 'e/h': 'rename-add' },
  ],
  [
    'folder renamed against an edit',
    (l) => [
      { 'd/f': l(), 'd/g': crlf(l()) },
      { 'd/f': null, 'd/g': null, d: null, 'e/f': l(), 'e/g': crlf(l()) },
      { 'd/f': l({ 5: 'b' }) },
    ],
    none,
  ],
  [
    'union by attribute',
    (l) => [
      { '.gitattributes': 'f merge=union\n', f: l() },
      both(l({ 5: 'a' })),
      both(l({ 5: 'b' })),
    ],
    none,
  ],
  [
    'binary by attribute',
    (l) => [{ '.gitattributes': 'f -merge\n', f: l() }, both(l({ 2: 'a' })), both(l({ 19: 'b' }))],
    { f: 'binary' },
  ],
  [
    'line ends by attribute',
    (l) => [
      { '.gitattributes': 'f text eol=lf\n', f: l() },
      both(crlf(l({ 2: 'a' }))),
      both(l({ 19: 'b' })),
    ],
    none,
  ],
  [
    'odd names',
    (l) => [{ 'a b\n"c"é': l() }, { 'a b\n"c"é': l({ 5: 'a' }) }, { 'a b\n"c"é': l({ 5: 'b' }) }],
    { 'a b\n"c"é': 'content' },
  ],
  [
    'a name that git could take for a pattern',
    (l) => [{ ':(top)*': l() }, { ':(top)*': l({ 5: 'a' }) }, { ':(top)*': l({ 5: 'b' }) }],
    { ':(top)*': 'content' },
  ],
];

export const collisionCases: readonly CollisionCase[] = rows.map(([name, sides, expect], n) => {
  const folder = `case-${n}`;
  const lines: Lines = (edits = {}) =>
    Array.from(
      { length: 20 },
      (_, at) =>
        edits[at + 1] ?? (edits[at + 1] === null ? '' : `${folder} ${at + 1} ${at * 7919}`),
    )
      .filter((_, at) => edits[at + 1] !== null)
      .map((line) => `${line}\n`)
      .join('');
  const [base, ours, theirs] = sides(lines).map((files) => within(folder, files)) as [
    Files,
    Files,
    Files,
  ];
  return { name, base, ours, theirs, expect: within(folder, expect) };
});

function within<T>(folder: string, all: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [`${folder}/${name}`, one]));
}

/** All cases at once: each is in a folder of its own, and no two have a line in common. */
export function together(side: 'base' | 'ours' | 'theirs'): Files {
  return Object.assign({}, ...collisionCases.map((one) => one[side]));
}
