/** Errors of git-paw's wire. */
import { row, warned } from './row.ts';

export const gitPawErrors = {
  WIRE_INVALID: row(
    400,
    'Field "{path}": {reason}.',
    'Correct that field; see `git-paw` in main/broker/README.md for the types and what they hold.',
  ),
  PLACEHOLDER_UNFILLED: row(
    400,
    'Field "{path}" is a placeholder that was not filled in: {value}.',
    'Write what you mean in its place, then send it again.',
  ),
  SENDER_REFUSED: warned(
    403,
    'Field "{path}" names "{value}" as the sender, but this token is of "{expected}".',
    'Send it as yourself, under that name; nobody can speak for another.',
  ),
} as const;
