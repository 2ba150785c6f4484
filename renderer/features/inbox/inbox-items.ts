/** What waits for the operator: each with the record that it is of, whoever is stopped by it first. Pure. */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { HeadRecord } from '../../../preload/contract/commit-facts.ts';
import type { BudgetRecord, BudgetTold } from '../../../preload/contract/cost-records.ts';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import type { ProposalRecord } from '../../../preload/contract/proposal-records.ts';
import type { QuestionRecord } from '../../../preload/contract/questions.ts';
import type { StoryRecord } from '../../../preload/contract/story-facts.ts';
import type { TargetRecord } from '../../../preload/contract/targets.ts';

interface ItemBase {
  /** The hub's name for it: `question/q-81`. */
  readonly id: string;
  /** Since when it waits, Unix ms. */
  readonly sinceMs: number;
  /** Who waits; of a target that moved or was not pushed, and of a budget, its name. */
  readonly agent: string;
  /** The agent cannot go on without the operator. */
  readonly isBlocking: boolean;
  /** Out of sight until then, Unix ms. */
  readonly snoozedUntilMs?: number;
  /** It comes back before that when its agent speaks again. */
  readonly isSnoozedUntilHeard?: true;
}

export type InboxItem =
  | (ItemBase & { readonly kind: 'question'; readonly record: QuestionRecord })
  | (ItemBase & { readonly kind: 'permission'; readonly record: PermissionRecord })
  | (ItemBase & { readonly kind: 'approval'; readonly record: ApprovalRecord })
  | (ItemBase & { readonly kind: 'proposal'; readonly record: ProposalRecord })
  | (ItemBase & { readonly kind: 'failed-approval'; readonly record: ApprovalRecord })
  | (ItemBase & {
      /** Merged here, and the remote did not take it. */
      readonly kind: 'push';
      readonly record: ApprovalRecord;
      readonly title: string;
    })
  | (ItemBase & {
      readonly kind: 'failed-agent';
      readonly record: AgentRecord;
      /** How it failed, as the hub says it. */
      readonly title: string;
    })
  | (ItemBase & { readonly kind: 'notice'; readonly record: AgentRecord; readonly title: string })
  | (ItemBase & {
      /** `moved-back`: the operator did that, and is told what it left. */
      readonly kind: 'target' | 'moved-back';
      readonly record: TargetRecord;
      readonly title: string;
    })
  | (ItemBase & { readonly kind: 'stray'; readonly record: HeadRecord; readonly title: string })
  | (ItemBase & {
      readonly kind: 'conflict';
      readonly record: ConflictRecord;
      readonly title: string;
    })
  | (ItemBase & {
      /** It is blocked or held, or brings an answer that somebody has to read. */
      readonly kind: 'story';
      readonly record: StoryRecord;
      readonly title: string;
    })
  | (ItemBase & {
      /** What the operator wanted to be reminded of, and a timer that failed for good. */
      readonly kind: 'reminder' | 'timer';
      readonly timer: string;
      readonly title: string;
    })
  | (ItemBase & {
      /** That was paused by the hub, or was to fire once and failed. */
      readonly kind: 'trigger';
      readonly trigger: string;
      readonly title: string;
    })
  | (ItemBase & {
      readonly kind: 'budget';
      readonly record: BudgetTold;
      readonly title: string;
    })
  | (ItemBase & { readonly kind: 'message'; readonly seq: number; readonly title: string });

export interface InboxRecords {
  readonly waiting: readonly WaitingItem[];
  readonly questions: readonly QuestionRecord[];
  readonly permissions: readonly PermissionRecord[];
  readonly approvals: readonly ApprovalRecord[];
  readonly proposals: readonly ProposalRecord[];
  readonly agents: readonly AgentRecord[];
  readonly targets: readonly TargetRecord[];
  readonly heads: readonly HeadRecord[];
  readonly conflicts: readonly ConflictRecord[];
  readonly stories: readonly StoryRecord[];
  readonly budgets: readonly BudgetRecord[];
}

/** The hub says what waits; here it meets the record that it is of. */
export function toInboxItems(records: InboxRecords): readonly InboxItem[] {
  const found = {
    questions: byId(records.questions),
    permissions: byId(records.permissions),
    approvals: byId(records.approvals),
    proposals: byId(records.proposals),
    agents: byId(records.agents),
    targets: new Map(records.targets.map((record) => [record.target, record])),
    heads: new Map(records.heads.map((record) => [record.agent, record])),
    conflicts: byId(records.conflicts),
    stories: byId(records.stories),
    budgets: new Map(
      records.budgets.flatMap(({ id, told }) =>
        told.map((one) => [`${id}.${one.is}`, one] as const),
      ),
    ),
    unpushed: unpushedIn(records.approvals),
  };
  return records.waiting.flatMap((item) => toItem(item, found)).sort(byUrgency);
}

function byId<T extends { readonly id: string }>(all: readonly T[]): ReadonlyMap<string, T> {
  return new Map(all.map((record) => [record.id, record]));
}

interface Found {
  readonly questions: ReadonlyMap<string, QuestionRecord>;
  readonly permissions: ReadonlyMap<string, PermissionRecord>;
  readonly approvals: ReadonlyMap<string, ApprovalRecord>;
  readonly proposals: ReadonlyMap<string, ProposalRecord>;
  readonly agents: ReadonlyMap<string, AgentRecord>;
  readonly targets: ReadonlyMap<string, TargetRecord>;
  readonly heads: ReadonlyMap<string, HeadRecord>;
  readonly conflicts: ReadonlyMap<string, ConflictRecord>;
  readonly stories: ReadonlyMap<string, StoryRecord>;
  /** By `<budget>.<unit>.<what is told>`. */
  readonly budgets: ReadonlyMap<string, BudgetTold>;
  /** By target. */
  readonly unpushed: ReadonlyMap<string, ApprovalRecord>;
}

/** Of each target the one whose push failed last. */
function unpushedIn(approvals: readonly ApprovalRecord[]): ReadonlyMap<string, ApprovalRecord> {
  const failed = approvals.filter(({ push }) => push?.state === 'failed');
  const oldestFirst = failed.toSorted((a, b) => (a.push?.atMs ?? 0) - (b.push?.atMs ?? 0));
  return new Map(oldestFirst.map((record) => [record.pin.target, record]));
}

/** None for a kind that this page does not know, or whose record it does not have yet. */
function toItem(item: WaitingItem, found: Found): InboxItem[] {
  const made =
    toRepositoryItem(item, found) ??
    toTimerItem(item) ??
    toAskedItem(item, found) ??
    toToldItem(item, found);
  return made === undefined ? [] : [made];
}

/** What somebody wants an answer to. */
function toAskedItem(item: WaitingItem, found: Found): InboxItem | undefined {
  const { kind, subject } = item;
  const base = baseOf(item);
  const question = kind === 'question' ? found.questions.get(subject) : undefined;
  if (question) return { ...base, kind: 'question', record: question };
  const permission = kind === 'permission' ? found.permissions.get(subject) : undefined;
  if (permission) return { ...base, kind: 'permission', record: permission };
  const proposal = kind === 'proposal' ? found.proposals.get(subject) : undefined;
  if (proposal) return { ...base, kind: 'proposal', record: proposal };
  const approval = kind === 'approval' ? found.approvals.get(subject) : undefined;
  if (!approval) return undefined;
  // The undo of a merge stops no agent.
  const isAsked = item.isBlocking || approval.state === 'pending';
  return { ...base, kind: isAsked ? 'approval' : 'failed-approval', record: approval };
}

/** What the operator is to know of. */
function toToldItem(item: WaitingItem, found: Found): InboxItem | undefined {
  const { kind, subject, agent, title } = item;
  const base = { ...baseOf(item), title };
  const failed = kind === 'agent' ? found.agents.get(subject) : undefined;
  if (failed) return { ...base, kind: 'failed-agent', record: failed };
  const isNoticed = kind === 'watch' || kind === 'conflict';
  const watched = isNoticed ? found.agents.get(agent) : undefined;
  if (watched) return { ...base, kind: 'notice', record: watched };
  const budget = kind === 'budget' ? found.budgets.get(subject) : undefined;
  if (budget) return { ...base, agent: budget.budget, kind: 'budget', record: budget };
  return kind === 'message' ? { ...base, kind: 'message', seq: Number(subject) } : undefined;
}

function baseOf(item: WaitingItem): ItemBase {
  const { id, sinceMs, agent, isBlocking, snoozedUntilMs, isSnoozedUntilHeard } = item;
  return {
    ...{ id, sinceMs, agent, isBlocking },
    ...(snoozedUntilMs !== undefined && { snoozedUntilMs }),
    ...(isSnoozedUntilHeard && { isSnoozedUntilHeard }),
  };
}

/** What came by itself at its time. */
function toTimerItem(item: WaitingItem): InboxItem | undefined {
  const { kind, subject: timer, title } = item;
  if (kind === 'trigger')
    return { ...baseOf(item), kind, agent: `Trigger ${timer}`, trigger: timer, title };
  if (kind !== 'reminder' && kind !== 'timer') return undefined;
  const agent = kind === 'reminder' ? 'Reminder' : `Timer ${timer}`;
  return { ...baseOf(item), kind, agent, timer, title };
}

/** What came about in the repository, and no agent asked for. */
function toRepositoryItem(item: WaitingItem, found: Found): InboxItem | undefined {
  const { subject, title } = item;
  const base = { ...baseOf(item), title };
  const target = item.kind === 'target' ? found.targets.get(subject) : undefined;
  if (target?.alarm || target?.left)
    return {
      ...base,
      agent: subject,
      kind: target.alarm ? 'target' : 'moved-back',
      record: target,
    };
  const unpushed = item.kind === 'push' ? found.unpushed.get(subject) : undefined;
  if (unpushed) return { ...base, agent: subject, kind: 'push', record: unpushed };
  const head = item.kind === 'stray' ? found.heads.get(subject) : undefined;
  if (head?.stray) return { ...base, kind: 'stray', record: head };
  const story = item.kind === 'story' ? found.stories.get(subject) : undefined;
  if (story) return { ...base, agent: item.agent || subject, kind: 'story', record: story };
  const conflict = item.kind === 'conflict' ? found.conflicts.get(subject) : undefined;
  return conflict && { ...base, kind: 'conflict', record: conflict };
}

/** Open questions between agents, oldest first: the operator may answer, but nobody waits for that. */
export function toPeerItems(questions: readonly QuestionRecord[]): readonly InboxItem[] {
  return questions
    .filter(({ state, to }) => state === 'open' && to !== 'operator')
    .map(questionItem)
    .sort(byUrgency);
}

function questionItem(record: QuestionRecord): InboxItem {
  return {
    kind: 'question',
    id: `question/${record.id}`,
    sinceMs: record.askedMs,
    agent: record.asker,
    // It stops its asker, and somebody else is asked.
    isBlocking: false,
    record,
  };
}

/** What stops an agent first, of those the oldest first. */
export function byUrgency(a: InboxItem, b: InboxItem): number {
  return (
    Number(b.isBlocking) - Number(a.isBlocking) || a.sinceMs - b.sinceMs || (a.id < b.id ? -1 : 1)
  );
}
