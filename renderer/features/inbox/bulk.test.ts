import { expect, it } from 'vitest';
import { bulkChoices, tellLeft } from './bulk.ts';
import type { InboxItem } from './kinds.ts';

const base = { sinceMs: 1, title: 't', seq: 1 };

function item(id: string, record: object = {}): InboxItem {
  const [kind = ''] = id.split('/');
  const isBlocking = ['question', 'approval', 'permission'].includes(kind);
  const agent = `a${id.at(-1)}`;
  const dismissed = kind === 'target' ? undefined : 'Dismissed';
  return { id, kind, agent, isBlocking, record, dismissed, ...base } as unknown as InboxItem;
}
const asks = (id: string, input: string, risk = 'low') =>
  item(`permission/${id}`, { tool: 'Bash', input, risk });
const question = (id: string, ...options: string[]) => item(`question/${id}`, { options });

function told(items: readonly InboxItem[]) {
  return bulkChoices(items).map(({ act, option, able, left }) => ({
    what: option === undefined ? act : `${act} ${option}`,
    able: able.map(({ id }) => id),
    left: left.map(({ item: { id }, why }) => `${id} ${why}`),
  }));
}

it('the same command is allowed at once; another, a risky one, and what asks for nothing are left', () => {
  const chosen = [
    asks('p1', 'npm test'),
    asks('p2', 'npm test'),
    asks('p3', 'npm ci'),
    asks('p4', 'npm test', 'high'),
    item('approval/p5'),
    item('message/6'),
  ];
  const [allow, deny] = told(chosen);
  expect(allow).toEqual({
    what: 'allow',
    able: ['permission/p1', 'permission/p2'],
    left: [
      'permission/p3 is another command',
      'permission/p4 is of high risk: decide it by itself',
      'approval/p5 is approved from its diff alone',
      'message/6 asks for no permission',
    ],
  });
  expect(deny?.able).toEqual(chosen.slice(0, 5).map(({ id }) => id));
});

it('only an option that all questions have is one answer to all of them', () => {
  expect(told([question('q1', 'yes', 'no'), question('q2', 'no', 'later')])).toEqual([
    { what: 'answer no', able: ['question/q1', 'question/q2'], left: [] },
  ]);
  expect(told([question('q1', 'yes'), question('q2', 'no')])).toEqual([]);
  expect(told([question('q1'), question('q2', 'no')])).toEqual([]);
});

it('what nobody waits for is dismissed, and nothing else', () => {
  const peer = { ...question('q9'), isBlocking: false, isBetweenAgents: true } as InboxItem;
  expect(told([item('message/1'), item('target/2'), question('q3'), peer])).toEqual([
    {
      what: 'dismiss',
      able: ['message/1'],
      left: [
        'target/2 is decided, not dismissed',
        'question/q3 a3 waits for your answer',
        'question/q9 waits for another agent',
      ],
    },
  ]);
});

it('nothing of high risk is ever among several', () => {
  expect(told([asks('p1', 'rm -rf /', 'high'), asks('p2', 'rm -rf /', 'high')])[0]?.what).toBe(
    'deny',
  );
});

it('each reason is said once', () => {
  const left = [item('message/1'), item('message/2'), item('target/3')].map((one, at) => ({
    item: one,
    why: at < 2 ? 'is no question' : 'is decided, not dismissed',
  }));
  expect(tellLeft(left)).toEqual(['Not 2: is no question', 'Not a3’s: is decided, not dismissed']);
});
