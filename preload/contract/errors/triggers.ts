/** Errors of triggers. */
import { failed, row } from './row.ts';

export const triggerErrors = {
  TRIGGER_UNKNOWN: row(
    404,
    'There is no trigger "{trigger}".',
    'See `musher trigger list`; of those that are spent only the newest {kept} are known.',
  ),
  TRIGGER_LIMIT: row(
    409,
    'There are {count} triggers already; more than {limit} are not kept.',
    'Remove those that you need no more: `musher trigger list`.',
  ),
  TRIGGER_STATE: row(
    409,
    'Trigger "{trigger}" is {state}; {command} needs one that is {expected}.',
    '{hint}',
  ),
  TRIGGER_EVENT_UNKNOWN: row(
    400,
    'No event is of the type "{type}".',
    'Did you mean {nearest}? `musher log` shows the types that there are.',
  ),
  TRIGGER_PATH_INVALID: row(
    400,
    'The path "{path}" {reason}.',
    'Write it from the root of the repository, with *, ** and braces, or end a folder with /.',
  ),
  TRIGGER_EXPRESSION_INVALID: row(
    400,
    'The expression cannot be read at line {line}, column {column}, at {found}: {reason}.',
    'Write CEL that is true or false, over event, data, story, agent, stage and paths: data.transition == "fail" && size(paths) > 3.',
  ),
  TRIGGER_ACTION_INVALID: row(
    400,
    'What the trigger is to do is not clear: {reason}.',
    'Give exactly one of --do, --prompt (with --to or --profile) and --webhook; --command with --data is --do for programs.',
  ),
  TRIGGER_WEBHOOK_INVALID: row(
    400,
    'The address "{url}" {reason}.',
    'Give a full https address, or http on this machine (127.0.0.1, localhost), without a user or password in it.',
  ),
  WEBHOOK_FAILED: failed(
    502,
    '{host} did not take what was sent to it: {reason}.',
    'See whether it runs and what it answers; the trigger goes on, and is paused after a few failures in a row.',
  ),
  TRIGGER_TEST_EMPTY: row(
    400,
    'Nothing says what is to be tested.',
    'Name a trigger (`musher trigger test tr-3`) or what it would match (`--on story.moved`).',
  ),
} as const;
