/** What questions' commands lead to. A question is settled once: answered, cancelled or expired. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Answer, Attachment, QuestionRecord } from '../../../preload/contract/questions.ts';
import { questions as contract } from '../../../preload/contract/questions.ts';
import type { Result } from '../../base/result.ts';
import { refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import type { QuestionsState } from './slice.ts';
import { requireAddressee, requireAnswer, requireOpen, requireRoom } from './require.ts';

type Ctx = DecideContext<QuestionsState>;
type Decided = Result<Decision<{ question: string }>>;

type Ask = CommandData<typeof contract, 'question.ask'>;

/** `attachments`: as they were found, see `prepareAsk`. */
export function decideAsk(ctx: Ctx, data: Ask, attachments: readonly Attachment[]): Decided {
  const asker = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!asker.ok) return asker;
  const to = requireAddressee(ctx, data.to, asker.value.id);
  if (!to.ok) return to;
  const open = data.unlessOpen ? sameOpen(ctx, asker.value.id, data) : undefined;
  if (open !== undefined) return decided({ question: open.id }, []);
  const room = requireRoom(ctx, asker.value.id);
  if (!room.ok) return room;
  const question = ctx.newId('q');
  const deadlineMs = data.timeoutMs === undefined ? undefined : ctx.nowMs + data.timeoutMs;
  const { text, options, multi } = data;
  const defaultAnswer = data.default === undefined ? undefined : toAnswer(data.default, options);
  return decided({ question }, [
    newEvent(contract, 'question.asked', {
      question,
      asker: asker.value.id,
      to: data.to,
      text,
      options,
      multi,
      deadlineMs,
      defaultAnswer,
      ...(attachments.length > 0 && { attachments: [...attachments] }),
      ...formerOf(ctx, asker.value.id, data),
    }),
  ]);
}

/** Asked again, whoever answers sees what was said before. The newest that is remembered. */
function formerOf(ctx: Ctx, asker: string, { to, text }: Ask) {
  const settled = ctx.state.settled.toReversed().flatMap((id) => ctx.state.byId.get(id) ?? []);
  const one = settled.find(
    (other) => other.asker === asker && other.to === to && other.text === text,
  );
  if (one === undefined) return {};
  const { id: question, state, answer } = one;
  return { former: { question, state, ...(answer !== undefined && { answer }) } };
}

export function decideAnswer(
  ctx: Ctx,
  data: CommandData<typeof contract, 'question.answer'>,
): Decided {
  const found = requireOpen(ctx, data.question);
  if (!found.ok) return found;
  const { asker, to, text } = found.value;
  if (!mayAnswer(ctx, to))
    return notYours(ctx, found.value, {
      verb: 'answer',
      allowed: to === 'operator' ? 'the operator' : `${to} or the operator`,
    });
  const answer = requireAnswer(found.value, data);
  return answer.ok
    ? decided({ question: data.question }, [
        newEvent(contract, 'question.answered', {
          question: data.question,
          asker,
          text,
          answer: answer.value,
          ...(data.re !== undefined && { re: data.re }),
          ...(to !== 'operator' && ctx.actor === 'operator' && { inPlaceOf: to }),
        }),
      ])
    : answer;
}

export function decideCancel(ctx: Ctx, data: { question: string }): Decided {
  const found = requireOpen(ctx, data.question);
  if (!found.ok) return found;
  const { asker, to, text } = found.value;
  const mine = ctx.actor === 'operator' || agentIdOf(ctx.actor) === asker;
  if (!mine)
    return notYours(ctx, found.value, { verb: 'cancel', allowed: `${asker} or the operator` });
  return decided({ question: data.question }, [
    newEvent(contract, 'question.cancelled', { question: data.question, asker, to, text }),
  ]);
}

export function decideExpire(ctx: Ctx, data: { question: string }): Result<Decision<Nothing>> {
  const found = requireOpen(ctx, data.question);
  if (!found.ok) return found;
  const { asker, text, defaultAnswer } = found.value;
  return decided({}, [
    newEvent(contract, 'question.expired', {
      question: data.question,
      asker,
      text,
      answer: defaultAnswer,
    }),
  ]);
}

/** The one that the same agent asks the same whom, and that is not settled yet. */
function sameOpen(
  ctx: Ctx,
  asker: string,
  { to, text }: { readonly to: string; readonly text: string },
): QuestionRecord | undefined {
  return ctx.state.byId
    .values()
    .find(
      (one) => one.state === 'open' && one.asker === asker && one.to === to && one.text === text,
    );
}

function mayAnswer(ctx: Ctx, to: string): boolean {
  return ctx.actor === 'operator' || agentIdOf(ctx.actor) === to;
}

function notYours(
  ctx: Ctx,
  question: QuestionRecord,
  say: { verb: string; allowed: string },
): Decided {
  return refuse('QUESTION_NOT_YOURS', {
    actor: ctx.actor,
    question: question.id,
    to: question.to,
    ...say,
  });
}

function toAnswer(text: string, options: readonly string[]): Answer {
  return options.includes(text) ? { choices: [text] } : { choices: [], text };
}
