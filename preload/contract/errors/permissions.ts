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
