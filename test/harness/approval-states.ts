// A request in each state, not merged for each reason, pushed with each outcome: `?scene=states`. What is missing in a table does not compile.

import type { ApprovalRecord, ApprovalState } from '../../preload/contract/approvals.ts';
import type { Push } from '../../preload/contract/approval-outcomes.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import { toWireError } from '../../preload/contract/errors.ts';
import type { MergeFailureKind } from '../../preload/contract/merge-failures.ts';

type Over = Partial<ApprovalRecord>;
/** Of a push that did not go; every other failure is of the merge before it. */
export type PushFailureKind = Extract<MergeFailureKind, 'hook-refused' | 'push-rejected' | 'other'>;

const said: Readonly<Record<string, string | number>> = {
  ...{ commit: '9c1e5b70d2', target: 'main', count: 2, files: 'src/total.ts, src/discount.ts' },
  ...{ gates: 'test failed (exit code 1)', path: '/home/ada/shop', approval: 'a-1' },
  ...{ remote: 'origin', why: 'fetch first', subcommand: 'push', reason: 'no route to host' },
  ...{ expected: '3f9d2c81a7', found: '77aa01b2c3' },
};

/** Each with a code of its own kind. */
const failures: Readonly<
  Record<Exclude<MergeFailureKind, 'hook-refused' | 'push-rejected'>, ErrorCode>
> = {
  conflict: 'MERGE_CONFLICTED',
  'range-conflict': 'RANGE_CONFLICTED',
  'range-unfit': 'RANGE_UNFIT',
  'gates-failed': 'GATES_FAILED',
  empty: 'COMMIT_EMPTY',
  'no-commits': 'COMMIT_ON_TARGET',
  'moved-target': 'TARGET_MOVED',
  'not-forward': 'NOT_FORWARD',
  'target-in-use': 'TARGET_DIRTY',
  other: 'GIT_FAILED',
};

const pushFailures: Readonly<Record<PushFailureKind, ErrorCode>> = {
  'hook-refused': 'PUSH_HOOK_REFUSED',
  'push-rejected': 'PUSH_REJECTED',
  other: 'PUSH_FAILED',
};

const states: Readonly<Record<Exclude<ApprovalState, 'failed'>, Over>> = {
  pending: {},
  approved: { queued: { seq: 2, rank: 2, after: [] }, strategy: 'merge' },
  merging: { queued: { seq: 1, rank: 1, after: [] }, strategy: 'merge', mergingMs: 1 },
  merged: { mergeCommit: 'e'.repeat(40) },
  conflicted: {
    ...{ conflicts: ['src/total.ts', 'src/discount.ts'], failureKind: 'conflict' },
    failure: toWireError('MERGE_CONFLICTED', said),
  },
  denied: { note: 'Split it: the rename belongs into a request of its own.' },
  withdrawn: { settledBy: 'agent:docs' },
  superseded: { settledBy: 'agent:docs' },
};

/** By the id of its approval; what the page is to say of it. */
export const pictured: Readonly<Record<string, RegExp>> = {
  's-pending': /Approve/,
  's-approved': /in the queue/,
  's-merging': /Merging/,
  's-merged': /merged.*main now holds/,
  's-conflicted': /conflict.*src\/total\.ts.*Wait for the agent to ask again/,
  's-denied': /denied.*by you.*Split it/,
  's-withdrawn': /withdrawn/,
  's-superseded': /superseded.*for a newer commit/,
  'f-conflict': /conflict.*Wait for the agent/,
  'f-range-conflict': /failed.*Approve what comes before it on its branch first/,
  'f-range-unfit': /failed.*Wait for the agent to ask again, or deny it/,
  'f-gates-failed': /failed.*Read what the gates said/,
  'f-empty': /failed.*the same change already/,
  'f-no-commits': /failed.*the commit already/,
  'f-moved-target': /failed.*the merge starts anew/,
  'f-not-forward': /failed.*another strategy/,
  'f-target-in-use': /failed.*Let the checkout of the target move along/,
  'f-other': /failed.*Read what went wrong, mend it, then approve again/,
  'p-pushing': /Being pushed to origin/,
  'p-pushed': /Pushed to origin/,
  'p-hook-refused': /Not pushed.*Read what the hook of the remote said/,
  'p-push-rejected': /Not pushed.*Bring in what the remote has/,
  'p-other': /Not pushed.*then push again/,
} satisfies Record<PicturedId, RegExp>;

type PicturedId =
  | `s-${Exclude<ApprovalState, 'failed'>}`
  | `f-${keyof typeof failures}`
  | `p-${Exclude<Push['state'], 'failed'> | PushFailureKind}`;

export function stateRecords(like: ApprovalRecord, nowMs: number): Record<string, unknown> {
  const ago = (minutes: number) => nowMs - minutes * 60_000;
  const settled = { settledBy: 'operator', settledMs: ago(4) } as const;
  const merged: Over = { ...settled, state: 'merged', mergeCommit: 'e'.repeat(40) };
  const push = (over: Partial<Push>): Over => ({
    ...merged,
    push: { remote: 'origin', state: 'failed', atMs: ago(2), ...over },
  });
  const cases: Array<readonly [id: string, over: Over]> = [
    ...Object.entries(states).map(([state, over]) => {
      const own = state === 'pending' ? {} : settled;
      return [`s-${state}`, { ...own, ...over, state: state as ApprovalState }] as const;
    }),
    ...Object.entries(failures).map(([kind, code]) => {
      const failure = toWireError(code, said);
      const failureKind = kind as MergeFailureKind;
      return [`f-${kind}`, { ...settled, state: 'failed', failure, failureKind }] as const;
    }),
    ['p-pushing', push({ state: 'pushing' })],
    ['p-pushed', push({ state: 'pushed' })],
    ...Object.entries(pushFailures).map(([kind, code]) => {
      const error = toWireError(code, said);
      return [`p-${kind}`, push({ kind: kind as MergeFailureKind, error })] as const;
    }),
  ];
  const records = cases.map(([id, over], at): [string, ApprovalRecord] => [
    `approval/${id}`,
    { ...like, id, title: `A request: ${id}`, requestedMs: ago(90 - at), ...over },
  ]);
  return Object.fromEntries(records);
}
