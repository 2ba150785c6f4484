/** Musher's events as messages of the wire, whoever made them and by which door. */
import type { agents } from '../../../preload/contract/agents.ts';
import type { conflicts } from '../../../preload/contract/conflicts.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import type { learnings } from '../../../preload/contract/learnings.ts';
import type { messages } from '../../../preload/contract/messages.ts';
import type { Answer, questions } from '../../../preload/contract/questions.ts';
import { wireName, wireNameOf } from './names.ts';
import { toWireFile } from './files.ts';
import type { ReadMessage } from './wire.ts';
import { wireMessageSchema } from './wire.ts';

/** An event, or an item of an inbox. */
export interface Happened {
  readonly type: string;
  readonly atMs: number;
  readonly from: Actor;
  readonly data: unknown;
  /** One readable text of it all, for what the wire has no word for. */
  readonly text?: string;
}

type Sent = EventData<typeof messages, 'message.sent'>;

/** The event types that the wire has words for. */
export const wireTypes: ReadonlySet<string> = new Set([
  ...['agent.reported', 'message.sent', 'question.asked', 'question.answered'],
  ...['intent.declared', 'learning.added'],
]);

/**
 * `reader`: whose inbox it is in; without one it is read from the log. What the wire has no word for, or what lacks
 * something that its word wants, is told as an answer.
 */
export function toWire(happened: Happened, reader?: string): ReadMessage {
  const from = wireName(happened.from);
  const told = inItsWord(happened, { from, reader });
  const isWhole =
    told?.type === 'supervisor.verify-now' || wireMessageSchema.safeParse(told).success;
  if (told !== undefined && isWhole) return told;
  const { body } = happened.data as { readonly body?: string };
  const words = [body, happened.text, happened.type].find((one) => one?.trim());
  return answer(reader ?? from, { from, answer: words ?? happened.type });
}

function inItsWord(happened: Happened, exchange: Exchange): ReadMessage | undefined {
  const { from } = exchange;
  switch (happened.type) {
    case 'agent.reported':
      return status(from, happened.data as EventData<typeof agents, 'agent.reported'>);
    case 'message.sent':
      return sent(happened.data as Sent, exchange);
    case 'question.asked': {
      const { text, options } = happened.data as EventData<typeof questions, 'question.asked'>;
      const question = options.length === 0 ? text : `${text}\nOptions: ${options.join(', ')}`;
      return { type: 'agent.question', agent_id: from, payload: { question } };
    }
    case 'question.answered': {
      const told = happened.data as EventData<typeof questions, 'question.answered'>;
      return answer(told.asker, { from, answer: sayAnswer(told.answer), re: told.re });
    }
    case 'intent.declared':
      return intent(from, happened.data as EventData<typeof conflicts, 'intent.declared'>);
    case 'conflict.found':
    case 'conflict.changed': {
      const agent_id = exchange.reader ?? from;
      return { type: 'agent.feedback', agent_id, payload: { from, errors: [happened.text ?? ''] } };
    }
    case 'learning.added':
      return learning(happened, from);
    default:
      return undefined;
  }
}

function status(agent_id: string, data: EventData<typeof agents, 'agent.reported'>): ReadMessage {
  const { status: value, label, note, files = [], cli, phase, detail } = data;
  return {
    ...{ type: 'agent.status', agent_id },
    payload: {
      ...{ status: label ?? value, modified_files: files, message: note ?? null },
      ...{ cli, phase, detail },
    },
  };
}

interface Exchange {
  readonly from: string;
  readonly reader: string | undefined;
}

/** The payload is what was published; a message without a kind is plain words, and an answer is what wants no mending. */
function sent({ kind, payload = {}, body, to, recipients }: Sent, { from, reader }: Exchange) {
  const target = wireNameOf(reader ?? recipients[0] ?? [to].flat()[0] ?? '');
  const whole = wholeOf(kind, payload, { from, target }) as ReadMessage | undefined;
  return whole ?? answer(target, { from, answer: body });
}

/** Undefined for plain words; what lacks something that the wire wants is found out by its schema. */
function wholeOf(
  kind: Sent['kind'],
  payload: Readonly<Record<string, unknown>>,
  { from, target }: { readonly from: string; readonly target: string },
): object | undefined {
  switch (kind) {
    case 'artifact':
    case 'blocked':
    case 'status':
      return { type: `agent.${kind}`, agent_id: from, payload };
    case 'feedback':
    case 'answer':
      return { type: `agent.${kind}`, agent_id: target, payload: { from, ...payload } };
    case 'verified': {
      const { agent_id, ...said } = payload;
      return { type: 'agent.verified', agent_id, payload: { verified_by: from, ...said } };
    }
    case 'advanced-main':
      return { type: 'agent.advanced-main', from, ...payload };
    case 'verify-now':
      return { type: 'supervisor.verify-now', branch_id: from };
    default:
      return undefined;
  }
}

function answer(
  agent_id: string,
  payload: { from: string; answer: string; re?: string | undefined },
): ReadMessage {
  return { type: 'agent.answer', agent_id: wireNameOf(agent_id), payload };
}

function sayAnswer({ choices, text }: Answer): string {
  return [choices.join(', '), text ?? ''].filter((part) => part !== '').join('; ');
}

function intent(
  agent_id: string,
  { files, summary, validForMs }: EventData<typeof conflicts, 'intent.declared'>,
): ReadMessage {
  const valid_for_seconds = Math.max(1, Math.round(validForMs / 1_000));
  const payload = { files: files.map(toWireFile), summary, valid_for_seconds };
  return { type: 'agent.intent', agent_id, payload };
}

/** One that Musher's own clients noted has no category. */
function learning({ data, atMs }: Happened, agent_id: string): ReadMessage {
  const noted = data as EventData<typeof learnings, 'learning.added'>;
  const { payload } = noted;
  const { id = noted.learning, ...rest } = payload ?? {
    ...{ category: 'note', title: noted.text, body: {} },
    timestamp: new Date(atMs).toISOString(),
  };
  return { type: 'agent.learning', payload: { id, agent_id, ...rest } } as ReadMessage;
}
