/** How the Inbox is laid out: filtered, in groups, the messages of one agent folded into one row. Pure. */
import type { InboxItem } from './kinds.ts';
import { fits, type Grouping, type InboxLook, type Sort, sorts } from './inbox-look.ts';

type MessageItem = Extract<InboxItem, { kind: 'message' }>;

/** Messages of one agent that nobody waits for, as one row. */
export interface Fold {
  readonly kind: 'fold';
  /** `messages/<agent>`: the same however many come. */
  readonly id: string;
  readonly agent: string;
  /** The oldest of them. */
  readonly sinceMs: number;
  /** Oldest first; at least two. */
  readonly items: readonly MessageItem[];
  readonly isOpen: boolean;
}

export type Entry = InboxItem | Fold;

export interface Row {
  readonly entry: Entry;
  /** Below the fold that it belongs to. */
  readonly isFolded?: true;
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** How many items, those in closed folds too. */
  readonly count: number;
  readonly rows: readonly Row[];
  /** In sight, but not waiting for the operator now. */
  readonly quiet?: 'peers' | 'snoozed';
}

export interface Laid {
  readonly items: readonly InboxItem[];
  /** Open questions between agents. */
  readonly peers: readonly InboxItem[];
  readonly look: InboxLook;
  /** Agents whose messages are unfolded. */
  readonly unfolded: ReadonlySet<string>;
  /** Selected: a fold with it inside is open, however it came there. */
  readonly activeId: string | undefined;
}

/** None that is empty. */
export function toSections(laid: Laid): readonly Section[] {
  const { look } = laid;
  const shown = laid.items.filter((item) => fits(item, look));
  const now = shown.filter(({ snoozedUntilMs }) => snoozedUntilMs === undefined);
  const snoozed = shown.filter(({ snoozedUntilMs }) => snoozedUntilMs !== undefined);
  const peers = laid.peers.filter((item) => fits(item, look));
  const groups = Map.groupBy(now, keysOf[look.group]);
  const order = orderOf[look.group] ?? [...groups.keys()];
  return [
    ...order.map((id) => section({ id, title: titleOf(look.group, id) }, groups.get(id), laid)),
    section({ id: 'peers', title: 'Between agents', quiet: 'peers' }, peers, laid),
    section({ id: 'snoozed', title: 'Snoozed', quiet: 'snoozed' }, snoozed, laid),
  ].filter(({ count }) => count > 0);
}

const keysOf: Readonly<Record<Grouping, (item: InboxItem) => string>> = {
  urgency: (item) =>
    item.isBlocking ? 'stopped' : item.sort === 'message' ? 'messages' : 'others',
  agent: ({ agent }) => agent,
  kind: ({ sort }) => sort,
};

/** Without one, in the order of what is most urgent in each: items come in that order. */
const orderOf: Readonly<Record<Grouping, readonly string[] | undefined>> = {
  urgency: ['stopped', 'others', 'messages'],
  agent: undefined,
  kind: Object.keys(sorts),
};

const urgencies: Readonly<Record<string, string>> = {
  stopped: 'Agents wait for you',
  others: 'To look at',
  messages: 'Messages',
};

function titleOf(group: Grouping, id: string): string {
  if (group === 'agent') return id;
  return (group === 'kind' ? sorts[id as Sort] : urgencies[id]) ?? id;
}

function section(
  head: Pick<Section, 'id' | 'title' | 'quiet'>,
  items: readonly InboxItem[] = [],
  laid: Laid,
): Section {
  const rows = head.quiet === undefined ? folded(items, laid) : items.map((entry) => ({ entry }));
  return { ...head, count: items.length, rows };
}

/** Messages come last; several of one agent stand where the oldest of them does. */
function folded(items: readonly InboxItem[], { unfolded, activeId }: Laid): readonly Row[] {
  const isQuiet = (item: InboxItem) => item.kind === 'message' && !item.isBlocking;
  const byAgent = Map.groupBy(items.filter(isQuiet) as MessageItem[], ({ agent }) => agent);
  const others = items.filter((item) => !isQuiet(item)).map((entry): Row => ({ entry }));
  const messages = [...byAgent].flatMap(([agent, own]): Row[] => {
    const [first] = own;
    if (first === undefined || own.length === 1) return own.map((entry) => ({ entry }));
    const isOpen = unfolded.has(agent) || own.some(({ id }) => id === activeId);
    const head = { id: `messages/${agent}`, agent, sinceMs: first.sinceMs };
    const fold: Fold = { kind: 'fold', ...head, items: own, isOpen };
    const inside = isOpen ? own.map((entry): Row => ({ entry, isFolded: true })) : [];
    return [{ entry: fold }, ...inside];
  });
  return [...others, ...messages];
}

/** For the badge: what is put off counts where it stops an agent; messages of one agent are one. */
export function countOf(items: readonly InboxItem[]): number {
  const counted = items.filter(
    ({ snoozedUntilMs, isBlocking }) => snoozedUntilMs === undefined || isBlocking,
  );
  const [messages, others] = [
    counted.filter((item) => item.sort === 'message'),
    counted.filter((item) => item.sort !== 'message'),
  ];
  return others.length + new Set(messages.map(({ agent }) => agent)).size;
}
