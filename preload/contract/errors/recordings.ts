/** Errors of recordings. */
import { failed, row } from './row.ts';

export const recordingErrors = {
  RECORDING_UNKNOWN: row(
    404,
    'There is no recording of "{agent}"{session}.',
    '`musher recording list` shows what there is; the oldest go when there are too many.',
  ),
  RECORDING_GONE: row(
    410,
    'Part {part} of the recording of "{agent}" is not there any more.',
    'The oldest parts go when a recording grows too long: begin again at the first that is left.',
  ),
  RECORDING_FAILED: failed(
    500,
    'The recordings in {folder} could not be read: {reason}.',
    'Mend the permissions of that folder, then try again.',
  ),
} as const;
