import fc from 'fast-check';
import { parse } from 'smol-toml';
import { expect, it } from 'vitest';
import { patchToml, type TomlEdit, withEdit } from './toml-patch.ts';

const patch = (text: string, ...edits: TomlEdit[]) => {
  const done = patchToml(text, edits);
  return 'text' in done ? done.text : `fault: ${done.fault}`;
};
const at = (key: string) => key.split('.').map((one) => (/^\d+$/.test(one) ? Number(one) : one));
const set = (key: string, value: TomlEdit['value'], asSection = false) => ({
  ...{ path: at(key), value, asSection },
});
const unset = (key: string) => ({ path: at(key) });

const gates = '[[gates]]\nname = "a"\n\n[[gates]]\nname = "b" # b\n[gates.env]\nX = "1"\n';

const rows = 'g = [\n  { x = 1 }, # a\n  { x = 2 },\n]\n';

it.each<[string, TomlEdit, string]>([
  ['', set('a', 1), 'a = 1\n'],
  ['', set('a.b', 'x"y\\'), '[a]\nb = "x\\"y\\\\"\n'],
  ['# ours\n\n[t]\nx = 1\n', set('a', true), '# ours\n\na = true\n\n[t]\nx = 1\n'],
  ['a = 1 # why\n', set('a', 2), 'a = 2 # why\n'],
  ['\ufeffa = 1\r\nb = 2', set('c', 3), '\ufeffa = 1\r\nb = 2\r\nc = 3'],
  [
    '[t]\n  x = 1 # one\n\n# next\n[u]\n',
    set('t.y', 2),
    '[t]\n  x = 1 # one\n  y = 2\n\n# next\n[u]\n',
  ],
  ['t.x = 1\n[u]\n', set('t.y', 2), 't.x = 1\nt.y = 2\n[u]\n'],
  ['t = { x = 1 }\n', set('t.y', 2), 't = { x = 1, y = 2 }\n'],
  ['t = {}\n', set('t.y', 2), 't = { y = 2 }\n'],
  ['[t]\n', set('t.u.v', 2), '[t]\n\n[t.u]\nv = 2\n'],
  [gates, set('gates.0.env.Y', '2'), gates.replace('"a"\n', '"a"\nenv.Y = "2"\n')],
  [gates, set('gates.1.env.Y', '2'), `${gates}Y = "2"\n`],
  [gates, set('gates.2', { name: 'c' }), `${gates}\n[[gates]]\nname = "c"\n`],
  [
    'gates = [{ name = "a" }]',
    set('gates.1', { name: 'c' }),
    'gates = [{ name = "a" }, { name = "c" }]',
  ],
  [
    '',
    set('profiles.x', { program: 'p', env: { A: 'b' } }, true),
    '[profiles.x]\nprogram = "p"\nenv = { A = "b" }\n',
  ],
  [
    '',
    set('worktrees.ports', { from: 4000, count: 2 }),
    '[worktrees]\nports = { from = 4000, count = 2 }\n',
  ],
  [
    'l = [\n  "a", # first\n  "b",\n]\n',
    set('l', ['a', 'b', 'c']),
    'l = [\n  "a", # first\n  "b",\n  "c",\n]\n',
  ],
  [
    'l = [\n  "a", # first\n  "b",\n]\n',
    set('l', ['a', 'x']),
    'l = [\n  "a", # first\n  "x",\n]\n',
  ],
  ['a = 1 # why\nb = 2\n', unset('a'), '# why\nb = 2\n'],
  ['t = { x = 1, y = 2 }\n', unset('t.x'), 't = { y = 2 }\n'],
  ['t = { x = 1, y = 2 }\n', unset('t.y'), 't = { x = 1 }\n'],
  ['t = {\n  x = 1, # one\n}\n', set('t.y', 2), 't = {\n  x = 1, y = 2, # one\n}\n'],
  ['t = {\n  x = 1, # one\n}\n', set('t.x', 2), 't = {\n  x = 2, # one\n}\n'],
  [rows, unset('g.0'), 'g = [\n  # a\n  { x = 2 },\n]\n'],
  [rows, unset('g.1'), 'g = [\n  { x = 1 }, # a\n  \n]\n'],
  ['g = [{ x = 1 }, { x = 2 }]', unset('g.1'), 'g = [{ x = 1 }]'],
  ['g = [{ x = 1 }, { x = 2 }]', unset('g.0'), 'g = [{ x = 2 }]'],
  [gates, unset('gates.1'), '[[gates]]\nname = "a"\n\n# b\n'],
  [
    '[profiles."a.b"]\nx = 1\n',
    { path: ['profiles', 'a.b', 'x'], value: 2 },
    '[profiles."a.b"]\nx = 2\n',
  ],
])('in %j, %j', (text, edit, expected) => {
  expect(patch(text, edit)).toBe(expected);
});

it.each<[string, TomlEdit]>([
  ['a = 1', set('a.b', 1)],
  ['a = ', set('a', 1)],
])('in %j, %j is refused', (text, edit) => {
  expect(patch(text, edit)).toContain('fault: ');
});

const words = fc.constantFrom('a', 'b', 'c d', 'e.f', '"g"');
const value: fc.Arbitrary<NonNullable<TomlEdit['value']>> = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.boolean(),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
  fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 4 }),
);
const edit = fc.record({
  path: fc.array(words, { minLength: 1, maxLength: 3 }),
  value: fc.option(value, { nil: undefined }),
});
const start = fc.constantFrom(
  '',
  '# top\n\na = 1 # one\n\n# of b\n[b]\n# in b\na = [ # open\n  "x",\n  # y comes\n  "y",\n]\n\n[b."c d"]\n"e.f" = true\n',
  '# top\r\nb.a = 1\r\nb."c d" = { a = 1, b = "x" } # inline\r\n# end\r\n',
  "# top\n['c d'.a]\nb = 'l'\n[a]\n# nothing\n",
);

it('any edits: what stood there stays, comments in their order, and the text says what was wanted', () => {
  fc.assert(
    fc.property(start, fc.array(edit, { maxLength: 6 }), (text, edits) => {
      let [now, values]: [string, unknown] = [text, parse(text)];
      for (const one of edits) {
        const wanted = withEdit(values, one.path, one.value);
        const done = patchToml(now, [one]);
        expect('text' in done).toBe(wanted !== undefined);
        if (!('text' in done)) continue;
        const isOver = (comment: string) =>
          ['# open', '# y comes'].includes(comment) && !done.text.includes(comment);
        const kept = commentsOf(now).filter((comment) => !isOver(comment));
        expect(commentsOf(done.text)).toEqual(kept);
        [now, values] = [done.text, wanted];
      }
      expect(leaves(parse(now))).toEqual(leaves(values));
    }),
    { numRuns: 400 },
  );
});

const listed = fc.constantFrom<string>(
  '# top\n[[g]]\nname = "a" # of a\nenv = { X = "1" }\n\n# of b\n[[g]]\nname = "b"\n[g.env]\nY = "2" # y\n\n[z]\nq = 1\n',
  'g = [\n  { name = "a" }, # of a\n  # of b\n  { name = "b", env = { Y = "2" } },\n]\n[z]\nq=1\n',
);
const rowEdit = fc.record({
  at: fc.nat(2),
  rest: fc.constantFrom([], ['name'], ['env', 'X'], ['env', 'Y'], ['cmd']),
  value: fc.option(value, { nil: undefined }),
});

it('any edits of rows of lists: the same', () => {
  fc.assert(
    fc.property(listed, fc.array(rowEdit, { maxLength: 6 }), (text, edits) => {
      let now = text;
      for (const { at: row, rest, value: to } of edits) {
        const values = parse(now) as { readonly g?: readonly unknown[] };
        const isThere = values.g?.[row] !== undefined;
        const isNew = row === (values.g?.length ?? 0) && rest.length === 0 && to !== undefined;
        // One that is there is set key by key.
        if (isThere ? rest.length === 0 && to !== undefined : !isNew) continue;
        const one = { path: ['g', row, ...rest], value: isNew ? { name: 'n' } : to };
        const wanted = withEdit(values, one.path, one.value);
        if (wanted === undefined) continue;
        const next = patch(now, one);
        expect(commentsOf(next)).toEqual(commentsOf(now));
        expect(next, now).not.toMatch(/^fault: /);
        now = next;
      }
    }),
    { numRuns: 400 },
  );
});

/** No value of the test has a number sign. */
function commentsOf(text: string): string[] {
  return [...text.matchAll(/# [a-z]+(?: [a-z]+)?/g)].map(([one]) => one);
}

function leaves(values: unknown, path = ''): string[] {
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    return Array.isArray(values) && values.length === 0
      ? []
      : [`${path} ${JSON.stringify(values)}`];
  return Object.entries(values)
    .flatMap(([key, one]) => leaves(one, `${path}/${key}`))
    .toSorted();
}
