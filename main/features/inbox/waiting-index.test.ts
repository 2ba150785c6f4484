import { expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { Table } from '../../../preload/contract/table.ts';
import { reduceInbox } from './reduce.ts';
import { initialInbox, type InboxState } from './slice.ts';
import { WaitingIndex } from './waiting-index.ts';

function item(n: number, more: Partial<WaitingItem> = {}): WaitingItem {
  const kind = n % 2 === 0 ? 'message' : 'permission';
  const plain = { kind, subject: String(n), agent: `a-${n % 3}`, title: '', isBlocking: false };
  return { id: `${kind}/${n}`, sinceMs: n, seq: n, ...plain, ...more };
}

function ids(items: Iterable<WaitingItem>): string[] {
  return [...items].map(({ id }) => id).sort();
}

it('says of each table what a look at all of it says, whichever it saw before', () => {
  const index = new WaitingIndex();
  let table = Table.empty<WaitingItem>();
  const tables = [table];
  for (let n = 0; n < 60; n++) {
    const one = item(n);
    table = n % 5 === 4 ? table.delete(item(n - 3).id) : table.set(one.id, one);
    if (n % 7 === 0) table = table.set(item(0).id, item(0, { agent: `a-${n % 3}` }));
    tables.push(table);
  }
  for (const one of [...tables, ...tables.toReversed(), tables[30] ?? table, table])
    for (const kind of ['message', 'permission', 'none'])
      for (const agent of ['a-0', 'a-1', 'a-2', undefined]) {
        const all = one.values().filter((each) => each.kind === kind);
        const own = all.filter((each) => agent === undefined || each.agent === agent);
        expect(ids(index.of(one, kind, agent))).toEqual(ids(own));
      }
});

it('what settles all of one agent looks at none of the thousands that others have unread', () => {
  let looks = 0;
  const rows = Array.from({ length: 5_000 }, (_, n): [string, WaitingItem] => {
    const one = item(2 * n);
    const seq = (): number => {
      looks += 1;
      return one.seq;
    };
    const counted = Object.defineProperty({ ...one }, 'seq', { get: seq });
    return [one.id, counted];
  });
  const reduce = reduceInbox({
    types: ['agent.hooked'],
    changes: ({ data }) => [{ settlesAll: { kind: 'permission', agent: String(data) } }],
  })['agent.hooked'];
  const event = (agent: string) =>
    ({ type: 'agent.hooked', seq: 99_999, actor: 'system', data: agent }) as EventEnvelope;
  let state: InboxState = { ...initialInbox, open: Table.of(rows) };
  state = { ...state, open: state.open.set('permission/1', item(1)) };
  for (const agent of ['a-0', 'a-1', 'a-2']) state = reduce?.(state, event(agent)) ?? state;
  expect([state.open.size, state.open.has('permission/1'), looks]).toEqual([5_000, false, 0]);
});
