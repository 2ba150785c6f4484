/** Errors of proposals for the configuration. */
import { failed, row, warned } from './row.ts';

export const proposalErrors = {
  PROPOSAL_UNKNOWN: row(
    404,
    'There is no proposal "{proposal}". Open ones: {known}.',
    'See `musher config proposals --all`.',
  ),
  PROPOSAL_SETTLED: row(
    409,
    'The proposal {proposal} is {state} already.',
    'Nothing to do; `musher config proposal {proposal}` says what became of it.',
  ),
  PROPOSAL_MOVED: row(
    409,
    'The proposal {proposal} is {expected} by now, and you named {found}: the file changed meanwhile.',
    'Nothing was applied. Look at it again, `musher config diff {proposal}`, and name the commit that you see.',
  ),
  PROPOSAL_EMPTY: row(
    400,
    'The proposal changes nothing: the file says that already.',
    'Give the whole new text (--file, or "text") or keys (--set key=value); `musher config show` says what it says now.',
  ),
  PROPOSAL_TEXT: row(
    400,
    'The text cannot be proposed: {reason}.',
    'Propose plain text in UTF-8 without control characters, at most 64 KiB.',
  ),
  PROPOSAL_SET: row(
    400,
    '"{set}" cannot be set: {reason}.',
    'Write key=value with a TOML value, such as worktrees.pool=2, or propose the whole text.',
  ),
  PROPOSAL_PROFILE: warned(
    403,
    '"{key}" is of the profile {profile}, and {agent} runs by {own}.',
    'An agent may propose only for its own profile. Ask the operator for that change.',
  ),
  PROPOSAL_LIMIT: row(
    429,
    '{agent} has made {limit} proposals within an hour.',
    'Put what you want into one proposal, or ask the operator.',
  ),
  CONFIG_INVALID: row(
    400,
    'The file would not be valid: {problems}',
    'Mend that; `musher settings` lists every key.',
  ),
  CONFIG_EDITED: row(
    409,
    'The file .musher/config.toml says something else than the proposal was made over: it was edited meanwhile.',
    'Nothing was applied. The proposal is carried over to it in a moment: look at it again, `musher config proposals`.',
  ),
  CONFIG_BUSY: row(
    409,
    'The configuration is being changed at this moment.',
    'Ask again in a second.',
  ),
  CONFIG_VERSION_UNKNOWN: row(
    404,
    'There is no version "{version}" of the configuration, or there are several.',
    'Name one of `musher config history`.',
  ),
  CONFIG_SAME: row(409, 'The file says what it said at {version} already.', 'Nothing to do.'),
  CONFIG_PLACE: failed(
    409,
    'The file {file} is not touched: {reason}.',
    'Make .musher a folder and config.toml a plain file of the repository, then ask again.',
  ),
  CONFIG_REF_MOVED: failed(
    409,
    'refs/musher/config/applied is at {found}, which Musher did not put there; it knows {expected}.',
    'Nothing was changed. Put it back with `git update-ref refs/musher/config/applied {expected} {found}`, then ask again.',
  ),
  CONFIG_VERSION_GONE: failed(
    410,
    'The repository does not have {commit} any more, or not as Musher made it.',
    'Nothing was changed. Have the change proposed again.',
  ),
} as const;
