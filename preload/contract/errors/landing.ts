/** Errors of stories on their way into the target branch. */
import { row, warned } from './row.ts';

export const landingErrors = {
  STORY_REVIEW_NONE: row(
    409,
    'Story "{story}" is not with a reviewing agent: it is {stage}.',
    'Only a story in qa whose review is "agent" is; see `musher landing list`.',
  ),
  STORY_REVIEW_NOT_YOURS: warned(
    403,
    'Story "{story}" is reviewed by {reviewer}, not by {actor}.',
    'Only the agent that was asked for it answers; the operator can as well.',
  ),
} as const;
