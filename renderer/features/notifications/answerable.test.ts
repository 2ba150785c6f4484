import { expect, it } from 'vitest';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { answerBy, questionTold, toDesktopNotice } from './answerable.ts';
import type { Notice } from '../../../preload/contract/notice-batch.ts';

function question(over: Partial<QuestionRecord> = {}): QuestionRecord {
  return {
    ...{ id: 'q-1', asker: 'a', to: 'operator', text: 'Which?', options: ['x', 'y\u202e'] },
    ...{ multi: false, state: 'open', askedMs: 1 },
    ...over,
  };
}

const notice = (over: Partial<Notice> = {}): Notice => ({
  ...{ id: 'question/q-1', kind: 'question', agent: 'a', text: 'Which?', view: 'inbox' },
  ...over,
});
const told = { title: 'a asks you', body: 'Which\u202e?', view: 'inbox' };

it.each([
  ['one open question', [question(), notice()], true],
  ['two questions', [question(), notice(), notice({ id: 'question/q-2' })], false],
  ['something else', [question(), notice({ kind: 'approval' })], false],
  ['one that was answered', [question({ state: 'answered' }), notice()], false],
  ['one that is unknown', [question(), notice({ id: 'question/q-9' })], false],
] as const)('%s can be answered in place: %#', (_title, [record, ...notices], can) => {
  expect(questionTold(notices, [record])).toBe(can ? record : undefined);
});

it.each([
  ['few options', {}, { actions: ['x', 'y‹U+202E›'] }],
  ['no options', { options: [] }, { actions: [], reply: 'Your answer' }],
  ['more than there is room for', { options: [...'abcde'] }, { actions: [], reply: 'Your answer' }],
  ['several at once', { multi: true }, { actions: [], reply: 'Your answer' }],
])('%s', (_title, over, offered) => {
  const shown = { title: 'a asks you', body: 'Which‹U+202E›?', ...offered };
  expect(toDesktopNotice(told, question(over))).toEqual(shown);
});

it.each([
  [{ kind: 'chosen', action: 1 }, { choices: ['y\u202e'] }],
  [{ kind: 'chosen', action: 7 }, undefined],
  [
    { kind: 'replied', text: 'neither' },
    { choices: [], text: 'neither' },
  ],
  [{ kind: 'replied', text: ' ' }, undefined],
  [{ kind: 'opened' }, undefined],
  [{ kind: 'gone' }, undefined],
] as const)('%j answers %j', (act, answer) => {
  expect(answerBy(act, question())).toEqual(answer);
});
