/** What the hub remembers of questions: all open ones, and the newest settled. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { questions as contract } from '../../../preload/contract/questions.ts';
import type { Table } from '../../base/records.ts';
import { keepNewest, update } from '../../base/records.ts';

export interface QuestionsState {
  readonly byId: Table<QuestionRecord>;
}

export const initialQuestions: QuestionsState = { byId: {} };

const settledKept = 200;

type Reduce = (state: QuestionsState, event: EventEnvelope) => QuestionsState;

function asked(state: QuestionsState, event: EventEnvelope): QuestionsState {
  const { question, ...data } = event.data as EventData<typeof contract, 'question.asked'>;
  return {
    byId: {
      ...state.byId,
      [question]: { ...data, id: question, state: 'open', askedMs: event.atMs },
    },
  };
}

function settle(to: 'answered' | 'cancelled' | 'expired'): Reduce {
  return (state, event) => {
    const { question, answer } = event.data as {
      question: string;
      answer?: QuestionRecord['answer'];
    };
    const byId = update(state.byId, question, (record) => ({
      ...record,
      state: to,
      answer,
      settledBy: event.actor,
      settledMs: event.atMs,
    }));
    return byId === state.byId
      ? state
      : { byId: keepNewest(byId, (record) => record.settledMs, settledKept) };
  };
}

/** Nobody waits any more for an answer to an agent that is gone. */
function askerGone(state: QuestionsState, event: EventEnvelope): QuestionsState {
  const { agent } = event.data as { agent: string };
  const open = Object.values(state.byId).filter(
    (record) => record.asker === agent && record.state === 'open',
  );
  if (open.length === 0) return state;
  const closed = open.map((record) => [
    record.id,
    { ...record, state: 'cancelled' as const, settledBy: event.actor, settledMs: event.atMs },
  ]);
  const byId = { ...state.byId, ...Object.fromEntries(closed) };
  return { byId: keepNewest(byId, (record) => record.settledMs, settledKept) };
}

export const reduceQuestions: Readonly<Record<string, Reduce>> = {
  'question.asked': asked,
  'question.answered': settle('answered'),
  'question.cancelled': settle('cancelled'),
  'question.expired': settle('expired'),
  'agent.destroyed': askerGone,
};
