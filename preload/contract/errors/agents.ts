/** Errors of agents. */
import { failed, row } from './row.ts';

export const agentErrors = {
  AGENT_NAME_INVALID: row(
    400,
    'Agent name "{name}" is not usable as a folder and branch name: {reason}.',
    'Use 1 to 40 lower-case letters, digits and hyphens, for example "{suggestion}".',
  ),
  AGENT_EXISTS: row(
    409,
    'There is an agent "{agent}" already ({state}).',
    'Choose another name, for example "{suggestion}", or use that agent.',
  ),
  AGENT_UNKNOWN: row(404, 'There is no agent "{agent}".', 'Known agents: {known}.'),
  AGENT_NOT_IN_STATE: row(409, 'Agent "{agent}" is {state}; {command} needs {expected}.', '{hint}'),
  AGENT_LIMIT: row(
    409,
    'There are {limit} agents already, the limit.',
    'Destroy one that is no longer needed.',
  ),
  PROFILE_UNKNOWN: row(400, 'There is no profile "{profile}".', 'Use one of: {known}.'),
  PROFILE_NEEDS_COMMAND: row(
    400,
    'Profile "{profile}" needs a command.',
    'Add it after `--`, for example `musher agent add {agent} --profile {profile} -- node script.mjs`.',
  ),
  PROFILE_UNCONFIRMED: row(
    403,
    'Profile "{profile}" comes from this repository and was never confirmed on this machine; it would run: {commandLine}',
    'Look at it, then confirm it once: `musher agent trust {profile} {hash}`.',
  ),
  PROFILE_CHANGED: row(
    409,
    'Profile "{profile}" is not what you confirm: it reads otherwise now, or comes from nobody else.',
    'Look at it again with `musher agent profiles`.',
  ),
  RESUME_FAILED: failed(
    502,
    'Agent "{agent}" did not take up its conversation {conversation}: {reason}',
    'Start it again to try once more, or with --fresh to begin a new conversation.',
  ),
  CLI_MISSING: row(424, 'The program "{program}" of profile "{profile}" is not on PATH.', '{hint}'),
  PROGRAM_UNUSABLE: row(424, 'The program "{program}" cannot be started: {reason}.', '{mend}'),
  BRANCH_INVALID: row(
    400,
    '"{branch}" is not a valid branch name.',
    'Use a name that `git check-ref-format --branch` accepts, for example "{suggestion}".',
  ),
  BRANCH_NO_ROOM: row(
    409,
    'Branch "{branch}" cannot be made, because branch "{other}" exists: git keeps one of the two.',
    'Choose another branch, for example "{suggestion}", or rename that one: `git branch -m {other} <new name>`.',
  ),
  BRANCH_CHECKED_OUT: row(
    409,
    'Branch "{branch}" is checked out already in {path}.',
    'Choose another branch, or switch that checkout to another one first.',
  ),
  BASE_UNKNOWN: row(
    400,
    'There is no commit, branch or tag "{base}" to start from.',
    'Use a branch, tag or commit of this repository; `git branch -a` lists branches.',
  ),
  WORKTREE_EXISTS: row(
    409,
    'The folder {path} exists already and is not this agent’s worktree.',
    'Move it away, or choose another agent name.',
  ),
  SNAPSHOT_FAILED: failed(
    500,
    'The files of {path} could not be snapshotted: {reason}.',
    'Nothing was removed. Mend the cause and try again.',
  ),
  WORKTREE_GONE: row(
    410,
    'The folder of agent "{agent}" was not at {path} any more; no snapshot of its files was made.',
    'If it was moved, git still knows it: run `git worktree repair <its new folder>` in the repository.',
  ),
  WORKTREE_MISSING: row(
    410,
    'There is no worktree of agent "{agent}" at {path} any more.',
    'If it was moved, move it back, or say where it is: `musher worktree repair <folder>`. Otherwise start the agent again: it is made anew from branch "{branch}", without what was not committed.',
  ),
  SPAWN_FAILED: failed(
    500,
    'The program "{program}" could not be started: {reason}.',
    'Check that it can be run in {path}.',
  ),
  PROCESS_STUBBORN: failed(
    500,
    'The processes of agent "{agent}" did not end within {seconds} s.',
    'End process {pid} by hand, then stop the agent again.',
  ),
  AGENT_PAUSED: row(
    409,
    'Agent "{agent}" is paused; nothing is typed into its terminal.',
    'Let it go on first: `musher agent resume {agent}`.',
  ),
  PAUSE_UNSUPPORTED: row(
    501,
    'An agent cannot be paused here: {reason}.',
    'Stop it instead; a start takes up its conversation where its CLI can.',
  ),
  TERMINAL_GONE: row(410, 'Agent "{agent}" has no running terminal.', 'Start the agent first.'),
  NUDGE_UNREAD: row(
    409,
    'Agent "{agent}" runs {profile}, which does not read what is typed as a prompt.',
    'Type into its terminal yourself, or send it a message.',
  ),
} as const;
