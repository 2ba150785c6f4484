import { useState } from 'react';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';

/** The list as it is now; with sizes once they are asked for, which takes longer. */
export function useWorktrees(isSized = false) {
  const isLive = useConnection().state === 'live';
  const [wantsSizes, setWantsSizes] = useState(isSized);
  const { result, error, reload } = useQuery('worktree.list', isLive ? {} : undefined);
  const sized = useQuery('worktree.list', isLive && wantsSizes ? { sizes: true } : undefined);
  return {
    list: sized.result ?? result,
    error: error ?? sized.error,
    isCounting: wantsSizes && sized.result === undefined && sized.error === undefined,
    hasSizes: sized.result !== undefined,
    countSizes: () => setWantsSizes(true),
    reload: () => {
      reload();
      if (wantsSizes) sized.reload();
    },
  };
}
