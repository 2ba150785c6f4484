/** The rules of questions, each a small function: it returns what was asked for, or the refusal that says why not. */
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { Answer, QuestionRecord } from '../../../preload/contract/questions.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { reachableAgents, selectAgents } from '../agents/index.ts';
import { initialQuestions, type QuestionsState } from './slice.ts';
import type { DecideContext } from '../../hub/feature.ts';

type Ctx = DecideContext<QuestionsState>;

/** Open questions of one agent. More than this is a loop, not a need. */
export const openPerAgent = 20;

/** Where it is unknown, the open ones that the actor has to do with are named. */
function requireQuestion(state: QuestionsState, id: string, actor: Actor): Result<QuestionRecord> {
  const found = state.byId.get(id);
  if (found !== undefined) return ok(found);
  const open = state.byId
    .values()
    .filter((question) => question.state === 'open' && mayKnow(question, actor));
  return refuse('QUESTION_UNKNOWN', {
    question: id,
    known: listOrNone(open.map((question) => question.id)),
  });
}

function mayKnow({ asker, to }: QuestionRecord, actor: Actor): boolean {
  const self = agentIdOf(actor);
  return self === undefined || asker === self || to === self;
}

/** What is between others is unknown. */
export function requireVisible(
  state: QuestionsState,
  id: string,
  actor: Actor,
): Result<QuestionRecord> {
  const found = requireQuestion(state, id, actor);
  return !found.ok || mayKnow(found.value, actor)
    ? found
    : requireQuestion(initialQuestions, id, actor);
}

export function requireOpen(ctx: Ctx, id: string): Result<QuestionRecord> {
  const found = requireQuestion(ctx.state, id, ctx.actor);
  if (!found.ok || found.value.state === 'open') return found;
  return refuse('QUESTION_SETTLED', {
    question: id,
    state: found.value.state,
    by: found.value.settledBy ?? 'system',
  });
}

export function requireAddressee(ctx: Ctx, to: string, asker: string): Result<string> {
  if (to === asker) return refuse('QUESTION_TO_SELF', { agent: asker });
  const agents = reachableAgents(selectAgents(ctx.hub)).map((agent) => agent.id);
  return to === 'operator' || agents.includes(to)
    ? ok(to)
    : refuse('RECIPIENT_UNKNOWN', { to, known: listOrNone(agents) });
}

export function requireRoom(ctx: Ctx, agent: string): Result<undefined> {
  const open = ctx.state.byId
    .values()
    .filter((question) => question.asker === agent && question.state === 'open').length;
  return open < openPerAgent
    ? ok(undefined)
    : refuse('QUESTION_LIMIT', { agent, limit: openPerAgent });
}

export function requireAnswer(
  question: QuestionRecord,
  data: { choices: readonly string[]; text?: string },
): Result<Answer> {
  // Without options, the words after the id are the answer itself.
  const words = question.options.length === 0 ? data.choices : [];
  const choices = words.length > 0 ? [] : [...new Set(data.choices)];
  const strange = choices.find((choice) => !question.options.includes(choice));
  if (strange !== undefined)
    return refuse('CHOICE_UNKNOWN', { choice: strange, options: question.options.join(', ') });
  if (!question.multi && choices.length > 1)
    return refuse('CHOICE_COUNT', { question: question.id, count: choices.length });
  const said = [...words, data.text ?? ''].filter((part) => part.trim() !== '').join(' ');
  const text = said === '' ? undefined : said;
  return choices.length === 0 && text === undefined
    ? refuse('ANSWER_EMPTY', { question: question.id })
    : ok({ choices, text });
}
