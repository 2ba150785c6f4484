/** Why the watchdog stopped an agent. */
import { row } from './row.ts';

export const watchdogErrors = {
  TURN_LIMIT: row(
    409,
    'Agent "{agent}" was stopped at its limit of turns: it has used {used} of {of}.',
    'Start it again for as many more, or raise the limit first: `musher agent limits {agent} --turns {more}`.',
  ),
  COST_LIMIT: row(
    409,
    'Agent "{agent}" was stopped at its limit of cost: it has used {used} of {of}.',
    'Start it again for as much more, or raise the limit first: `musher agent limits {agent} --cost {more}`.',
  ),
  TIME_LIMIT: row(
    409,
    'Agent "{agent}" was stopped at its limit of time: it has run for {used} of {of}.',
    'Start it again for as long again, or raise the limit first: `musher agent limits {agent} --time {more}`.',
  ),
} as const;
