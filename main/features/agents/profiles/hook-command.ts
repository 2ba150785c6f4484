/** How a CLI's hook reports: one quick command that reads the hook's own JSON, says nothing and never fails its CLI. */
import type { HookEvent } from '../../../../preload/contract/agent-hooks.ts';

/** Seconds that a CLI gives the hook below: somewhat longer than that waits for the operator. */
export const permissionTimeoutS = 12 * 3600 + 60;

/** Asks the operator, waits, and prints the decision in the CLI's own words; without one the CLI asks at its own screen. */
export const permissionCommand = 'musher hook waiting --payload --permission';

export function hookCommand(event: HookEvent): string {
  return `musher hook ${event} --payload`;
}
