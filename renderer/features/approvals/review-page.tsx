import { GitPullRequestArrow } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { ApprovalDetail, type ApprovalDetailProps } from './approval-detail.tsx';
import { ApprovalList } from './approval-list.tsx';
import { countWaiting, groupApprovals, neighbour, nextWaiting } from './approval-order.ts';
import { HighlightPool } from './diff/highlight-pool.tsx';
import { dropComments, keepComment, useReviewComments } from './review-drafts.ts';

export interface ReviewPageProps
  extends Omit<
    ApprovalDetailProps,
    | 'approval'
    | 'comments'
    | 'onComment'
    | 'branch'
    | 'next'
    | 'viewed'
    | 'onViewed'
    | 'onApprove'
    | 'onDeny'
    | 'onOpen'
  > {
  approvals: readonly ApprovalRecord[];
  /** The one that was asked for; else the one that waits longest. */
  selectedId: string | undefined;
  branchOf: (agent: string) => string | undefined;
  viewedOf: (approval: ApprovalRecord) => ReadonlySet<string>;
  onSelect: (id: string) => void;
  onBack: () => void;
  onViewed: (approval: ApprovalRecord, path: string, isViewed: boolean) => void;
  onApprove: (
    approval: ApprovalRecord,
    ...rest: Parameters<ApprovalDetailProps['onApprove']>
  ) => ReturnType<ApprovalDetailProps['onApprove']>;
  onDeny: (approval: ApprovalRecord, note: string) => ReturnType<ApprovalDetailProps['onDeny']>;
}

/** Everything that agents asked to merge, and the place to say yes to exactly what is seen. */
export function ReviewPage(props: ReviewPageProps) {
  const { approvals, onSelect, onBack } = props;
  const groups = useMemo(() => groupApprovals(approvals), [approvals]);
  const selected = useSelected(props);
  const step = (by: 1 | -1) => {
    const id = neighbour(groups, selected?.id, by);
    if (id !== undefined) onSelect(id);
  };
  useShortcuts([
    { keys: 'j', run: () => step(1) },
    { keys: 'k', run: () => step(-1) },
    { keys: 'Escape', run: onBack },
  ]);
  if (!selected) return <NothingYet />;
  return (
    <HighlightPool>
      <div className="flex h-full min-h-0 min-w-0 flex-1">
        <div className="flex w-[clamp(208px,22%,300px)] shrink-0 flex-col border-r">
          <Header waiting={countWaiting(approvals)} />
          <ApprovalList groups={groups} selectedId={selected.id} onSelect={onSelect} />
        </div>
        <Detail key={selected.id} {...props} selected={selected} />
      </div>
    </HighlightPool>
  );
}

function Detail({ selected, ...props }: ReviewPageProps & { selected: ApprovalRecord }) {
  const { approvals, look, theme, loadDiff, onLook, onSelect } = props;
  const comments = useReviewComments(selected.id);
  const deny = async (note: string) => {
    const wrong = await props.onDeny(selected, note);
    if (!wrong) dropComments(selected.id);
    return wrong;
  };
  return (
    <ApprovalDetail
      approval={selected}
      comments={comments}
      onComment={(comment) => keepComment(selected.id, comment)}
      branch={props.branchOf(selected.agent)}
      next={nextWaiting(approvals, selected.id)}
      viewed={props.viewedOf(selected)}
      {...{ look, theme, loadDiff, onLook }}
      onOpen={onSelect}
      onViewed={(path, isViewed) => props.onViewed(selected, path, isViewed)}
      onApprove={(choice) => props.onApprove(selected, choice)}
      onDeny={deny}
    />
  );
}

/** Stays where it is when what is shown is settled: the result is to be seen before the next one comes. */
function useSelected({ approvals, selectedId }: ReviewPageProps): ApprovalRecord | undefined {
  const shown = useRef<string>(undefined);
  const find = (wanted: string | undefined) => approvals.find(({ id }) => id === wanted);
  const first = nextWaiting(approvals, undefined) ?? groupApprovals(approvals)[0]?.approvals[0];
  const selected = find(selectedId) ?? find(shown.current) ?? first;
  useEffect(() => {
    shown.current = selected?.id;
  });
  return selected;
}

function Header({ waiting }: { waiting: number }) {
  return (
    <ViewHeader title="Review">{waiting === 0 ? 'nothing waits' : `${waiting} waiting`}</ViewHeader>
  );
}

function NothingYet() {
  return (
    <div className="flex h-full min-h-0 w-full flex-1 flex-col">
      <ViewHeader title="Review" />
      <EmptyState icon={GitPullRequestArrow} title="No agent has asked for an approval yet">
        <p>An agent asks in its terminal, with the id of a commit on its branch:</p>
        <p>
          <code className="text-selectable mt-2 inline-block rounded-md border bg-raised px-2 py-1 text-sm text-fg">
            musher request-approval $(git rev-parse HEAD)
          </code>
        </p>
        <p className="mt-2">You see the diff here, and nothing is merged before you say so.</p>
      </EmptyState>
    </div>
  );
}
