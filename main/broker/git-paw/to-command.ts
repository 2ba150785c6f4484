/** What a message of the wire asks of Musher: the same commands that its own clients use, so the same events come of it. */
import { createHash } from 'node:crypto';
import type { MessageKind } from '../../../preload/contract/messages.ts';
import { nobody } from '../../../preload/contract/messages.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { Named } from './names.ts';
import { whoIs } from './names.ts';
import { toFile } from './files.ts';
import type { WireMessage } from './wire.ts';
import { sayAdvanced, sayArtifact } from './words.ts';

export interface Wanted {
  readonly type: string;
  readonly data: unknown;
  /** Under which a repetition is the same. */
  readonly id?: string;
}

/** What is known when the message comes. */
export interface Known {
  /** `operator`, or the sender's agent id. */
  readonly sender: string;
  readonly agents: readonly Named[];
  /** Open ones that the sender may answer. */
  readonly questions: readonly QuestionRecord[];
}

type Of<Type extends WireMessage['type']> = Extract<WireMessage, { type: Type }>;
type Translate = { [Type in WireMessage['type']]: (message: Of<Type>, known: Known) => Wanted };

export function toCommand(message: WireMessage, known: Known): Wanted {
  const translate = translations[message.type] as (message: WireMessage, known: Known) => Wanted;
  return translate(message, known);
}

const translations: Translate = {
  'agent.status': ({ payload }, { sender }) => {
    const { status, message, modified_files: files, ...beside } = payload;
    if (sender === 'operator')
      return announce('status', nobody, { body: message ?? status, payload });
    const data = { label: status, ...(message !== null && { note: message }), files, ...beside };
    return { type: 'agent.announce', data };
  },
  'agent.artifact': ({ payload }) =>
    announce('artifact', '*', { body: sayArtifact(payload), payload }),
  // Nobody may wait for somebody who does not exist: then it is the operator who must hear of it.
  'agent.blocked': ({ payload }, known) =>
    announce('blocked', whoIs(payload.from, known.agents) ?? 'operator', {
      body: `Blocked: needs ${payload.needs} from ${payload.from}`,
      payload,
    }),
  'agent.verified': ({ agent_id, payload: { message } }) =>
    announce('verified', '*', {
      body: `${agent_id} is verified${message === null ? '' : `: ${message}`}`,
      payload: { agent_id, message },
    }),
  'agent.feedback': ({ agent_id, payload: { errors } }, known) =>
    announce('feedback', target(agent_id, known), {
      body: `To mend:\n${errors.map((error) => `- ${error}`).join('\n')}`,
      payload: { errors },
    }),
  'agent.answer': ({ agent_id, payload: { answer, re } }, known) => {
    const to = target(agent_id, known);
    const asked = questionOf(to, re, known);
    const reference = re === undefined ? {} : { re };
    if (asked === undefined) {
      const body = re === undefined ? answer : `On "${re}": ${answer}`;
      return announce('answer', to, { body, payload: { answer, ...reference } });
    }
    const isOption = asked.options.includes(answer);
    const said = isOption ? { choices: [answer] } : { text: answer };
    return { type: 'question.answer', data: { question: asked.id, ...said, ...reference } };
  },
  'agent.question': ({ payload }) => ({
    type: 'question.ask',
    data: { text: payload.question, unlessOpen: true },
  }),
  'agent.intent': ({ payload }) => ({
    type: 'intent.declare',
    data: {
      summary: payload.summary,
      files: payload.files.map(toFile),
      forMs: Math.min(payload.valid_for_seconds, longestIntentSeconds) * 1_000,
    },
  }),
  'agent.advanced-main': ({ type: _type, from: _from, ...payload }) => ({
    ...announce('advanced-main', '*', { body: sayAdvanced(payload), payload }),
    id: nameOf('main', [
      ...[payload.merged_branch, payload.new_main_sha, payload.base],
      new Date(payload.merged_at).toISOString().slice(0, 'YYYY-MM-DDTHH'.length),
    ]),
  }),
  'agent.learning': ({ payload: { agent_id: _sender, ...payload } }, known) => ({
    type: 'learning.announce',
    data: {
      text: payload.title,
      to: payload.branch_id === undefined ? 'operator' : target(payload.branch_id, known),
      payload,
    },
    ...(payload.id !== '' && { id: nameOf('learning', [payload.id]) }),
  }),
};

/** A week: longer is no plan. */
const longestIntentSeconds = 7 * 86_400;

function announce(
  kind: MessageKind,
  to: string,
  said: { readonly body: string; readonly payload: object },
): Wanted {
  return { type: 'message.announce', data: { kind, to, ...said } };
}

/** As it was written where it is nobody: the hub then names who there is. */
function target(name: string, { agents }: Known): string {
  return whoIs(name, agents) ?? name;
}

/**
 * The question that an answer is for: the one it cites; where it cites none, the oldest that waits. Clients cite in words
 * of their own, which is plain while one question waits. Among several it would be a guess: then it is for none.
 */
function questionOf(
  asker: string,
  re: string | undefined,
  { sender, questions }: Known,
): QuestionRecord | undefined {
  const open = questions.filter(
    (one) => one.state === 'open' && one.asker === asker && one.to === sender,
  );
  const cited = open.find(({ text, id }) => text === re || id === re);
  const isPlain = re === undefined || open.length === 1;
  return cited ?? (isPlain ? open[0] : undefined);
}

/** A command id that says what it is about: the same matter again is the same command. */
function nameOf(what: string, parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return `paw-${what}-${hash.slice(0, 32)}`;
}
