import { useCallback } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import { useRecords } from '../../hub/use-records.ts';
import { navigate } from '../../shell/ui-state.ts';
import { type FilePlace, findMeant, toText, toWorktreePath } from '../terminals/index.ts';
import { copyText } from '../../ui/copy-text.ts';

/**
 * Opens a file that an agent's program named: in the review, when a change of the agent that waits there has it; else its
 * place goes to the clipboard, for an editor.
 */
export function useOpenFile({ id, worktreePath = '' }: AgentRecord): (place: FilePlace) => void {
  const approvals = useRecords('approval');
  return useCallback(
    (place) => {
      const path = toWorktreePath(place.path, worktreePath);
      const waiting = approvals.filter(({ agent, state }) => agent === id && isUndecided(state));
      for (const approval of path === undefined ? [] : waiting.toReversed()) {
        const file = findMeant(
          path ?? '',
          approval.files.map((one) => one.path),
        );
        if (file !== undefined) return navigate('review', `approval/${approval.id}/${file}`);
      }
      const absolute = path === undefined ? place.path : `${worktreePath}/${path}`;
      copyText(toText({ ...place, path: absolute }));
    },
    [approvals, id, worktreePath],
  );
}
