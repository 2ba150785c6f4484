/** The rules of permissions, each a small function: it returns what was asked for, or the refusal that says why not. */
import type { PermissionRecord } from '../../../preload/contract/permissions.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { PermissionsState } from './slice.ts';
import type { DecideContext } from '../../hub/feature.ts';

type Ctx = DecideContext<PermissionsState>;

export function requirePermission(state: PermissionsState, id: string): Result<PermissionRecord> {
  const found = state.byId.get(id);
  if (found !== undefined) return ok(found);
  const open = state.byId.values().filter((one) => one.state === 'open');
  return refuse('PERMISSION_UNKNOWN', {
    permission: id,
    known: listOrNone(open.map((one) => one.id)),
  });
}

export function requireOpen(ctx: Ctx, id: string): Result<PermissionRecord> {
  const found = requirePermission(ctx.state, id);
  if (!found.ok || found.value.state === 'open') return found;
  const { state, settledBy = 'system' } = found.value;
  return refuse('PERMISSION_SETTLED', { permission: id, state, by: settledBy });
}
