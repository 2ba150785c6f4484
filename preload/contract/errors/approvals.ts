/** Errors of approvals. */
import { row, warned } from './row.ts';

export const approvalErrors = {
  APPROVAL_UNKNOWN: row(404, 'There is no approval "{approval}".', 'Pending approvals: {known}.'),
  APPROVAL_NOT_PENDING: row(409, 'Approval "{approval}" is {state} already.', '{hint}'),
  APPROVAL_NOT_YOURS: warned(
    403,
    'Approval "{approval}" is of agent "{agent}", not of {actor}.',
    'Only that agent or the operator may.',
  ),
  APPROVAL_MOVED: warned(
    409,
    'Approval "{approval}" is for {what} {expected}, not {found}.',
    'Look at it again, then approve what you see.',
  ),
  DELEGATION_UNFIT: warned(
    409,
    'Rule "{rule}" approved "{approval}", but not what merging it into "{target}" would lead to: {why}',
    'Look at it and decide it yourself: `musher approval diff {approval}`.',
  ),
  STORY_UNFIT: warned(
    409,
    'Story "{story}" approved "{approval}", but not what merging it into "{target}" would lead to: {why}',
    'Look at it and decide it yourself: `musher approval diff {approval}`.',
  ),
  COMMIT_UNKNOWN: row(
    404,
    'There is no commit {commit} in this repository.',
    'Commit first, then send what `git rev-parse HEAD` prints.',
  ),
  COMMIT_AMBIGUOUS: row(
    400,
    'Commit id {commit} fits more than one commit.',
    'Send the full id: `git rev-parse HEAD`.',
  ),
  COMMIT_NOT_YOURS: warned(
    403,
    'Commit {commit} is not on branch "{branch}" of agent "{agent}".',
    'Ask for a commit of your own branch: `git rev-parse HEAD` in your worktree.',
  ),
  COMMIT_ON_TARGET: row(
    409,
    'Commit {commit} is on "{target}" already.',
    'Nothing to merge; commit something new first.',
  ),
  COMMIT_EMPTY: row(
    409,
    'Commit {commit} changes nothing against "{target}".',
    'Nothing to merge; commit a change first.',
  ),
  FROM_NOT_ANCESTOR: row(
    409,
    'Commit {from} does not come before {commit}{hint}.',
    'Name a commit of your branch before it: `git log --oneline` lists them, newest first.',
  ),
  RANGE_EMPTY: row(
    409,
    'There is nothing between {from} and {commit}: {why}.',
    'Name an earlier commit in `from`, or leave it out to ask for the whole branch.',
  ),
  RANGE_TWICE: row(
    400,
    'Both `from` and `only` say where the commits begin.',
    'Send one of them: `from` for all after a commit, `only` for one alone.',
  ),
  RANGE_HAS_MERGE: row(
    409,
    'Between {from} and {commit} lies the merge commit {merge}, which cannot be put on top of "{target}" as it is.',
    'Ask for the commits after it (`from` = {merge}), or for the whole branch.',
  ),
  RANGE_STRATEGY: row(
    409,
    'By {strategy} "{target}" would get the commits up to {from} as well, which were not asked for.',
    'Approve with --strategy rebase or --strategy squash.',
  ),
  RANGE_CONFLICTED: row(
    409,
    'The commits asked for, up to {commit}, do not apply to "{target}" by themselves: they conflict in {count} file(s): {files}.',
    'Approve what comes before them on their branch first, where that waits, then this; else its agent has to ask anew.',
  ),
  RANGE_UNFIT: row(
    409,
    'Put on top of "{target}", the commits up to {commit} would change something else than was shown: {why}.',
    'Nothing was merged. Wait for the agent to rebase and ask again, or deny it with a note.',
  ),
  COMMIT_NOT_ASKED: row(
    404,
    'Commit {commit} is not one of those that "{approval}" asks for.',
    'Name one of its commits: `musher approval diff {approval}` lists them.',
  ),
  COMMIT_UNRELATED: row(
    409,
    'Commit {commit} shares no history with "{target}".',
    'Work on a branch that came from "{target}".',
  ),
  TARGET_UNKNOWN: row(
    404,
    'There is no branch "{target}" to merge into.',
    'Name an existing branch with --target.',
  ),
  TARGET_MOVED: row(
    409,
    'Branch "{target}" moved while merging (expected {expected}, found {found}).',
    'Approve again; the merge starts anew from where it is now.',
  ),
  TARGET_CHECKED_OUT: row(
    409,
    'Branch "{target}" is checked out in {path}: merging would change the files there.',
    'Approve again and let them move along (--update-checkout), or check out another branch there.',
  ),
  TARGET_DIRTY: row(
    409,
    'Branch "{target}" is checked out in {path} with uncommitted changes.',
    'Commit or stash there (or check out another branch), then approve again.',
  ),
  MERGE_CONFLICTED: row(
    409,
    'Commit {commit} conflicts with "{target}" in {count} file(s): {files}.',
    'The agent has been told; it should merge "{target}" into its branch and ask again.',
  ),
  REBASE_CONFLICTED: row(
    409,
    'Commit {commit} conflicts when it is put on top of "{target}" alone, in {count} file(s): {files}.',
    'Approve again with another strategy (--strategy merge or squash), or let the agent rebase and ask again.',
  ),
  REBASE_UNFIT: row(
    409,
    'Commit {commit} cannot be put on top of "{target}" commit by commit: {why}.',
    'Approve again with another strategy: --strategy merge or squash.',
  ),
  NOT_FORWARD: row(
    409,
    '"{target}" cannot go forward to commit {commit}: it has commits that are not in it.',
    'Approve again with another strategy (--strategy merge), or let the agent rebase and ask again.',
  ),
  QUEUE_NOT_WAITING: row(
    409,
    'Approval "{approval}" does not wait to be merged; it is {state}.',
    'What waits: `musher queue`.',
  ),
  QUEUE_OTHER_TARGET: row(
    409,
    'Approval "{approval}" goes to "{target}", but "{other}" to "{otherTarget}".',
    'Name one that goes to the same branch: `musher queue`.',
  ),
  QUEUE_CONTAINS: row(
    409,
    'Approval "{approval}" builds on the commit of "{other}" and can only be merged after it.',
    'Move "{other}" first, or withdraw it: `musher approval withdraw {other}`.',
  ),
  PUSH_REJECTED: row(
    409,
    '"{remote}" did not take "{target}": {why}. It is merged here.',
    'Bring in what the remote has, or mend what it refused, then push again: `musher queue push {approval}`.',
  ),
  PUSH_HOOK_REFUSED: row(
    409,
    'A hook of "{remote}" refused "{target}": {why}. It is merged here.',
    'Read what the hook says, mend it, then push again: `musher queue push {approval}`.',
  ),
  PUSH_FAILED: row(
    502,
    '"{target}" could not be pushed to "{remote}": {why}. It is merged here.',
    'Mend the way to the remote, then push again: `musher queue push {approval}`.',
  ),
  PUSH_NOT_FAILED: row(
    409,
    'There is nothing to push for approval "{approval}": {why}.',
    'See how it stands: `musher approval get {approval}`.',
  ),
  UNDO_NOT_MERGED: row(
    409,
    'Approval "{approval}" is {state}: only what was merged can be taken back.',
    'Deny or withdraw one that waits: `musher approval list`.',
  ),
  UNDO_DONE: row(
    409,
    'Approval "{approval}" was taken back by "{by}" already.',
    'To have it again, take that back: `musher undo {by}`.',
  ),
  UNDO_EMPTY: row(
    409,
    'Taking back "{approval}" would change nothing on "{target}": later work did so already.',
    'Nothing to do.',
  ),
  UNDO_LOST: row(
    409,
    'Commit {commit}, by which "{approval}" was merged, is not on "{target}" any more.',
    'Nothing to take back there; `musher target list` says how that branch moved.',
  ),
  UNDO_CONFLICTED: row(
    409,
    'Taking back "{approval}" conflicts with later work on "{target}" in {count} file(s): {files}.',
    'Take back the later work first, or have an agent revert it by hand: `git revert {commit}`.',
  ),
  TRACE_NOT_FOUND: row(
    404,
    'There is no line {line} of {path} at {at}.',
    'Name a file from the root of the repository and a line that it has there: `musher why README.md:12 --at main`.',
  ),
  QUEUE_NOT_HELD: row(
    409,
    'Merges into {target} are not held{hint}.',
    'What is held: `musher queue`.',
  ),
} as const;
