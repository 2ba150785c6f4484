/**
 * Which diffs the operator has had before them in this window, by exactly what was shown. It is what a yes to several may be
 * for: as for one alone, whoever approves has opened the diff. Kept by the page alone, so a reload begins anew.
 */
import { create } from 'zustand';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { readStored } from '../../hub/storage.ts';
import { isSamePin } from './approve-gate.ts';
import type { Checkout } from './confirm-line.tsx';
import { viewedPaths } from './viewed-marks.ts';

export interface OpenedDiff {
  readonly pin: Pin;
  /** Files of it that the diff does not hold. */
  readonly notShown: number;
  /** As it stood then. */
  readonly checkout: Checkout | undefined;
  readonly strategy: MergeStrategy;
}

export type OpenedDiffs = ReadonlyMap<string, OpenedDiff>;

/** The one opened longest ago goes first. */
const mostKept = 200;

const useOpened = create<{ readonly byId: OpenedDiffs }>(() => ({ byId: new Map() }));

export function useOpenedDiffs(): OpenedDiffs {
  return useOpened(({ byId }) => byId);
}

/** Undefined also where it is for another diff by now. */
export function openedOf(opened: OpenedDiffs, { id, pin }: ApprovalRecord): OpenedDiff | undefined {
  const found = opened.get(id);
  return found && isSamePin(found.pin, pin) ? found : undefined;
}

export function noteOpened(approval: string, diff: OpenedDiff): void {
  const { byId } = useOpened.getState();
  const others = [...byId].filter(([id]) => id !== approval).slice(1 - mostKept);
  useOpened.setState({ byId: new Map([...others, [approval, diff]]) });
}

/** How many of its files were ticked. */
export function viewedCountOf({ id: approval, pin, fileCount }: ApprovalRecord): number {
  const subject = { approval, diffHash: pin.diffHash };
  return Math.min(viewedPaths(readStored('reviewViewed', []), subject).size, fileCount);
}
