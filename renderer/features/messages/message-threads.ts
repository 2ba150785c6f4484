/** Messages by whom they are with. Pure. */
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';

/** Live ones and pages of older ones as one list, by number, each once. */
export function joinMessages(
  older: readonly MessageRecord[],
  live: readonly MessageRecord[],
): readonly MessageRecord[] {
  const bySeq = new Map([...older, ...live].map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** What an agent wrote or was sent, broadcasts too; all of them without an agent. */
export function inThread(
  messages: readonly MessageRecord[],
  agent: string | undefined,
): readonly MessageRecord[] {
  if (agent === undefined) return messages;
  return messages.filter(
    ({ from, to }) => agentIdOf(from) === agent || to === '*' || [to].flat().includes(agent),
  );
}

/** Messages to the operator that are not read yet, by agent. */
export function countUnread(waiting: readonly WaitingItem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { kind, agent } of waiting)
    if (kind === 'message') counts.set(agent, (counts.get(agent) ?? 0) + 1);
  return counts;
}

/** `operator` is the one who reads this. */
export function nameOf(party: string | readonly string[]): string {
  if (typeof party !== 'string') return party.map((one) => nameOf(one)).join(', ');
  if (party === 'operator') return 'You';
  if (party === '*') return 'everyone';
  return party.startsWith('agent:') ? party.slice('agent:'.length) : party;
}

/** True when it goes on where the one before stopped, so that who and to whom need not be said again. */
export function continues(message: MessageRecord, before: MessageRecord | undefined): boolean {
  if (!before || message.re !== undefined) return false;
  return (
    before.from === message.from &&
    nameOf(before.to) === nameOf(message.to) &&
    message.atMs - before.atMs < 300_000
  );
}
