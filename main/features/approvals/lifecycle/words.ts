/** Why a request was withdrawn, as its agent reads it. Untrusted words stay as they are. */
import type { EventData } from '../../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { Newer } from '../../../../preload/contract/approval-lifecycle.ts';
import { sayNewer, sayWithdrawal } from '../../../../preload/contract/say-lifecycle.ts';

export function tellWithdrawn({
  approval,
  title,
  reason,
}: EventData<typeof contract, 'approval.withdrawn'>): string {
  const head = `The request "${title}" (${approval}) was withdrawn`;
  if (reason === undefined) return `${head}.`;
  return `${head} by Musher: ${sayWithdrawal(reason)} ${nextStep(reason)}`;
}

export function tellNewer(newer: Newer): string {
  return sayNewer(newer) ?? 'Nothing newer of its own on its branch';
}

function nextStep(
  reason: NonNullable<EventData<typeof contract, 'approval.withdrawn'>['reason']>,
): string {
  const { kind, commit, branch = '', tip } = reason;
  if (kind === 'story')
    return 'Nothing to do: it is asked for again once its story is checked again.';
  if (kind === 'expired')
    return `If it should still be merged, ask again: musher request-approval ${commit}`;
  if (tip === undefined)
    return `To have it merged, make the branch again (git branch ${branch} ${commit}) and ask: musher request-approval ${commit}`;
  return `Ask again for what is there now, once it is ready: musher request-approval ${tip}`;
}
