/** Errors of learnings. */
import { failed, row } from './row.ts';

export const learningErrors = {
  FILE_FAILED: failed(
    500,
    'The file {file} could not be written: {reason}.',
    'Nothing of it was changed. Mend that, or free disk space, and try again; learnings try again each minute by themselves.',
  ),
  FILE_CONFLICTED: failed(
    409,
    'The file {file} holds a merge that was not finished, at line {line}; it was left alone.',
    'Resolve it there as you resolve any other; then it is brought up to date within a minute.',
  ),
  LEARNING_UNKNOWN: row(
    404,
    'There is no note and no finding "{id}".',
    'See `musher learnings`. The newest: {known}.',
  ),
} as const;
