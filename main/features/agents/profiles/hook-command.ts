/** How a CLI's hook reports: one quick command that reads the hook's own JSON, says nothing and never fails its CLI. */
import type { HookEvent } from '../../../../preload/contract/agent-hooks.ts';

export function hookCommand(event: HookEvent): string {
  return `musher hook ${event} --payload`;
}
