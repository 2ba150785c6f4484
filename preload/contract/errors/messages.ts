/** Errors of messages. */
import { row, warned } from './row.ts';

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
  ACK_BEYOND: row(
    400,
    'Cannot ack up to {upTo}: the log ends at {head}.',
    'Ack the cursor that `inbox.read` returned.',
  ),
} as const;
