/** Who says it to whom, in the words of the one who reads it. Pure. */
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { MessageKind, TrackedMessage } from '../../../preload/contract/messages.ts';

/** `operator` is the one who reads this. */
export function nameOf(party: string): string {
  if (party === 'operator') return 'You';
  if (party === '*') return 'everyone';
  if (party === '-') return 'nobody';
  return party.startsWith('agent:') ? party.slice('agent:'.length) : party;
}

const mostNamed = 3;

/** After `to`: one, two or three by name, of more the first two and how many others. */
export function recipientsOf(to: string | readonly string[]): string {
  const names = [to].flat().map((one) => (one === 'operator' ? 'you' : nameOf(one)));
  if (names.length <= mostNamed) return names.join(', ');
  return `${names.slice(0, mostNamed - 1).join(', ')} and ${names.length - mostNamed + 1} others`;
}

/** Messages to the operator that are not read yet, by agent. */
export function countUnread(waiting: readonly WaitingItem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, agent } of waiting)
    if (kind === 'message') counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return counts;
}

/** True when it goes on where the one before stopped, so that who and to whom need not be said again. */
export function continues(message: TrackedMessage, before: TrackedMessage | undefined): boolean {
  if (!before || message.re !== undefined || kindOf(message) !== kindOf(before)) return false;
  return (
    before.from === message.from &&
    recipientsOf(before.to) === recipientsOf(message.to) &&
    message.atMs - before.atMs < 300_000
  );
}

/** What it is, when it is more than plain words. */
export function kindOf({ type, kind }: Pick<TrackedMessage, 'type' | 'kind'>): string | undefined {
  if (type !== 'message.sent') return words[type] ?? type;
  return kind === undefined ? undefined : kindWords[kind];
}

const kindWords: Readonly<Record<MessageKind, string>> = {
  artifact: 'Artifact',
  blocked: 'Blocked',
  feedback: 'Feedback',
  answer: 'Answer',
  verified: 'Verified',
  'advanced-main': 'Target moved',
  status: 'Status',
  'verify-now': 'To verify',
};

/** What it says, without what is said to agents alone: which command answers a question. */
export function textOf({ type, body }: TrackedMessage): string {
  return type === 'question.asked'
    ? body.replace(/^Question \S+: /, '').replace(/\nAnswer with: [^\n]*$/, '')
    : body;
}

const words: Readonly<Record<string, string>> = {
  'question.asked': 'Question',
  'question.answered': 'Answer',
  'question.cancelled': 'Question cancelled',
  'question.expired': 'Question expired',
  'approval.requested': 'Review asked',
  'approval.superseded': 'Review superseded',
  'approval.merged': 'Merged',
  'approval.failed': 'Merge failed',
  'approval.denied': 'Review denied',
  'approval.withdrawn': 'Review withdrawn',
  'review.submitted': 'Review comments',
  'review.replied': 'Reply to a comment',
  'review.resolved': 'Comment done',
  'review.reopened': 'Comment opened again',
  'intent.declared': 'Intent',
  'intent.stolen': 'Files taken',
  'conflict.found': 'Conflict',
  'conflict.changed': 'Conflict changed',
  'conflict.cleared': 'Conflict over',
  'conflict.ordered': 'Merge order',
  'learning.added': 'Learning',
};

/** To whom an answer to it goes: its sender, or whom the operator wrote to. */
export function answerTo({ from, to }: TrackedMessage): string | readonly string[] {
  return from === 'operator' || from === 'system' ? to : nameOf(from);
}
