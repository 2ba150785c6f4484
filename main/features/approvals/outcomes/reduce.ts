/** What the hub remembers of what follows merges. */
import type { Push } from '../../../../preload/contract/approval-outcomes.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { EventData } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { Table } from '../../../../preload/contract/table.ts';
import type { ApprovalsState } from '../slice.ts';

type Data<K extends keyof (typeof contract)['events'] & string> = EventData<typeof contract, K>;
type Reduce = (state: ApprovalsState, event: EventEnvelope) => ApprovalsState;

/** What a merge means to others: the one that it takes back, and what the agents of its target were not told yet. */
export function followMerge(state: ApprovalsState, event: EventEnvelope): ApprovalsState {
  const { approval, target, from, mergeCommit: to, undoes } = event.data as Data<'approval.merged'>;
  let { byId } = state;
  if (undoes !== undefined) {
    byId = byId.update(undoes.approval, (record) => ({ ...record, undoneBy: approval }));
    // Taking back what took something back leaves that as it was.
    const first = byId.get(undoes.approval)?.undoes?.approval;
    if (first !== undefined) byId = byId.update(first, ({ undoneBy: _, ...record }) => record);
  }
  if (from === undefined) return { ...state, byId };
  const untold = state.untold ?? Table.empty();
  const begun = untold.get(target)?.from ?? from;
  return { ...state, byId, untold: untold.set(target, { target, from: begun, to }) };
}

/** What was merged while they were told is left to tell. */
function told(state: ApprovalsState, { data }: EventEnvelope): ApprovalsState {
  const { target, to } = data as Data<'target.advanced'>;
  const left = state.untold?.get(target);
  if (state.untold === undefined || left === undefined) return state;
  const untold =
    left.to === to ? state.untold.delete(target) : state.untold.set(target, { ...left, from: to });
  return { ...state, untold };
}

function pushed(how: Push['state']): Reduce {
  return (state, { data, atMs }) => {
    const { approval, remote, ...rest } = data as Data<'approval.push_failed'>;
    const why = how === 'failed' ? { kind: rest.kind, error: rest.error } : {};
    const push: Push = { remote, state: how, atMs, ...why };
    return { ...state, byId: state.byId.update(approval, (record) => ({ ...record, push })) };
  };
}

export const reduceOutcomes: Readonly<Record<string, Reduce>> = {
  'approval.pushing': pushed('pushing'),
  'approval.pushed': pushed('pushed'),
  'approval.push_failed': pushed('failed'),
  'target.advanced': told,
};
