import { expect, it } from 'vitest';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { InboxItem } from './kinds.ts';
import { countOf, type Laid, type Section, toSections } from './inbox-sections.ts';
import { defaultLook, type InboxLook } from './inbox-look.ts';

const sortOf: Readonly<Record<string, string>> = { 'failed-agent': 'blocked', notice: 'alarm' };

/** `question/q1 backend 5`: what it is, of whom, since when. */
function item(line: string, over: Partial<InboxItem> = {}): InboxItem {
  const [id = '', agent = '', since = '0'] = line.split(' ');
  const [kind = ''] = id.split('/');
  const isBlocking = ['question', 'approval', 'permission'].includes(kind);
  const told = { id, kind, agent, subject: id, sinceMs: Number(since), title: id, seq: 1 };
  const sort = sortOf[kind] ?? kind;
  return { ...told, isBlocking, sort, record: { id } as QuestionRecord, ...over } as InboxItem;
}

const day: readonly InboxItem[] = [
  item('question/q1 backend 10'),
  item('approval/a1 docs 20'),
  item('failed-agent/tests tests 5'),
  item('message/1 docs 6'),
  item('message/2 docs 7'),
  item('message/3 tests 8'),
  item('message/4 docs 9'),
];
const blocked = item('message/9 tests 30', { isBlocking: true, sort: 'blocked' });

function lay(look: Partial<InboxLook>, over: Partial<Laid> = {}): Laid {
  const given = { items: day, peers: [], unfolded: new Set<string>(), activeId: undefined };
  return { ...given, look: { ...defaultLook, ...look }, ...over };
}

const told = (sections: readonly Section[]) =>
  sections.map(({ title, count, rows }) => [
    `${title} ${count}`,
    ...rows.map(({ entry, isFolded }) => `${isFolded ? '  ' : ''}${entry.id}`),
  ]);

it('who is stopped comes first, and messages of one agent are one row below the rest', () => {
  expect(told(toSections(lay({})))).toEqual([
    ['Agents wait for you 2', 'question/q1', 'approval/a1'],
    ['To look at 1', 'failed-agent/tests'],
    ['Messages 4', 'messages/docs', 'message/3'],
  ]);
});

it('a fold opens for its agent, and for what is selected inside of it', () => {
  const open = ['messages/docs', '  message/1', '  message/2', '  message/4', 'message/3'];
  const of = (over: Partial<Laid>) => told(toSections(lay({ sort: 'message' }, over)))[0]?.slice(1);
  expect(of({ unfolded: new Set(['docs']) })).toEqual(open);
  expect(of({ activeId: 'message/2' })).toEqual(open);
  expect(of({ activeId: 'messages/docs' })).toEqual(['messages/docs', 'message/3']);
});

it('by agent, the one with the most urgent first; by kind, in one order', () => {
  expect(told(toSections(lay({ group: 'agent' })))).toEqual([
    ['backend 1', 'question/q1'],
    ['docs 4', 'approval/a1', 'messages/docs'],
    ['tests 2', 'failed-agent/tests', 'message/3'],
  ]);
  const kinds = toSections(lay({ group: 'kind' }, { items: [...day, blocked] }));
  expect(told(kinds).map(([title]) => title)).toEqual([
    'Questions 1',
    'Approvals 1',
    'Blocked agents 2',
    'Messages 4',
  ]);
});

it.each<[Partial<InboxLook>, string[]]>([
  [{ blocks: true }, ['question/q1', 'approval/a1']],
  [{ agent: 'tests' }, ['failed-agent/tests', 'message/3']],
  [{ sort: 'approval' }, ['approval/a1']],
  [{ sort: 'approval', agent: 'tests' }, []],
])('the filter %j', (look, ids) => {
  const rows = toSections(lay(look)).flatMap((one) => one.rows);
  expect(rows.map(({ entry }) => entry.id)).toEqual(ids);
});

it('what is put off, or between agents, is last and never mixed with the rest', () => {
  const items = [
    item('question/q1 backend 10', { snoozedUntilMs: 99 }),
    item('message/1 docs 6', { snoozedUntilMs: 99 }),
    item('message/2 docs 7'),
  ];
  const peers = [item('question/q7 tests 1', { isBlocking: false })];
  expect(told(toSections(lay({}, { items, peers })))).toEqual([
    ['Messages 1', 'message/2'],
    ['Between agents 1', 'question/q7'],
    ['Snoozed 2', 'question/q1', 'message/1'],
  ]);
  expect(countOf(items)).toBe(2);
});

it('a day of one agent’s notes counts once', () => {
  const notes = Array.from({ length: 60 }, (_, at) => item(`message/${at} docs ${at}`));
  expect(countOf([...notes, ...day])).toBe(5);
});
