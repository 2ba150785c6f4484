/** Errors of messages. */
import { failed, row, warned } from './row.ts';

export const messageErrors = {
  MESSAGE_UNKNOWN: row(
    404,
    'There is no message number {seq}.',
    '`musher message list` shows what there is.',
  ),
  RECIPIENT_UNKNOWN: row(
    404,
    'There is no recipient "{to}".',
    'Send to "operator", "*" or one of: {known}.',
  ),
  RECIPIENT_SELF: row(400, '"{to}" is the sender itself.', 'Send to someone else.'),
  INBOX_FORBIDDEN: warned(
    403,
    '{actor} may not read the inbox of "{agent}".',
    'Read your own: leave the agent out.',
  ),
  SEARCH_FAILED: failed(
    503,
    'The search index {path} could not be used: {reason}.',
    'Free disk space or mend its permissions, then try again; it may be deleted at any time, and is made anew from the log.',
  ),
  ACK_BEYOND: row(
    400,
    'Cannot ack up to {upTo}: the log ends at {head}.',
    'Ack the cursor that `inbox.read` returned.',
  ),
} as const;
