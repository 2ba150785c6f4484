/** What waits for the operator, whoever is stopped by it first. Pure. */
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { RecordsOfKinds } from '../../hub/use-records.ts';
import { type Item, type ItemFacts, itemOf, toItem } from './kind.ts';
import type { InboxItem } from './kinds.ts';
import { questionFacts } from './kinds/question.ts';

/** Those of any kind: each is asked for its own items alone. */
export type FactsOf = ItemFacts<string, unknown>;

/** The hub says what waits; here it meets the record that it is of. None for what the page does not know, or not yet. */
export function toInboxItems(
  waiting: readonly WaitingItem[],
  records: RecordsOfKinds,
  kinds: readonly FactsOf[],
): readonly InboxItem[] {
  return waiting.flatMap((item) => firstOf(item, records, kinds)).sort(byUrgency);
}

function firstOf(
  waiting: WaitingItem,
  records: RecordsOfKinds,
  kinds: readonly FactsOf[],
): readonly InboxItem[] {
  for (const kind of kinds) {
    const item = toItem(kind, waiting, records);
    if (item !== undefined) return [item as unknown as InboxItem];
  }
  return [];
}

/** Open questions between agents, oldest first. */
export function toPeerItems(questions: readonly QuestionRecord[]): readonly InboxItem[] {
  return questions
    .filter(({ state, to }) => state === 'open' && to !== 'operator')
    .map(peerItem)
    .sort(byUrgency);
}

function peerItem(record: QuestionRecord): Item<'question', QuestionRecord> {
  const { id, asker: agent, askedMs: sinceMs, text } = record;
  const subject = { kind: 'question', subject: id, id: `question/${id}` };
  // It stops its asker, and somebody else is asked.
  const waiting = { ...subject, agent, sinceMs, title: text, seq: 0, isBlocking: false };
  return { ...itemOf(questionFacts, waiting, record), isBetweenAgents: true };
}

/** What stops an agent first, of those the oldest first. */
export function byUrgency(a: InboxItem, b: InboxItem): number {
  return (
    Number(b.isBlocking) - Number(a.isBlocking) || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1)
  );
}
