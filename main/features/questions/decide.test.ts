import { describe, expect, it } from 'vitest';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { beginMs, given, type Past } from '../../../test/harness/given.ts';
import { added, asked, life } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { openPerAgent } from './require.ts';
import type { QuestionsState } from './slice.ts';

const [a, b, c] = ['agent:a', 'agent:b', 'agent:c'] as const;
const destroyed = life.destroyed?.('d') ?? [];
const team = (...past: Past[]) =>
  given(world(), added('a'), added('b'), added('c'), ...destroyed, ...past);
const questionsIn = (state: unknown) =>
  (state as { questions: QuestionsState }).questions.byId.toJSON();
const options = ['yes', 'no'];

describe('question.ask', () => {
  const plain = {
    question: 'q-1',
    asker: 'a',
    to: 'operator',
    text: 'Now?',
    options: [],
    multi: false,
  };

  it('unless the same is open, asks nothing while it is, and again once it was settled', async () => {
    const ask = { text: 'Now?', unlessOpen: true };
    const open: Past = { type: 'question.asked', actor: a, data: { ...plain, question: 'q-9' } };
    const { result } = await team(open).when('question.ask', ask, { actor: a }).decides([]);
    expect(result).toEqual({ question: 'q-9' });
    const data = { question: 'q-9', asker: 'a', text: 'Now?', answer: { choices: [], text: 'no' } };
    await team(open, { type: 'question.answered', data })
      .when('question.ask', ask, { actor: a })
      .leadsTo([
        [
          'question.asked',
          {
            ...plain,
            former: { question: 'q-9', state: 'answered', answer: { choices: [], text: 'no' } },
          },
        ],
      ]);
    await team(open)
      .when('question.ask', { ...ask, text: 'Now? ' }, { actor: a })
      .leadsTo([['question.asked', { ...plain, text: 'Now? ' }]]);
  });

  it('asks the operator', () =>
    team()
      .when('question.ask', { text: 'Now?' }, { actor: a })
      .leadsTo([['question.asked', plain]]));

  it('asks a peer, with a deadline and what holds then', () =>
    team()
      .when(
        'question.ask',
        { text: 'Now?', to: 'b', options, timeoutMs: 60_000, default: 'no' },
        { actor: a, atMs: 5 },
      )
      .leadsTo([
        [
          'question.asked',
          {
            ...plain,
            ...{ to: 'b', options, deadlineMs: beginMs + 60_005 },
            defaultAnswer: { choices: ['no'] },
          },
        ],
      ]));

  it('takes a default that is no option as text', () =>
    team()
      .when('question.ask', { text: 'Now?', default: 'wait' }, { actor: a })
      .leadsTo([['question.asked', { ...plain, defaultAnswer: { choices: [], text: 'wait' } }]]));

  it.each([
    [{ text: 'x', to: 'a' }, a, 'QUESTION_TO_SELF'],
    [{ text: 'x', to: 'z' }, a, 'RECIPIENT_UNKNOWN'],
    [{ text: 'x', to: 'd' }, a, 'RECIPIENT_UNKNOWN'],
    [{ text: 'x' }, 'agent:z', 'AGENT_UNKNOWN'],
    [{ text: 'x' }, 'agent:d', 'AGENT_NOT_IN_STATE'],
    [{ text: '' }, a, 'BODY_INVALID'],
    [{ text: 'x', timeoutMs: 999 }, a, 'BODY_INVALID'],
  ] as const)('%j by %s is refused as %s', (...row) => {
    const [data, actor, code] = row;
    return team().when('question.ask', data, { actor }).refused(code);
  });

  it(`the open question after ${openPerAgent} is refused; settled ones do not count`, async () => {
    const many = Array.from({ length: openPerAgent }, (_, index) => asked(`q-x${index}`, 'a'));
    await team(...many)
      .when('question.ask', { text: 'x' }, { actor: a })
      .refused('QUESTION_LIMIT');
    await team(...many)
      .when('question.ask', { text: 'x' }, { actor: b })
      .state();
    const cancelled: Past = { type: 'question.cancelled', data: { question: 'q-x3', asker: 'a' } };
    await team(...many, cancelled)
      .when('question.ask', { text: 'x' }, { actor: a })
      .state();
  });
});

describe('question.answer', () => {
  const answers: Array<[string, object, object, object]> = [
    ['a choice', { options }, { choices: ['yes'] }, { choices: ['yes'] }],
    ['text beside options', { options }, { text: 'maybe' }, { choices: [], text: 'maybe' }],
    [
      'choice and text',
      { options },
      { choices: ['no'], text: 'why' },
      { choices: ['no'], text: 'why' },
    ],
    [
      'several of several',
      { options, multi: true },
      { choices: ['no', 'yes', 'no'] },
      { choices: ['no', 'yes'] },
    ],
    ['text', {}, { text: 'sqlite' }, { choices: [], text: 'sqlite' }],
    [
      'words without options',
      {},
      { choices: ['use', 'a', 'a', 'file'] },
      { choices: [], text: 'use a a file' },
    ],
    [
      'words and text',
      {},
      { choices: ['use'], text: 'a file' },
      { choices: [], text: 'use a file' },
    ],
  ];
  it.each(answers)('takes %s', (...row) => {
    const [, question, given_, answer] = row;
    return team(asked('q-1', 'a', question))
      .when('question.answer', { question: 'q-1', ...given_ })
      .leadsTo([['question.answered', { question: 'q-1', asker: 'a', text: 'Which?', answer }]]);
  });

  it.each([
    [{ options }, { choices: ['perhaps'] }, 'CHOICE_UNKNOWN'],
    [{ options }, { choices: ['yes', 'no'] }, 'CHOICE_COUNT'],
    [{ options }, {}, 'ANSWER_EMPTY'],
    [{}, { text: '  ' }, 'ANSWER_EMPTY'],
    [{}, { choices: [' '] }, 'ANSWER_EMPTY'],
  ] as const)('of %j with %j is refused as %s', (...row) => {
    const [question, answer, code] = row;
    return team(asked('q-1', 'a', question))
      .when('question.answer', { question: 'q-1', ...answer })
      .refused(code);
  });

  it.each([
    ['operator', 'operator', true],
    ['operator', b, false],
    ['operator', a, false],
    ['b', b, true],
    ['b', 'operator', true],
    ['b', c, false],
    ['b', a, false],
    ['b', 'system', false],
  ] as const)('to %s by %s: %s', async (...row) => {
    const [to, actor, isAllowed] = row;
    const outcome = team(asked('q-1', 'a', { to })).when(
      'question.answer',
      { question: 'q-1', text: 'x' },
      { actor },
    );
    if (!isAllowed) await outcome.refused('QUESTION_NOT_YOURS');
    else expect(questionsIn(await outcome.state())['q-1']).toMatchObject({ settledBy: actor });
  });

  it('of a question that nobody knows is refused', () =>
    team(asked('q-1', 'a'))
      .when('question.answer', { question: 'constructor', text: 'x' })
      .refused('QUESTION_UNKNOWN'));
});

const settled: Array<[string, Past]> = [
  [
    'answered',
    {
      type: 'question.answered',
      actor: 'operator',
      data: { question: 'q-1', asker: 'a', answer: { choices: [] } },
    },
  ],
  ['cancelled', { type: 'question.cancelled', actor: a, data: { question: 'q-1', asker: 'a' } }],
  ['expired', { type: 'question.expired', data: { question: 'q-1', asker: 'a' } }],
];
describe.each(settled)('a question that is %s is settled for good', (state, past) => {
  it.each(['question.answer', 'question.cancel', 'question.expire'])('%s', async (command) => {
    const refusal = await team(asked('q-1', 'a'), past)
      .when(
        command,
        { question: 'q-1', text: 'x' },
        { actor: command.endsWith('expire') ? 'system' : 'operator' },
      )
      .refusal('QUESTION_SETTLED');
    expect(refusal.wire.details).toMatchObject({ state });
  });
});

describe('question.cancel', () => {
  it.each(['operator', a] as const)('by %s', (actor) =>
    team(asked('q-1', 'a', { to: 'b' }))
      .when('question.cancel', { question: 'q-1' }, { actor })
      .leadsTo([['question.cancelled', { question: 'q-1', asker: 'a', to: 'b', text: 'Which?' }]]),
  );
  it.each([b, c] as const)('by %s is refused', (actor) =>
    team(asked('q-1', 'a', { to: 'b' }))
      .when('question.cancel', { question: 'q-1' }, { actor })
      .refused('QUESTION_NOT_YOURS'),
  );
});

describe('a deadline', () => {
  const deadlineMs = beginMs + 60_000;
  it.each([
    [59_999, []],
    [60_000, ['question.expire']],
    [90_000, ['question.expire']],
  ])('after %i ms: %j', (afterMs, due) =>
    expect(
      team(asked('q-1', 'a', { deadlineMs }))
        .due(afterMs)
        .map(({ type }) => type),
    ).toEqual(due),
  );

  it('without one nothing is due', () => expect(team(asked('q-1', 'a')).due(1e12)).toEqual([]));

  it('of a settled question is not due', () =>
    expect(
      team(asked('q-1', 'a', { deadlineMs }), ...settled.map(([, past]) => past)).due(1e9),
    ).toEqual([]));

  it.each([
    [{ choices: ['no'] }, { choices: ['no'] }],
    [undefined, undefined],
  ])('with the default %j the answer is %j', async (...row) => {
    const [defaultAnswer, answer] = row;
    const outcome = team(asked('q-1', 'a', { deadlineMs, defaultAnswer })).when(
      'question.expire',
      { question: 'q-1' },
      { actor: 'system', atMs: 60_000 },
    );
    await outcome.leadsTo([
      ['question.expired', { question: 'q-1', asker: 'a', text: 'Which?', answer }],
    ]);
    const record = questionsIn(await outcome.state())['q-1'] as QuestionRecord;
    expect(record).toMatchObject({ state: 'expired', settledMs: beginMs + 60_000 });
    expect(record.answer).toEqual(answer);
  });
});

it('what a destroyed agent asked is cancelled; what it was asked stays for the operator', () => {
  const gone: Past = { type: 'agent.destroyed', actor: 'system', data: { agent: 'b' } };
  const { state } = team(asked('q-1', 'b'), asked('q-2', 'a', { to: 'b' }), gone);
  expect(questionsIn(state)).toMatchObject({
    'q-1': { state: 'cancelled' },
    'q-2': { state: 'open' },
  });
});

it('all open questions are kept, and the newest 200 settled ones', () => {
  const cancelled = (n: number): Past[] => [
    { ...asked(`q-${n}`, 'a'), atMs: n },
    { type: 'question.cancelled', atMs: n, data: { question: `q-${n}`, asker: 'a' } },
  ];
  const past = Array.from({ length: 205 }, (_, index) => cancelled(index + 1)).flat();
  const kept = Object.keys(questionsIn(given(world(), asked('q-0', 'a'), ...past).state));
  expect([kept.length, kept[0], kept[1]]).toEqual([201, 'q-0', 'q-6']);
});
