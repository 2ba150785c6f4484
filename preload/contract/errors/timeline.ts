/** Errors of looks at the past. */
import { failed, row } from './row.ts';

export const timelineErrors = {
  MOMENT_UNKNOWN: row(
    404,
    'There is no event #{seq}: the log has {head} so far.',
    'Name one from 1 to {head}; `musher timeline` lists the newest.',
  ),
  MOMENT_UNREADABLE: row(
    400,
    '"{at}" is neither the number of an event nor a time.',
    'Name an event (`1234`) or a time (`2026-11-30T10:00`).',
  ),
  MOMENT_TOO_EARLY: row(
    404,
    'Nothing had happened by {at}: the first event is of {first}.',
    'Name a later time, or event 1.',
  ),
  EVENT_TYPE_UNKNOWN: row(
    400,
    'No event is of the type "{type}".',
    'Name one, such as `story.moved`, or the beginning of several, such as `story`.',
  ),
  PAST_UNREADABLE: failed(
    500,
    'The state of the past could not be folded: {reason}.',
    'Try again; when it stays so, prove the log with `musher verify`.',
  ),
} as const;
