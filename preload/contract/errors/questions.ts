/** Errors of questions. */
import { row, warned } from './row.ts';

export const questionErrors = {
  QUESTION_UNKNOWN: row(404, 'There is no question "{question}".', 'Open questions: {known}.'),
  QUESTION_SETTLED: row(
    409,
    'Question "{question}" is {state} already (by {by}).',
    'Nothing to do; ask again if it matters.',
  ),
  QUESTION_NOT_YOURS: warned(
    403,
    '{actor} may not {verb} question "{question}"; it is for {to}.',
    'Only {allowed} may.',
  ),
  QUESTION_LIMIT: row(
    409,
    'Agent "{agent}" has {limit} open questions already, the limit.',
    'Wait for answers, or cancel one with `musher question cancel`.',
  ),
  QUESTION_TO_SELF: row(
    400,
    'Agent "{agent}" cannot ask itself.',
    'Ask "operator" or another agent.',
  ),
  CHOICE_UNKNOWN: row(
    400,
    '"{choice}" is not one of the options: {options}.',
    'Choose one of them, or answer in free text.',
  ),
  CHOICE_COUNT: row(400, 'Question "{question}" takes one choice, found {count}.', 'Choose one.'),
  ANSWER_EMPTY: row(
    400,
    'The answer to "{question}" is empty.',
    'Choose an option or write a text.',
  ),
  ATTACHMENT_REFUSED: row(
    400,
    'The attachment "{path}" {why}.',
    'Name a file in your own worktree; put what is larger, or elsewhere, in words.',
  ),
  ATTACHMENT_UNKNOWN: row(
    404,
    'Question "{question}" has no attachment "{path}".',
    'It has: {known}.',
  ),
} as const;
