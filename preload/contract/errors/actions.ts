/** Errors of what timers and triggers do. */
import { row, warned } from './row.ts';

export const actionErrors = {
  ACTION_MISSING: row(
    400,
    'Nothing was said that is to be done.',
    `Say one thing: --do 'story move s-3 coding' for a command, or --prompt "…" for an agent.`,
  ),
  ACTION_AMBIGUOUS: row(
    400,
    'What is to be done does not fit together: {fault}.',
    'Say either a command with its data, or a prompt: with --to for an agent that there is, else with the profile of the one that is started.',
  ),
  ACTION_UNKNOWN: row(
    400,
    'There is no command "{type}" that could be done for {actor}.',
    'Nearest: {nearest}. `musher --help` lists them; by HTTP, GET /v1.',
  ),
  ACTION_BY_HAND: warned(
    403,
    'The command {type} is done by hand: {why}.',
    'Be reminded of it instead: musher remind "…" --in 2h.',
  ),
  ACTION_INVALID: row(
    400,
    'The command {type} cannot be done with this: {path}: {reason}.',
    'Give what it takes: see `musher {words} --help`, or GET /v1 for its schema.',
  ),
} as const;
