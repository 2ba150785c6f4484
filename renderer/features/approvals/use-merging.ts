import { useMemo } from 'react';
import { useCommand } from '../../hub/use-command.ts';
import { useRecords } from '../../hub/use-records.ts';
import { openApproval } from './open-approval.ts';
import type { Merging } from './queue-line.tsx';

/** The queue and what follows merges, tied to the hub. An undo leads to the approval that it makes. */
export function useMerging(): Merging {
  const approvals = useRecords('approval');
  const holds = useRecords('queue_hold');
  const run = useCommand();
  return useMemo(
    () => ({
      ...{ approvals, holds },
      onMoveFirst: ({ id }, first) => void run('queue.move', { approval: id, before: first.id }),
      onHold: (target) => void run('queue.hold', { target }),
      onRelease: ({ target }) => void run('queue.release', target === '*' ? {} : { target }),
      onTakeBack: ({ id }) => void run('approval.withdraw', { approval: id }),
      onUndo: ({ id }) =>
        void run('approval.undo', { approval: id }).then(
          (made) => made !== undefined && openApproval(made.approval),
        ),
      onPush: ({ id }) => void run('approval.push', { approval: id }),
    }),
    [approvals, holds, run],
  );
}
