/** One answer to several items: what can be said to which of them, and to which not and why. Pure. */
import type { InboxItem } from './kinds.ts';

export interface Left {
  readonly item: InboxItem;
  readonly why: string;
}

export interface BulkChoice {
  readonly act: 'allow' | 'deny' | 'answer' | 'dismiss';
  /** Of an answer: the option. */
  readonly option?: string;
  /** In the order of the list. */
  readonly able: readonly InboxItem[];
  readonly left: readonly Left[];
}

type Judge = (item: InboxItem) => string | undefined;

/** What is offered for those that are chosen; only what at least one of them takes. */
export function bulkChoices(items: readonly InboxItem[]): readonly BulkChoice[] {
  const options = sharedOptions(items);
  return [
    choice({ act: 'allow' }, items, cannotAllow(items)),
    choice({ act: 'deny' }, items, cannotDeny),
    ...options.map((option) => choice({ act: 'answer', option }, items, cannotAnswer)),
    choice({ act: 'dismiss' }, items, cannotDismiss),
  ].filter(({ able }) => able.length > 0);
}

function choice(
  head: Pick<BulkChoice, 'act' | 'option'>,
  items: readonly InboxItem[],
  judge: Judge,
): BulkChoice {
  const judged = items.map((item) => ({ item, why: judge(item) }));
  return {
    ...head,
    able: judged.filter(({ why }) => why === undefined).map(({ item }) => item),
    left: judged.flatMap(({ item, why }) => (why === undefined ? [] : [{ item, why }])),
  };
}

/** Only the same command over again is waved through: the first that is chosen says which. */
function cannotAllow(items: readonly InboxItem[]): Judge {
  const asked = items.flatMap((item) => (item.kind === 'permission' ? [item.record] : []));
  const first = asked.find(({ risk }) => risk !== 'high') ?? asked[0];
  return (item) => {
    if (item.kind === 'approval') return 'is approved from its diff alone';
    if (item.kind !== 'permission') return 'asks for no permission';
    const { tool, input, risk } = item.record;
    if (risk === 'high') return 'is of high risk: decide it by itself';
    return tool === first?.tool && input === first.input ? undefined : 'is another command';
  };
}

function cannotDeny({ kind }: InboxItem): string | undefined {
  if (kind === 'proposal') return 'is decided by itself';
  return kind === 'permission' || kind === 'approval' ? undefined : 'asks for nothing to deny';
}

function cannotAnswer({ kind }: InboxItem): string | undefined {
  return kind === 'question' ? undefined : 'is no question';
}

function cannotDismiss(item: InboxItem): string | undefined {
  if (item.isBlocking) return `${item.agent} waits for your answer`;
  if (item.isBetweenAgents) return 'waits for another agent';
  return item.dismissed === undefined ? 'is decided, not dismissed' : undefined;
}

/** Options that all questions among them have. */
function sharedOptions(items: readonly InboxItem[]): readonly string[] {
  const [first, ...others] = items.flatMap((item) =>
    item.kind === 'question' ? [item.record.options] : [],
  );
  return (first ?? []).filter((option) => others.every((options) => options.includes(option)));
}

/** `3 are no question`, each reason once, with whom where it is one. */
export function tellLeft(left: readonly Left[]): readonly string[] {
  return [...Map.groupBy(left, ({ why }) => why)].map(([why, all]) => {
    const [one] = all;
    return all.length === 1 && one
      ? `Not ${one.item.agent}’s: ${why}`
      : `Not ${all.length}: ${why}`;
  });
}
