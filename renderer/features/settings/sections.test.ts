import { expect, it } from 'vitest';
import type { SettingKey, SettingValue } from '../../../preload/contract/settings-facts.ts';
import { fieldText, sentText } from './fields.ts';
import { search } from './search.ts';
import { inForce } from './in-force.ts';
import { rowText, saidText } from './said-text.ts';
import { sectionsOf } from './sections.ts';

const key = (key: string, more: Partial<SettingKey> = {}): SettingKey => ({
  ...{ key, type: 'integer', kind: 'number', help: `What ${key} does`, applies: 'at-once' },
  ...more,
});
const keys = [
  key('version'),
  key('limits', { kind: 'group' }),
  key('limits.cost_usd', { unit: 'US dollars', default: 'none' }),
  key('limits.profiles', { kind: 'rows' }),
  key('limits.profiles.<name>.turns', { help: 'Rounds of one' }),
  key('worktrees', { kind: 'group' }),
  key('worktrees.ports', { kind: 'group', isWhole: true }),
  key('worktrees.ports.from'),
  key('gates', { kind: 'rows' }),
  key('gates.<name>.name', { kind: 'text' }),
  key('gates.<name>.command', { kind: 'texts' }),
];
const values: SettingValue[] = [
  {
    ...{ key: 'limits.cost_usd', path: ['limits', 'cost_usd'], of: 'limits.cost_usd' },
    said: [
      { in: 'user', value: 5 },
      { in: 'repository', value: 6, not: 'your own file says it' },
    ],
  },
  {
    ...{ key: 'gates."a.b".command', path: ['gates', 'a.b', 'command'] },
    ...{ of: 'gates.<name>.command', said: [{ in: 'repository', value: ['npm', 'test'] }] },
  },
];
const all = sectionsOf(keys, values);

it('has a section for each table, and in it keys, tables that are set whole, and rows by name', () => {
  const outline = all.map(({ title, items, tables }) => [
    title,
    items.map((item) => item.label),
    tables.map(({ about, rows }) => [about.key, rows.map((row) => row.key)]),
  ]);
  expect(outline).toEqual([
    ['Limits', ['Cost'], [['limits.profiles', []]]],
    ['Worktrees', ['Ports'], []],
    ['Gates', [], [['gates', ['gates."a.b"']]]],
  ]);
  expect(all[2]?.tables[0]?.rows[0]?.items).toMatchObject([{ key: 'gates."a.b".command' }]);
  expect(inForce(all[0]?.items[0] as never)).toEqual({ from: 'user', text: '5' });
});

it.each([
  ['cost', ['Limits']],
  ['does ports', ['Worktrees']],
  ['npm', ['Gates']],
  ['zzz', []],
])('finds %j in %j', (words, titles) => {
  expect(search(all, words).map(({ title }) => title)).toEqual(titles);
});

it.each([
  ['texts', ['a b', 'c'], 'a b\nc', '["a b", "c"]'],
  [
    'commands',
    [
      ['npm', 'ci'],
      ['sh', '-c', 'a "b"'],
    ],
    'npm ci\nsh -c "a \\"b\\""',
    undefined,
  ],
  ['pairs', { A: 'b=c' }, 'A=b=c', '{ A = "b=c" }'],
  ['text', '1.0', '1.0', '"1.0"'],
  ['number', 5, '5', '5'],
  ['switch', true, 'true', 'true'],
] as const)('%s: %j stands in the field as %j', (...[kind, value, field, sent]) => {
  expect(fieldText(kind, value)).toBe(field);
  const back = kind === 'commands' ? '[["npm", "ci"], ["sh", "-c", "a \\"b\\""]]' : sent;
  expect(sentText(kind, field)).toBe(back);
  expect(sentText(kind, ' ')).toBeUndefined();
});

it('what a file says is what takes a change back: of a key its value, of a row all of it', () => {
  const cost = all[0]?.items[0] as never;
  expect([saidText(cost, 'user'), saidText(cost, 'repository')]).toEqual(['5', '6']);
  const row = all[2]?.tables[0]?.rows[0] as never;
  expect(rowText(row, 'repository')).toBe('{ command = ["npm", "test"] }');
  expect(rowText(row, 'user')).toBeUndefined();
});
