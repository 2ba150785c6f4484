/** What a merge would come to as the target stands, asked again when the target moves and when the operator comes back. */
import { useEffect, useRef } from 'react';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { Preview } from '../../../preload/contract/approval-lifecycle.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';

export interface PreviewState {
  /** Undefined while it is asked for, and of what is decided. */
  readonly preview: Preview | undefined;
  readonly error: WireError | undefined;
}

export function usePreview({ id, pin, state }: ApprovalRecord): PreviewState {
  const target = useRecord('target', pin.target);
  const at = target?.alarm?.to ?? target?.commit;
  const isOpen = isUndecided(state);
  const { result, error, reload } = useQuery(
    'approval.preview',
    isOpen ? { approval: id } : undefined,
  );
  const asked = useRef(at);
  useEffect(() => {
    if (asked.current === at) return;
    asked.current = at;
    reload();
  }, [at, reload]);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);
  // What was found before is not what is: the newest answer counts, also a failure.
  const preview = isOpen && error === undefined ? result : undefined;
  return { preview, error: isOpen ? error : undefined };
}
