/** Errors of snapshots. */
import { failed, row, warned } from './row.ts';

export const snapshotErrors = {
  SNAPSHOT_UNKNOWN: row(
    404,
    'There is no snapshot {snapshot}.',
    '`musher snapshots` shows what is kept, newest first.',
  ),
  SNAPSHOT_AMBIGUOUS: row(
    409,
    'Several snapshots begin with {snapshot}: {found}.',
    'Give more digits of its id.',
  ),
  SNAPSHOT_NOT_YOURS: warned(
    403,
    'Snapshots of "{agent}" are not for {actor}.',
    'An agent lists, compares and takes its own.',
  ),
  SNAPSHOT_AGENT_NEEDED: row(
    400,
    'Whose files are to be kept was not said.',
    'Name the agent: `musher snapshot take <agent>`.',
  ),
  SNAPSHOT_PATH_UNKNOWN: row(
    404,
    'There is no {path} in snapshot {snapshot}.',
    'Name files and folders from the root of the worktree; `musher snapshot diff {snapshot} --stat` lists what it changed.',
  ),
  SNAPSHOT_AGENT_RUNS: row(
    409,
    'The program of "{agent}" runs: files would change under it that it did not write, and it may write over them.',
    'Stop it first, restore --to a new folder, or say --force.',
  ),
  SNAPSHOT_AGENT_GONE: row(
    404,
    'There is no agent "{agent}" any more whose worktree snapshot {snapshot} could come back to.',
    'Restore it --to a new folder, or name another agent: --agent <id>.',
  ),
  SNAPSHOT_TARGET_INVALID: row(
    400,
    'Files cannot be restored to {path}: {reason}.',
    'Name an absolute path where there is nothing yet, in a folder that is there.',
  ),
  SNAPSHOT_BUSY: row(
    409,
    '{count} snapshots of "{agent}" are being taken or restored already.',
    'Wait until one of them has ended, then try again.',
  ),
  SNAPSHOT_IN_WAY: row(
    409,
    '{path} is in the way: git ignores it, so it is in no snapshot, and would be lost.',
    'Move it away, or restore --to a new folder. Nothing was changed.',
  ),
  RESTORE_FAILED: failed(500, 'Files could not be restored to {path}: {reason}.', '{mend}'),
} as const;
