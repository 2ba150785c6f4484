/** Errors of learnings. */
import { failed } from './row.ts';

export const learningErrors = {
  FILE_FAILED: failed(
    500,
    'The file {file} could not be written: {reason}.',
    'Nothing of it was changed. Free disk space or mend its permissions, then note it again.',
  ),
} as const;
