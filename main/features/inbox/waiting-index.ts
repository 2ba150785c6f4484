/**
 * What waits, by its kind and its agent: an event that settles all of one agent would else look at each of thousands of unread messages, and
 * such events come with every turn of an agent. It is brought from one table to the next by what they do not share, so it says of any
 * table what a look at all of it would; which tables it saw before only makes it faster.
 */
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { Table } from '../../../preload/contract/table.ts';

type ByAgent = Map<string, Map<string, WaitingItem>>;

export class WaitingIndex {
  private known: Table<WaitingItem> = Table.empty();
  private readonly byKind = new Map<string, ByAgent>();

  /** In no order. Without an agent: of all. */
  of(table: Table<WaitingItem>, kind: string, agent?: string): Iterable<WaitingItem> {
    this.bringTo(table);
    const ofKind = this.byKind.get(kind);
    if (ofKind === undefined) return [];
    if (agent !== undefined) return ofKind.get(agent)?.values() ?? [];
    return [...ofKind.values()].flatMap((items) => [...items.values()]);
  }

  private bringTo(table: Table<WaitingItem>): void {
    if (table === this.known) return;
    for (const { before, after } of this.known.differencesTo(table)) {
      if (before !== undefined) this.remove(before);
      if (after !== undefined) this.add(after);
    }
    this.known = table;
  }

  private add(item: WaitingItem): void {
    const ofKind: ByAgent = this.byKind.get(item.kind) ?? new Map();
    const items = ofKind.get(item.agent) ?? new Map<string, WaitingItem>();
    this.byKind.set(item.kind, ofKind);
    ofKind.set(item.agent, items);
    items.set(item.id, item);
  }

  private remove({ id, kind, agent }: WaitingItem): void {
    const ofKind = this.byKind.get(kind);
    const items = ofKind?.get(agent);
    items?.delete(id);
    if (items?.size === 0) ofKind?.delete(agent);
  }
}
