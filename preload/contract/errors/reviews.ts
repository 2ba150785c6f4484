/** Errors of reviews. */
import { row, warned } from './row.ts';

export const reviewErrors = {
  REVIEW_UNKNOWN: row(404, 'There is no review "{review}".', 'Reviews: {known}.'),
  REVIEW_EMPTY: row(
    400,
    'A review without a word says nothing.',
    'Write a comment or something of the whole; to deny alone, use approval.deny.',
  ),
  REVIEW_TOO_LONG: row(
    400,
    'The comments have {found} characters together; a review takes {most}.',
    'Send them as two reviews.',
  ),
  REVIEW_PLACE_UNKNOWN: row(
    400,
    'There is no {place} in commit {commit}.',
    'Name a file as it is called there, and lines from 1 to its last one.',
  ),
  THREAD_UNKNOWN: row(
    404,
    'There is no thread "{thread}".',
    'Threads are named by their review: `musher review list`, then `musher review show`.',
  ),
  THREAD_NOT_YOURS: warned(
    403,
    'Thread "{thread}" asks agent "{agent}", not {actor}.',
    'Only that agent or the operator may answer it.',
  ),
  THREAD_FULL: row(
    409,
    'Thread "{thread}" has {most} replies already.',
    'Go on by a message: message.send.',
  ),
} as const;
