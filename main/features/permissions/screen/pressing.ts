/** A decision about what a screen asks, as an effect: it says all that the keys depend on. Pure. */
import type {
  PermissionRecord,
  PermissionScreen,
} from '../../../../preload/contract/permissions.ts';
import type { Effect } from '../../../hub/feature.ts';

export interface Press {
  readonly permission: string;
  readonly agent: string;
  readonly screen: PermissionScreen;
  readonly choice: 'allow' | 'deny';
  /** Typed as a prompt once the denial was taken. */
  readonly note?: string | undefined;
}

export const pressKind = 'permission.press';

/** None where a hook asked: it is told by its own poll. */
export function pressing(
  { id, agent, screen }: PermissionRecord,
  choice: Pick<Press, 'choice' | 'note'>,
): Effect[] {
  if (screen === undefined) return [];
  const data: Press = { permission: id, agent, screen, ...choice };
  return [{ kind: pressKind, lane: `agent/${agent}`, data }];
}
