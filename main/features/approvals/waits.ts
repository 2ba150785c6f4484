/** What waits for the operator, from approvals. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Requested = EventData<typeof contract, 'approval.requested'>;

const idOf = (data: unknown) => `approval/${(data as { approval: string }).approval}`;

function settles({ data }: { readonly data: unknown }): WaitChange[] {
  return [{ settles: idOf(data) }];
}

export const approvalWaits: Waits = {
  'approval.requested': ({ data }) => {
    const { approval: subject, agent, title, undoes, place } = data as Requested;
    const opens = { kind: 'approval', subject, to: 'operator', agent, title };
    // The operator's own: nobody is stopped by it, and it takes the place of nothing.
    if (undoes !== undefined) return [{ opens: { ...opens, isBlocking: false } }];
    const opened = { opens: { ...opens, isBlocking: true } };
    // What it takes the place of says so itself; others of the same branch may stand beside it.
    if (place !== undefined) return [opened];
    // Asked again since one failed: the new one is what matters.
    return [{ settlesAll: { kind: 'approval', agent, isBlocking: false } }, opened];
  },
  'approval.approved': ({ data }) => [{ parks: idOf(data) }],
  'approval.failed': ({ data }) => [{ resumes: { id: idOf(data), isBlocking: false } }],
  'approval.merged': settles,
  'approval.denied': settles,
  'approval.superseded': settles,
  'approval.withdrawn': settles,
  'agent.destroyed': ({ data }) => [
    { settlesAll: { kind: 'approval', agent: (data as { agent: string }).agent } },
  ],
};
