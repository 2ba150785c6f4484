/** Errors of permissions. */
import { row } from './row.ts';

export const permissionErrors = {
  PERMISSION_UNKNOWN: row(
    404,
    'There is no permission "{permission}".',
    'Those that are asked for now: {known}.',
  ),
  PERMISSION_SETTLED: row(
    409,
    'Permission "{permission}" is {state} already (by {by}).',
    'Nothing to do; the agent asks again when it needs it again.',
  ),
  PERMISSION_LIMIT: row(
    409,
    'Agent "{agent}" asks for {limit} permissions already, the limit.',
    'Its CLI asks at its own screen instead.',
  ),
  PERMISSION_TOO_RISKY: row(
    409,
    'Permission "{permission}" is of high risk ({reasons}), so it is given one time at a time.',
    'Allow it once; the agent asks again the next time.',
  ),
  PERMISSION_STALE: row(
    409,
    'The screen of agent "{agent}" does not ask for permission "{permission}" any more: {found}.',
    'Nothing was typed. What it asks now comes to the Inbox by itself; else look at its terminal.',
  ),
  PERMISSION_INEXACT: row(
    409,
    'Permission "{permission}" is not all of one line on the screen, so it is given one time at a time.',
    'Allow it once; the agent asks again the next time.',
  ),
  KEYS_UNSUPPORTED: row(
    501,
    'No keys can be typed here: the terminal host that runs is of an older Musher, until its agents ended.',
    'Answer in the agent’s terminal, or stop all agents and start them again.',
  ),
  RULE_UNKNOWN: row(
    404,
    'There is no rule "{rule}".',
    '`musher permission rules` shows those that there are.',
  ),
  RULE_LIMIT: row(
    409,
    'Agent "{agent}" has {limit} rules already, the limit.',
    'Take some back with `musher permission revoke`, or allow it once.',
  ),
} as const;
