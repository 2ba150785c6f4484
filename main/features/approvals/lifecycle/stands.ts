/** Which requests still stand, and until when. Pure. */
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { HubState, SystemCommand } from '../../../hub/feature.ts';
import { dueRows } from '../../../base/due-rows.ts';
import { selectAgents } from '../../agents/index.ts';
import type { ApprovalsState, StoredApproval } from '../slice.ts';

/** A request that a yes can be said to, and the branch that its commit has to be on. */
export interface Standing {
  readonly record: ApprovalRecord;
  readonly branch: string;
}

/** Not those of an agent that is being taken away: its end says so for all of them; and an undo is on no branch. */
export function standingOnes(hub: HubState, { byId }: ApprovalsState): Standing[] {
  const agents = selectAgents(hub).byId;
  return byId.values().flatMap((record) => {
    const agent = isUndecided(record.state) ? agents.get(record.agent) : undefined;
    if (agent === undefined || agent.state === 'destroying' || agent.state === 'destroyed')
      return [];
    return [{ record, branch: agent.branch }];
  });
}

/** Where its branch was when it was looked at last. */
export function knownTip({ newer, pin }: ApprovalRecord): string {
  return newer?.tip ?? pin.commit;
}

const dayMs = 24 * 3_600_000;

/** When it has waited for so many days, Unix ms; undefined for what does not wait for a first word. */
export function expiresMs(
  { state, requestedMs }: ApprovalRecord,
  days: number,
): number | undefined {
  return state === 'pending' ? requestedMs + days * dayMs : undefined;
}

/** Asked each second; costs nothing until the first one is due. Another number of days starts over. */
export function dueExpiries(
  daysOf: () => number | undefined,
): (state: ApprovalsState, nowMs: number) => SystemCommand[] {
  let known: number | undefined;
  let rows = dueRows<StoredApproval>(() => undefined);
  return ({ byId }, nowMs) => {
    const days = daysOf();
    if (days === undefined) return [];
    if (days !== known) {
      known = days;
      rows = dueRows<StoredApproval>((record) => expiresMs(record, days));
    }
    return rows(byId, nowMs).map(({ id: approval }) => ({
      type: 'approval.expire',
      data: { approval, days },
    }));
  };
}
