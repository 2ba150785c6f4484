/** What a merge would come to now, for whoever may see the request. */
import type { Preview } from '../../../../preload/contract/approval-lifecycle.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { QueryContext } from '../../../hub/feature.ts';
import { requireVisible } from '../require.ts';
import type { ApprovalsState } from '../slice.ts';
import type { MergePreviews } from './ports.ts';

export async function showPreview(
  { preview }: MergePreviews,
  { approval }: { approval: string },
  ctx: QueryContext<ApprovalsState>,
): Promise<Result<Preview>> {
  const found = requireVisible(ctx, approval);
  if (!found.ok) return found;
  const { id, pin } = found.value;
  return ok({ approval: id, ...(await preview({ pin, signal: ctx.signal })) });
}
