/** Errors of worktrees, beside those of the agents that work in them. */
import { failed, row } from './row.ts';

export const worktreeErrors = {
  WORKTREE_NOT_ADOPTABLE: row(409, '{path} cannot become an agent’s worktree: {reason}.', '{mend}'),
  WORKTREE_UNKNOWN: row(
    404,
    'There is no agent, and no worktree of this repository, at "{target}".',
    'See `musher worktree list`.',
  ),
  WORKTREE_CHANGED: row(
    409,
    'What was shown is not what is there any more: {items}.',
    'Look again: `musher worktree prune --dry-run`.',
  ),
  WORKTREE_BUSY: row(409, 'A program runs in {path}: {programs}.', 'End it, then try again.'),
  FOLDER_STUCK: failed(
    500,
    'The folder {path} could not be removed: {reason}.',
    'Its files were kept before. Mend what is in the way, then prune again.',
  ),
  REMOTE_MISSING: row(
    409,
    'There is no remote that "{base}" could be fetched from.',
    'Name a branch that a remote has, or leave the fetch out: it starts from what is here.',
  ),
  FETCH_FAILED: failed(
    502,
    '{branch} could not be fetched from {remote}: {reason}.',
    'Check the network and that remote. To start from what is here, name it as the base and fetch nothing: --base {base}.',
  ),
  PORTS_TAKEN: row(
    409,
    'No {count} ports in a row are free for agent "{agent}", from {from} on.',
    'End programs that listen there, destroy agents that are no longer needed, or change `[worktrees] ports` in the config.',
  ),
  SETUP_FAILED: row(
    409,
    'Setting up the worktree of "{agent}" failed: {command} {reason}.',
    'Look at its output, mend what is wrong, and start the agent again: the setup runs anew. To start it without: musher agent start {agent} --skip-setup',
  ),
  TEARDOWN_FAILED: row(
    409,
    'The worktree of "{agent}" is still there, for a teardown command failed: {command} {reason}.',
    'Look at its output and destroy the agent again, or remove the worktree all the same: musher agent destroy {agent} --force',
  ),
  COMMANDS_UNCONFIRMED: row(
    403,
    'The commands for worktrees come with this repository, and nobody has confirmed them on this machine: {commands}.',
    'Read them, then: musher worktree trust {hash}',
  ),
  COMMANDS_CHANGED: row(
    409,
    'The commands for worktrees are not those that you were shown.',
    'Look again: `musher worktree commands`.',
  ),
  SETUP_NONE: row(
    409,
    'There is nothing to set up: the config has no setup commands.',
    'Write them as `[worktrees] setup = [["npm", "ci"]]` to .musher/config.toml, or to your own config file; `musher settings` says where they are.',
  ),
  CHORE_OVER: row(
    409,
    'The commands in the worktree of "{agent}" are not wanted any more.',
    'Nothing need be done.',
  ),
  WORK_UNKNOWN: row(
    404,
    'No work on worktrees is known as "{work}".',
    'Only the newest are remembered; see `musher worktree list` for how things stand.',
  ),
} as const;
