/** Which messages are shown, as part of the page's address: `agent/backend/kind/questions/text/schema`. Pure. */
import type { QueryInput } from '../../hub/bridge.ts';

export interface Filters {
  readonly agent?: string;
  readonly kind?: Kind;
  readonly unread?: boolean;
  /** As it was typed. */
  readonly text?: string;
  /** The thread that is open beside, by any message of it. */
  readonly thread?: number;
}

export const kinds = {
  messages: { title: 'Messages', type: 'message.sent' },
  questions: {
    title: 'Questions',
    type: 'question.asked,question.answered,question.cancelled,question.expired',
  },
  intents: { title: 'Intents', type: 'intent.declared,intent.stolen' },
  conflicts: {
    title: 'Conflicts',
    type: 'conflict.found,conflict.changed,conflict.cleared,conflict.ordered',
  },
  reviews: {
    title: 'Reviews',
    type: 'approval.requested,approval.superseded,approval.merged,approval.failed,approval.denied,approval.withdrawn,review.submitted,review.replied,review.resolved,review.reopened',
  },
} as const;
export type Kind = keyof typeof kinds;

export function isKind(value: string | undefined): value is Kind {
  return value !== undefined && Object.hasOwn(kinds, value);
}

export function parseFilters(target: string | undefined): Filters {
  const parts = (target ?? '').split('/');
  const given = new Map<string, string>();
  for (let at = 0; at + 1 < parts.length; at += 2)
    given.set(parts[at] ?? '', decode(parts[at + 1] ?? ''));
  const [agent, kind, text] = [given.get('agent'), given.get('kind'), given.get('text')];
  const thread = Number(given.get('thread'));
  return {
    ...(agent ? { agent } : {}),
    ...(isKind(kind) ? { kind } : {}),
    ...(given.get('unread') === 'yes' ? { unread: true } : {}),
    ...(text ? { text } : {}),
    ...(Number.isInteger(thread) && thread > 0 ? { thread } : {}),
  };
}

/** Undefined where nothing is chosen. */
export function toTarget({ agent, kind, unread, text, thread }: Filters): string | undefined {
  const parts = [
    agent === undefined ? [] : ['agent', agent],
    kind === undefined ? [] : ['kind', kind],
    unread === true ? ['unread', 'yes'] : [],
    // A slash of the text is none of the address.
    text === undefined || text === '' ? [] : ['text', encodeURIComponent(text)],
    thread === undefined ? [] : ['thread', String(thread)],
  ].flat();
  return parts.length === 0 ? undefined : parts.join('/');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** True when something narrows what is shown, besides whose messages they are. */
export function isNarrowed({ kind, unread, text }: Filters): boolean {
  return kind !== undefined || unread === true || (text ?? '').trim() !== '';
}

export type MessageAsk = QueryInput<'message.list'>;

export function toAsk({ agent, kind, unread, text }: Filters): MessageAsk {
  const words = toSearchText(text ?? '');
  return {
    type: kind === undefined ? '*' : kinds[kind].type,
    ...(agent === undefined ? {} : { agent }),
    ...(unread === true ? { unread } : {}),
    ...(words === '' ? {} : { text: words }),
  };
}

const mostChars = 200;

/** While one types, the last word may go on; a space or a quotation mark ends it. */
export function toSearchText(typed: string): string {
  const text = typed.trimStart().slice(0, mostChars - 2);
  if (!/[\p{L}\p{N}\p{M}]$/u.test(text)) return text.trimEnd();
  const isQuoted = (text.split('"').length - 1) % 2 === 1;
  return `${text}${isQuoted ? '"' : ''}*`;
}
