/** What the hub remembers of what waits for the operator. */
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';

export interface InboxState {
  readonly open: Table<WaitingItem>;
  /** Neither waiting nor settled: the operator has decided, and the outcome is not known yet. */
  readonly parked: Table<WaitingItem>;
  /** The newest that were dismissed, to be put back. */
  readonly dismissed: Kept<WaitingItem>;
  /** Those of `open` that come back when their agent speaks again, and perhaps some that are back; absent while there are none. */
  readonly untilHeard?: readonly string[] | undefined;
}

export const initialInbox: InboxState = {
  open: Table.empty(),
  parked: Table.empty(),
  dismissed: { byId: Table.empty(), settled: [] },
};
