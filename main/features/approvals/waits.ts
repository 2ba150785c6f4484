/** What waits for the operator, from approvals. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../preload/contract/approvals.ts';
import type { WaitChange, Waits } from '../../hub/feature.ts';

type Requested = EventData<typeof contract, 'approval.requested'>;

type PushFailed = EventData<typeof contract, 'approval.push_failed'>;

const idOf = (data: unknown) => `approval/${(data as { approval: string }).approval}`;

const pushOf = (data: unknown) => `push/${(data as { target: string }).target}`;

function settles({ data }: { readonly data: unknown }): WaitChange[] {
  return [{ settles: idOf(data) }];
}

export const approvalWaits: Waits = {
  'approval.requested': ({ data }) => {
    const { approval: subject, agent, title, undoes, place, considering } = data as Requested;
    const opens = { kind: 'approval', subject, to: 'operator', agent, title };
    // The operator's own: nobody is stopped by it, and it takes the place of nothing.
    if (undoes !== undefined) return [{ opens: { ...opens, isBlocking: false } }];
    return [
      // Asked again since one failed: the new one is what matters. A part of a branch says itself what it takes the place of.
      ...(place === undefined
        ? [{ settlesAll: { kind: 'approval', agent, isBlocking: false } } as const]
        : []),
      { opens: { ...opens, isBlocking: true } },
      // Out of sight until rules have looked at it.
      ...(considering ? [{ parks: idOf(data) }] : []),
    ];
  },
  'approval.left': ({ data }) => [{ resumes: { id: idOf(data), isBlocking: true } }],
  'approval.approved': ({ data }) => [{ parks: idOf(data) }],
  // Whoever lands its story tries again, has it mended, or says what stops it.
  'approval.failed': ({ data }) =>
    (data as { story?: string }).story === undefined
      ? [{ resumes: { id: idOf(data), isBlocking: false } }]
      : [],
  'approval.merged': settles,
  'approval.denied': settles,
  'approval.superseded': settles,
  'approval.withdrawn': settles,
  // One for each target: what failed last is what its push is tried again with.
  'approval.push_failed': ({ data }) => {
    const { target: subject, remote, error } = data as PushFailed;
    const title = `${subject} was not pushed to ${remote}: ${error.message}`;
    const opens = { kind: 'push', subject, to: 'operator', agent: '', title, isBlocking: false };
    return [{ opens }];
  },
  'approval.pushing': ({ data }) => [{ parks: pushOf(data) }],
  // A later merge of that target takes along what was not pushed before.
  'approval.pushed': ({ data }) => [{ settles: pushOf(data) }],
  'agent.destroyed': ({ data }) => [
    { settlesAll: { kind: 'approval', agent: (data as { agent: string }).agent } },
  ],
};
