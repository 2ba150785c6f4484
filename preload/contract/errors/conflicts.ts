/** Errors of intents and conflicts. */
import { row } from './row.ts';

export const conflictErrors = {
  PATH_UNUSABLE: row(
    400,
    'The path "{path}" {problem}.',
    'Name files as git does, from the root of the repository.',
  ),
  CLAIM_TAKEN: row(
    409,
    'Agent "{agent}" has claimed {files}, until {until} (another {minutes} min).',
    'Wait until then, or ask it to release them: `musher send {agent} "…"`; where neither will do, tell the operator, who can give them to you.',
  ),
  INTENT_NONE: row(
    404,
    'Agent "{agent}" is not about to change anything.',
    '`musher intent list` shows who is: {known}.',
  ),
  INTENT_LACKS: row(
    400,
    'The intent of agent "{agent}" has no "{path}".',
    'Name them as they stand in it: {files}.',
  ),
  INTENT_SELF: row(
    400,
    'Agent "{agent}" cannot be given what is taken from it.',
    'Name another agent, or nobody.',
  ),
  CONFLICT_UNKNOWN: row(404, 'There is no conflict "{conflict}".', 'Open ones: {known}.'),
  CONFLICT_OVER: row(
    409,
    'Conflict "{conflict}" is over already ({end}).',
    '`musher conflicts` shows those that are open.',
  ),
  CONFLICT_NOT_OF: row(
    400,
    'Agent "{agent}" has no part in conflict "{conflict}".',
    'Name one of {agents}.',
  ),
  CONFLICT_MERGED_FIRST: row(
    409,
    'Conflict "{conflict}" has no order: what is in {target} is merged already.',
    'Tell {agent} to take in {target}: musher send {agent} "rebase on {target}".',
  ),
  CONFLICT_UNSEEN: row(
    409,
    'Conflict "{conflict}" cannot be shown: agent "{agent}" has no worktree now.',
    'Start the agent; its worktree is made again from its branch.',
  ),
} as const;
