/** Errors of the operator's inbox. */
import { row } from './row.ts';

export const inboxErrors = {
  ITEM_UNKNOWN: row(
    404,
    'Nothing called "{item}" waits for you.',
    '`musher waiting --all` lists what does.',
  ),
  ITEM_BLOCKING: row(
    409,
    '"{item}" cannot be dismissed: {agent} waits for your answer.',
    'Answer it, or cancel it; to see it later, snooze it.',
  ),
  SNOOZE_UNKNOWN: row(
    400,
    '"{when}" is no time to snooze until.',
    'Expected a duration of a second to a week (15m, 1h), "tomorrow", a time of day (17:30), or "heard".',
  ),
} as const;
