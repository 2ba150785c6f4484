/**
 * Why an approved commit was not merged, by kind, and what each side can do next. Without schemas, so that the command and
 * the page can say it too.
 */

export const mergeFailureKinds = [
  'conflict',
  'range-conflict',
  'range-unfit',
  'gates-failed',
  'empty',
  'no-commits',
  'moved-target',
  'not-forward',
  'target-in-use',
  'hook-refused',
  'push-rejected',
  'other',
] as const;
export type MergeFailureKind = (typeof mergeFailureKinds)[number];

const kinds: Readonly<Record<string, MergeFailureKind>> = {
  MERGE_CONFLICTED: 'conflict',
  REBASE_CONFLICTED: 'conflict',
  RANGE_CONFLICTED: 'range-conflict',
  RANGE_UNFIT: 'range-unfit',
  RANGE_STRATEGY: 'not-forward',
  GATES_FAILED: 'gates-failed',
  COMMIT_EMPTY: 'empty',
  COMMIT_ON_TARGET: 'no-commits',
  TARGET_MOVED: 'moved-target',
  NOT_FORWARD: 'not-forward',
  TARGET_CHECKED_OUT: 'target-in-use',
  TARGET_DIRTY: 'target-in-use',
  PUSH_HOOK_REFUSED: 'hook-refused',
  PUSH_REJECTED: 'push-rejected',
};

/** What an error of a merge or of the push after it means. */
export function mergeFailureKindOf(code: string): MergeFailureKind {
  return kinds[code] ?? 'other';
}

/** Its files are in conflict; the approval is then conflicted, else failed. */
export function isConflict(kind: MergeFailureKind): boolean {
  return kind === 'conflict' || kind === 'range-conflict';
}

export interface NextSteps {
  /** What the operator can do. */
  readonly operator: string;
  /** What the agent can do; it is told so by mail. */
  readonly agent: string;
}

export const nextSteps: Readonly<Record<MergeFailureKind, NextSteps>> = {
  conflict: {
    operator: 'Wait for the agent to ask again, or deny it with a note.',
    agent:
      'Merge the target into your branch, resolve the files, commit, and request approval of the new commit.',
  },
  'range-conflict': {
    operator:
      'Approve what comes before it on its branch first, where that waits, then this again; else wait for the agent to ask anew.',
    agent:
      'Ask for the commits before these as well (an earlier `from`, or none), or rebase your branch onto the target and ask for the commits as they are then.',
  },
  'range-unfit': {
    operator: 'Wait for the agent to ask again, or deny it with a note.',
    agent: 'Rebase your branch onto the target and ask for the commits as they are then.',
  },
  'gates-failed': {
    operator:
      'Read what the gates said; wait for the agent to ask again, or approve again to run them anew.',
    agent: 'Read what the gates said, mend it, commit, and request approval of the new commit.',
  },
  empty: {
    operator: 'Nothing to do: the target has the same change already. Deny it to close it.',
    agent: 'Nothing to do: the target has the same change already. Go on from the target.',
  },
  'no-commits': {
    operator: 'Nothing to do: the target has the commit already. Deny it to close it.',
    agent: 'Nothing to do: the target has your commit already. Go on from the target.',
  },
  'moved-target': {
    operator:
      'Approve again once whatever moves the target is done; the merge starts anew from where it is then.',
    agent: 'Nothing to do: the operator decides whether it is tried again.',
  },
  'not-forward': {
    operator: 'Approve again with another strategy, or wait for the agent to rebase and ask again.',
    agent: 'Rebase your branch onto the target and request approval of the new commit.',
  },
  'target-in-use': {
    operator: 'Let the checkout of the target move along or clean it up, then approve again.',
    agent: 'Nothing to do: the operator’s own checkout is in the way.',
  },
  'hook-refused': {
    operator: 'Read what the hook of the remote said, mend it, then push again.',
    agent: 'Your work is merged; the operator decides what follows for the remote.',
  },
  'push-rejected': {
    operator: 'Bring in what the remote has, or mend what it refused, then push again.',
    agent: 'Your work is merged; the operator decides what follows for the remote.',
  },
  other: {
    operator: 'Read what went wrong, mend it, then approve again.',
    agent: 'Nothing to do: the operator decides whether it is tried again.',
  },
};
