/** Which of the chosen approvals may be approved at once, and what keeps the others from it. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { CommandInput } from '../../hub/bridge.ts';
import type { OpenedDiff } from '../approvals/index.ts';
import type { Standing } from '../gates/index.ts';
import type { InboxItem } from './kinds.ts';

export type ApprovalItem = Extract<InboxItem, { kind: 'approval' }>;

export interface ApproveRow {
  readonly item: ApprovalItem;
  /** Its diff as it was opened in this window. */
  readonly opened: OpenedDiff | undefined;
  /** Why it is not approved with the others. */
  readonly why?: string;
}

interface Known {
  /** Its diff, where it was opened as it is now. */
  readonly openedOf: (approval: ApprovalRecord) => OpenedDiff | undefined;
  readonly standingOf: (approval: ApprovalRecord) => Standing | undefined;
}

/** In the order of the list. */
export function toApproveRows(items: readonly InboxItem[], known: Known): readonly ApproveRow[] {
  return items.flatMap((item) => (item.kind === 'approval' ? [toRow(item, known)] : []));
}

function toRow(item: ApprovalItem, known: Known): ApproveRow {
  const opened = known.openedOf(item.record);
  const why = whyNot(opened, known.standingOf(item.record));
  return { item, opened, ...(why !== undefined && { why }) };
}

function whyNot(opened: OpenedDiff | undefined, standing: Standing | undefined) {
  if (opened === undefined) return 'not opened yet';
  if (opened.notShown > 0) return 'its diff is cut: decide it by itself';
  return standing?.isRed ? 'its gates have not passed: decide it by itself' : undefined;
}

/** Those that are approved. */
export function ableOf(rows: readonly ApproveRow[]): readonly ApproveRow[] {
  return rows.filter(({ why }) => why === undefined);
}

/** Checkouts whose files would change, each once. */
export function checkoutsOf(rows: readonly ApproveRow[]): readonly string[] {
  return [...new Set(rows.flatMap(({ opened }) => opened?.checkout?.path ?? []))];
}

/** Each for exactly the diff that was opened, and merged as was said beside it. */
export function toApproveMany(
  rows: readonly ApproveRow[],
  note: string,
): CommandInput<'approval.approve_many'> {
  const items = ableOf(rows).flatMap(({ item, opened }) => {
    if (opened === undefined) return [];
    const { pin, strategy, checkout } = opened;
    const { commit, diffHash } = pin;
    const updateCheckout = checkout !== undefined;
    return [{ approval: item.record.id, commit, diffHash, strategy, updateCheckout }];
  });
  return { items, note };
}
