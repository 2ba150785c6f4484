/** What waits for the operator, in one list, oldest first. Pure. */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import { hasFailed, isTransient } from '../agents/present-agent.ts';

interface ItemBase {
  /** The record's id; for what can happen again, with the time it happened: `agent/backend@1712`. */
  readonly id: string;
  /** Since when it waits, Unix ms. */
  readonly sinceMs: number;
  /** Who waits. */
  readonly agent: string;
}

export type InboxItem =
  | (ItemBase & { readonly kind: 'question'; readonly record: QuestionRecord })
  | (ItemBase & { readonly kind: 'approval'; readonly record: ApprovalRecord })
  | (ItemBase & { readonly kind: 'failed-approval'; readonly record: ApprovalRecord })
  | (ItemBase & { readonly kind: 'failed-agent'; readonly record: AgentRecord })
  | (ItemBase & { readonly kind: 'message'; readonly record: MessageRecord });

export interface InboxRecords {
  readonly questions: readonly QuestionRecord[];
  readonly approvals: readonly ApprovalRecord[];
  readonly agents: readonly AgentRecord[];
  readonly messages: readonly MessageRecord[];
}

/** What the operator has dealt with where the hub keeps no state of it. */
export interface InboxRead {
  /** Messages up to this number are read. */
  readonly upTo: number;
  /** Ids of items that were read or dismissed one by one. */
  readonly done: readonly string[];
}

export function toInboxItems(records: InboxRecords, read: InboxRead): readonly InboxItem[] {
  const done = new Set(read.done);
  return [
    ...records.questions.filter(isForOperator).map(questionItem),
    ...records.approvals.flatMap((approval) => approvalItem(approval, records.approvals)),
    ...records.agents.flatMap(failedAgentItem),
    ...records.messages
      .filter(({ to, seq }) => to === 'operator' && seq > read.upTo)
      .flatMap(messageItem),
  ]
    .filter(({ id }) => !done.has(id))
    .sort(bySince);
}

/** Open questions between agents, oldest first: the operator may answer, but nobody waits for that. */
export function toPeerItems(questions: readonly QuestionRecord[]): readonly InboxItem[] {
  return questions
    .filter(({ state, to }) => state === 'open' && to !== 'operator')
    .map(questionItem)
    .sort(bySince);
}

/** Where the selection goes: it stays if it can, else to what followed it, else to the last. */
export function nextActive(
  before: readonly string[],
  after: readonly string[],
  active: string | undefined,
): string | undefined {
  if (active !== undefined && after.includes(active)) return active;
  const followers = active === undefined ? [] : before.slice(before.indexOf(active) + 1);
  return followers.find((id) => after.includes(id)) ?? after.at(active === undefined ? 0 : -1);
}

/** The id so many rows away; stays at the ends. */
export function neighbour(
  ids: readonly string[],
  active: string | undefined,
  step: number,
): string | undefined {
  const at = active === undefined ? -1 : ids.indexOf(active);
  return ids[Math.min(Math.max(at + step, 0), ids.length - 1)];
}

/** One line that says what it is about. */
export function titleOf(item: InboxItem): string {
  switch (item.kind) {
    case 'question':
      return item.record.text;
    case 'approval':
      return item.record.title;
    case 'failed-approval':
      return `${item.record.state === 'conflicted' ? 'Conflicts' : 'Not merged'}: ${item.record.title}`;
    case 'failed-agent':
      return item.record.failure?.message ?? 'Stopped without being told to';
    case 'message':
      return item.record.body;
  }
}

function isForOperator({ state, to }: QuestionRecord): boolean {
  return state === 'open' && to === 'operator';
}

function questionItem(record: QuestionRecord): InboxItem {
  return {
    kind: 'question',
    id: `question/${record.id}`,
    sinceMs: record.askedMs,
    agent: record.asker,
    record,
  };
}

function approvalItem(record: ApprovalRecord, all: readonly ApprovalRecord[]): InboxItem[] {
  const { id, agent, state, requestedMs } = record;
  if (state === 'pending')
    return [{ kind: 'approval', id: `approval/${id}`, sinceMs: requestedMs, agent, record }];
  if (state !== 'failed' && state !== 'conflicted') return [];
  const sinceMs = record.settledMs ?? requestedMs;
  // Asked again since: that one is what matters now.
  if (all.some((other) => other.agent === agent && other.requestedMs > sinceMs)) return [];
  return [{ kind: 'failed-approval', id: `approval/${id}@${sinceMs}`, sinceMs, agent, record }];
}

function failedAgentItem(record: AgentRecord): InboxItem[] {
  const { id, state, stateSinceMs } = record;
  if (!hasFailed(record) || isTransient(state) || state === 'destroyed') return [];
  return [
    {
      kind: 'failed-agent',
      id: `agent/${id}@${stateSinceMs}`,
      sinceMs: stateSinceMs,
      agent: id,
      record,
    },
  ];
}

function messageItem(record: MessageRecord): InboxItem[] {
  const agent = agentIdOf(record.from);
  if (agent === undefined) return [];
  return [{ kind: 'message', id: `message/${record.seq}`, sinceMs: record.atMs, agent, record }];
}

function bySince(a: InboxItem, b: InboxItem): number {
  return a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1);
}
