/**
 * What the Inbox knows of one kind of item. A feature's kind is two files in `kinds/`, its facts and its detail, and a line in `kinds.ts`; everything
 * else that the Inbox does with an item, it does by what stands in the item.
 */
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { RecordKind } from '../../hub/bridge.ts';
import type { RecordsOfKinds } from '../../hub/use-records.ts';
import type { Sort } from './inbox-look.ts';

export interface ItemLook {
  readonly icon: LucideIcon;
  /** What it is, in a word. */
  readonly word: string;
  /** A class of the icon's colour. */
  readonly tone: string;
}

/** What any item says of itself. */
export interface ItemBase {
  /** The hub's name for it: `question/q-81`. */
  readonly id: string;
  readonly kind: string;
  /** Since when it waits, Unix ms. */
  readonly sinceMs: number;
  /** Who waits; of what no agent waits for, the name of that. */
  readonly agent: string;
  /** Of what `agent` is the name. */
  readonly named: 'agent' | 'target' | 'other';
  /** The agent cannot go on without the operator. */
  readonly isBlocking: boolean;
  /** As the hub says it, in one line. */
  readonly title: string;
  /** As its row says it behind the name. */
  readonly line: string;
  readonly look: ItemLook;
  readonly sort: Sort;
  /** The story that it belongs to. */
  readonly story?: string;
  /** Out of sight until then, Unix ms. */
  readonly snoozedUntilMs?: number;
  /** It comes back before that when its agent speaks again. */
  readonly isSnoozedUntilHeard?: true;
  /** A question of one agent to another: the operator may answer, but nobody waits for that. */
  readonly isBetweenAgents?: true;
  /** As it is said of one that was taken off the list; left out, it is decided and not dismissed. */
  readonly dismissed?: string;
}

export interface Item<K extends string, R> extends ItemBase {
  readonly kind: K;
  /** What it is of: a record of the hub, or the name of one. */
  readonly record: R;
}

/** What the list needs of a kind. Pure. */
export interface ItemFacts<K extends string, R> {
  readonly kind: K;
  /** The hub's words for what may be of this kind. */
  readonly of: readonly string[];
  /** Kinds of the records that it reads: when one of them changes, the list is made anew. */
  readonly needs: readonly RecordKind[];
  /** What the item is of. Undefined: of another kind, or the page does not have it yet. */
  find(item: WaitingItem, records: RecordsOfKinds): R | undefined;
  readonly look: ItemLook;
  /** Where a record of it looks otherwise. */
  lookOf?(record: R): ItemLook | undefined;
  sort(item: WaitingItem): Sort;
  /** Left out: the agent's. */
  name?(item: WaitingItem, record: R): Pick<ItemBase, 'agent' | 'named'>;
  /** Left out: the hub's title. */
  line?(record: R, named: Pick<ItemBase, 'agent' | 'title'>): string;
  story?(record: R): string | undefined;
  /** Left out: it is decided and not dismissed. */
  dismissed?(agent: string): string;
}

export interface InboxKind<K extends string, R> extends ItemFacts<K, R> {
  /** Enter: where the rest of it is. Left out: all of it is here. */
  open?(item: Item<K, R>): void;
  /** Beside the list: all of it, and what can be done. */
  Detail(props: { item: Item<K, R> }): ReactNode;
}

/** Undefined where the item is of another kind. */
export function toItem<K extends string, R>(
  kind: ItemFacts<K, R>,
  waiting: WaitingItem,
  records: RecordsOfKinds,
): Item<K, R> | undefined {
  const record = kind.of.includes(waiting.kind) ? kind.find(waiting, records) : undefined;
  return record === undefined ? undefined : itemOf(kind, waiting, record);
}

export function itemOf<K extends string, R>(
  kind: ItemFacts<K, R>,
  waiting: WaitingItem,
  record: R,
): Item<K, R> {
  const { id, sinceMs, isBlocking, title, snoozedUntilMs, isSnoozedUntilHeard } = waiting;
  const named = kind.name?.(waiting, record) ?? { agent: waiting.agent, named: 'agent' };
  const story = kind.story?.(record);
  const dismissed = kind.dismissed?.(named.agent);
  return {
    ...{ id, kind: kind.kind, record, ...named, sinceMs, isBlocking, title },
    line: kind.line?.(record, { agent: named.agent, title }) ?? title,
    look: kind.lookOf?.(record) ?? kind.look,
    sort: kind.sort(waiting),
    ...(story !== undefined && { story }),
    ...(snoozedUntilMs !== undefined && { snoozedUntilMs }),
    ...(isSnoozedUntilHeard && { isSnoozedUntilHeard }),
    ...(dismissed !== undefined && { dismissed }),
  };
}
