import { useEffect } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { type ApprovalDiff, isSamePin } from './approve-gate.ts';
import { noteOpened, openedOf, useOpenedDiffs } from './opened-diffs.ts';

/** Who only passes through has not looked. */
const leastMs = 1_000;

/** Notes what stands on the screen for a moment, in a window that can be seen; true once it is noted. */
export function useNoteOpened(
  approval: ApprovalRecord,
  diff: ApprovalDiff | undefined,
  notShown: number,
): boolean {
  const { id, pin } = approval;
  const isNoted = openedOf(useOpenedDiffs(), approval) !== undefined;
  const isShown = diff !== undefined && isSamePin(pin, diff.pin);
  useEffect(() => {
    if (!isShown || diff === undefined) return;
    const note = () => {
      const { strategy, checkout } = diff;
      if (document.visibilityState === 'visible')
        noteOpened(id, { pin: diff.pin, notShown, checkout, strategy });
    };
    let timer = setTimeout(note, leastMs);
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(note, leastMs);
    };
    document.addEventListener('visibilitychange', again);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [isShown, diff, notShown, id]);
  return isNoted;
}
