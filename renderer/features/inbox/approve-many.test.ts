import { expect, it } from 'vitest';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { OpenedDiff } from '../approvals/index.ts';
import type { Standing } from '../gates/index.ts';
import { ableOf, checkoutsOf, toApproveMany, toApproveRows } from './approve-many.ts';
import type { InboxItem } from './kinds.ts';

const pinOf = (id: string) => ({
  ...{ commit: `${id}c`, tree: 't', base: 'b', target: 'main', diffHash: `${id}d` },
});
const item = (id: string, kind = 'approval') =>
  ({ id: `${kind}/${id}`, kind, record: { id, pin: pinOf(id) } }) as unknown as InboxItem;
const shown = (id: string, more: Partial<OpenedDiff> = {}): [string, OpenedDiff] => [
  ...([
    id,
    { pin: pinOf(id), notShown: 0, checkout: undefined, strategy: 'merge', ...more },
  ] as const),
];
const red: Standing = { tone: 'red', text: 'no', isRed: true };
const rowsOf = (
  ids: readonly string[],
  opened: ReadonlyMap<string, OpenedDiff>,
  isRed: readonly string[] = [],
) =>
  toApproveRows([...ids.map((id) => item(id)), item('q', 'question')], {
    openedOf: ({ id }: ApprovalRecord) => opened.get(id),
    standingOf: ({ id }: ApprovalRecord) => (isRed.includes(id) ? red : undefined),
  });

it('only what was opened, whole, and is not held back by gates', () => {
  const opened = new Map([shown('a'), shown('c', { notShown: 2 }), shown('d')]);
  const rows = rowsOf(['a', 'b', 'c', 'd', 'e'], opened, ['d']);
  expect(rows.map(({ item: { record }, why }) => `${record.id}: ${why}`)).toEqual([
    'a: undefined',
    'b: not opened yet',
    'c: its diff is cut: decide it by itself',
    'd: its gates have not passed: decide it by itself',
    'e: not opened yet',
  ]);
  expect(ableOf(rows)).toHaveLength(1);
});

it('each is sent for the diff that was opened, and merged as was said beside it', () => {
  const checkout = { path: '/shop', clean: true };
  const opened = new Map([shown('a'), shown('b', { checkout, strategy: 'squash' })]);
  const rows = rowsOf(['a', 'b', 'c'], opened);
  expect(checkoutsOf(rows)).toEqual(['/shop']);
  expect(toApproveMany(rows, 'thanks')).toEqual({
    note: 'thanks',
    items: [
      {
        ...{ approval: 'a', commit: 'ac', diffHash: 'ad', strategy: 'merge' },
        updateCheckout: false,
      },
      {
        ...{ approval: 'b', commit: 'bc', diffHash: 'bd', strategy: 'squash' },
        updateCheckout: true,
      },
    ],
  });
});
