/** What the hub remembers of questions: all open ones, and the newest settled. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { questions as contract } from '../../../preload/contract/questions.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import { Table } from '../../../preload/contract/table.ts';

export type QuestionsState = Kept<QuestionRecord>;

export const initialQuestions: QuestionsState = { byId: Table.empty(), settled: [] };

const settledKept = 200;

type Reduce = (state: QuestionsState, event: EventEnvelope) => QuestionsState;

function asked(state: QuestionsState, event: EventEnvelope): QuestionsState {
  const { question, ...data } = event.data as EventData<typeof contract, 'question.asked'>;
  const record: QuestionRecord = { ...data, id: question, state: 'open', askedMs: event.atMs };
  return { ...state, byId: state.byId.set(question, record) };
}

function settle(to: 'answered' | 'cancelled' | 'expired'): Reduce {
  return (state, event) => {
    const { question, answer } = event.data as {
      question: string;
      answer?: QuestionRecord['answer'];
    };
    return settled(state, question, (record) => ({
      ...record,
      state: to,
      answer,
      settledBy: event.actor,
      settledMs: event.atMs,
    }));
  };
}

function settled(
  state: QuestionsState,
  id: string,
  change: (record: QuestionRecord) => QuestionRecord,
): QuestionsState {
  const byId = state.byId.update(id, change);
  if (byId === state.byId) return state;
  const isSettled = ({ settledMs }: QuestionRecord) => settledMs !== undefined;
  return keepNewest({ ...state, byId }, id, { isSettled, keep: settledKept });
}

/** Nobody waits any more for an answer to an agent that is gone. */
function askerGone(state: QuestionsState, event: EventEnvelope): QuestionsState {
  const { agent } = event.data as { agent: string };
  const open = state.byId
    .values()
    .filter((record) => record.asker === agent && record.state === 'open');
  return open.reduce(
    (left, { id }) =>
      settled(left, id, (record) => ({
        ...record,
        state: 'cancelled',
        settledBy: event.actor,
        settledMs: event.atMs,
      })),
    state,
  );
}

export const reduceQuestions: Readonly<Record<string, Reduce>> = {
  'question.asked': asked,
  'question.answered': settle('answered'),
  'question.cancelled': settle('cancelled'),
  'question.expired': settle('expired'),
  'agent.destroyed': askerGone,
};
