/** Questions: asked once, settled once, answered into the asker's inbox. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import { questions as contract } from '../../../preload/contract/questions.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { Feature, QueryContext, SystemCommand } from '../../hub/feature.ts';
import type { Upcoming } from '../../hub/upcoming.ts';
import { feature, handler } from '../../hub/feature.ts';
import { inboxTopic } from '../messages/index.ts';
import { decideAnswer, decideAsk, decideCancel, decideExpire } from './decide.ts';
import { requireVisible } from './require.ts';
import { prepareAsk, showAttachment } from './attachments.ts';
import type { QuestionsPorts } from './ports.ts';
import type { QuestionsState } from './slice.ts';
import { initialQuestions, reduceQuestions } from './slice.ts';
import { questionWaits } from './waits.ts';

export function questionsFeature(ports: QuestionsPorts): Feature {
  return feature(contract, {
    initial: initialQuestions,
    version: 2,
    commands: {
      'question.ask': handler({
        prepare: (data, ctx) => prepareAsk(ports, data.attachments, ctx),
        decide: decideAsk,
      }),
      'question.answer': { decide: decideAnswer },
      'question.cancel': { decide: decideCancel },
      'question.expire': { decide: decideExpire },
    },
    queries: {
      'question.list': async (data, ctx) =>
        ok({ questions: visible(ctx).filter((question) => data.all || question.state === 'open') }),
      'question.get': getQuestion,
      'question.attachment': (data, ctx) => showAttachment(ports, data, ctx),
    },
    reduce: reduceQuestions,
    waits: questionWaits,
    views: { question: { items: (state: QuestionsState) => state.byId } },
    topics,
    search: {
      'question.asked': { text: ['text', 'options'] },
      'question.answered': { text: ['text', 'answer'] },
      'question.cancelled': { text: ['text'] },
      'question.expired': { text: ['text', 'answer'] },
    },
    describe,
    due: (state, nowMs) => expiring(state.byId, nowMs).map(expiry),
    upcoming: upcomingDeadlines,
  });
}

/** Agents see what they asked and what they are asked; the operator sees all. */
function visible(ctx: QueryContext<QuestionsState>): QuestionRecord[] {
  const self = agentIdOf(ctx.actor);
  return ctx.state.byId
    .values()
    .filter((question) => self === undefined || question.asker === self || question.to === self)
    .sort((a, b) => a.askedMs - b.askedMs);
}

async function getQuestion(
  data: { question: string; waitMs: number },
  ctx: QueryContext<QuestionsState>,
): Promise<Result<QuestionRecord>> {
  const look = (state: QuestionsState) => requireVisible(state, data.question, ctx.actor);
  const found = look(ctx.state);
  if (!found.ok || found.value.state !== 'open' || data.waitMs === 0) return found;
  await ctx.untilTopic(settledTopic(data.question), data.waitMs);
  return look(ctx.fresh().state);
}

function settledTopic(question: string): string {
  return `question/${question}`;
}

function topics(event: EventEnvelope): string[] {
  const { question, asker, to } = event.data as { question: string; asker: string; to?: string };
  if (event.type === 'question.asked') return [inboxTopic(to ?? 'operator')];
  const { inPlaceOf } = event.data as { inPlaceOf?: string };
  // Whoever was asked need not answer any more.
  if (inPlaceOf !== undefined)
    return [settledTopic(question), inboxTopic(asker), inboxTopic(inPlaceOf)];
  if (event.type !== 'question.cancelled') return [settledTopic(question), inboxTopic(asker)];
  const byAsker = agentIdOf(event.actor) === asker;
  return [settledTopic(question), inboxTopic(byAsker ? (to ?? 'operator') : asker)];
}

const describe: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'question.asked': ({ data }) => {
    const { question, text, options, attachments = [], former } = data as Asked;
    const choices = options.length === 0 ? '' : `\nOptions: ${options.join(' | ')}`;
    const files = attachments.map(
      ({ path }) => `\nAttached: ${path} (musher question attachment ${question} ${path})`,
    );
    const before = former?.answer ? `\nAsked before: ${sayAnswer(former.answer)}` : '';
    return `Question ${question}: ${text}${choices}${files.join('')}${before}\nAnswer with: musher answer ${question} <choice or text>`;
  },
  'question.answered': ({ data }) => {
    const { question, text, answer, inPlaceOf } = data as Answered;
    const by = inPlaceOf === undefined ? '' : ` (the operator, in place of ${inPlaceOf})`;
    return `Answer to ${question} ("${text}")${by}: ${sayAnswer(answer)}`;
  },
  'question.cancelled': ({ data }) => {
    const { question, text } = data as { question: string; text: string };
    return `Question ${question} ("${text}") was cancelled; there will be no answer.`;
  },
  'question.expired': ({ data }) => {
    const { question, text, answer } = data as { question: string; text: string; answer?: Answer };
    return `Nobody answered ${question} ("${text}") in time. ${answer === undefined ? 'Decide yourself.' : `The default holds: ${sayAnswer(answer)}`}`;
  },
};

type Asked = EventData<typeof contract, 'question.asked'>;
type Answered = EventData<typeof contract, 'question.answered'>;

function sayAnswer(answer: Answer): string {
  return [answer.choices.join(', '), answer.text ?? ''].filter((part) => part !== '').join('; ');
}

const expiring = dueRows<QuestionRecord>(({ state, deadlineMs }) =>
  state === 'open' ? deadlineMs : undefined,
);

function upcomingDeadlines({ byId }: QuestionsState): Upcoming[] {
  return byId
    .values()
    .flatMap(({ id, state, deadlineMs: atMs, text }) =>
      state === 'open' && atMs !== undefined
        ? [{ kind: 'question', subject: id, atMs, title: text }]
        : [],
    );
}

function expiry({ id }: QuestionRecord): SystemCommand {
  return { type: 'question.expire', data: { question: id } };
}
