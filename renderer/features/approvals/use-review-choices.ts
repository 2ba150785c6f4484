/** What the page remembers of a review: the layout, and which files were viewed. */
import { useCallback, useMemo, useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { readStored, writeStored } from '../../hub/storage.ts';
import type { DiffLook } from './diff/diff-viewer.tsx';
import { carryViewed, markViewed, type ViewedMarks, viewedPaths } from './viewed-marks.ts';

export function useDiffLook(): [DiffLook, (look: DiffLook) => void] {
  const [look, setLook] = useState<DiffLook>(() =>
    readStored('reviewLook', { layout: 'unified', isWrapped: false }),
  );
  const change = useCallback((next: DiffLook) => {
    setLook(next);
    writeStored('reviewLook', next);
  }, []);
  return [look, change];
}

export interface ViewedFiles {
  readonly viewedOf: (approval: ApprovalRecord) => ReadonlySet<string>;
  readonly mark: (approval: ApprovalRecord, path: string, isViewed: boolean) => void;
  /** Ticks what was ticked in an earlier one and is the same. */
  readonly carry: (from: ApprovalRecord, to: ApprovalRecord, changed: readonly string[]) => void;
}

export function useViewedFiles(): ViewedFiles {
  const [marks, setMarks] = useState<ViewedMarks>(() => readStored('reviewViewed', []));
  const mark = useCallback(({ id, pin }: ApprovalRecord, path: string, isViewed: boolean) => {
    const subject = { approval: id, diffHash: pin.diffHash };
    // Another window may have marked meanwhile: the stored ones are the newest.
    const next = markViewed(readStored('reviewViewed', []), subject, { path, isViewed });
    writeStored('reviewViewed', next);
    setMarks(next);
  }, []);
  const carry = useCallback<ViewedFiles['carry']>((from, to, changed) => {
    const old = readStored('reviewViewed', []);
    const subjects = { from: toSubject(from), to: toSubject(to), changed };
    const next = carryViewed(old, subjects);
    if (next === old) return;
    writeStored('reviewViewed', next);
    setMarks(next);
  }, []);
  const viewedOf = useMemo(() => {
    const known = new Map<string, ReadonlySet<string>>();
    return ({ id, pin }: ApprovalRecord) => {
      const found = known.get(id) ?? viewedPaths(marks, { approval: id, diffHash: pin.diffHash });
      known.set(id, found);
      return found;
    };
  }, [marks]);
  return { viewedOf, mark, carry };
}

function toSubject({ id: approval, pin }: ApprovalRecord) {
  return { approval, diffHash: pin.diffHash };
}
