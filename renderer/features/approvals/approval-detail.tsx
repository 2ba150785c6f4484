import { CircleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { ConfigNotice } from '../proposals/index.ts';
import { GatesLine } from '../gates/index.ts';
import { approvalId } from './approval-list.tsx';
import { ApprovalTitle } from './approval-title.tsx';
import { AloneDiff } from './alone-diff.tsx';
import type { ApprovalDiff } from './approve-gate.ts';
import { DiffSkeleton } from './diff-skeleton.tsx';
import { DecisionBar, type DecisionBarProps } from './decision-bar.tsx';
import type { DiffPaneHandle, DiffPaneProps } from './diff/diff-pane.tsx';
import { LoadedDiff } from './loaded-diff.tsx';
import { NoticeBar } from './notice-bar.tsx';
import type { LoadPictures } from './picture-popover.tsx';
import { countNotShown, noticesOf } from './present-approval.ts';
import { useDraft } from './review-drafts.ts';
import { useNoteOpened } from './use-note-opened.ts';
import { SubmoduleNotice } from './submodule-notice.tsx';
import { type SinceState, useSince } from './use-since.ts';
import { useAlone } from './use-alone.ts';
import { type LoadDiff, useApprovalDiff } from './use-approval-diff.ts';

export interface ApprovalDetailProps
  extends Pick<DiffPaneProps, 'look' | 'theme' | 'viewed' | 'onLook' | 'onViewed'>,
    Pick<
      DecisionBarProps,
      'decision' | 'next' | 'merging' | 'onApprove' | 'onDeny' | 'onComment' | 'onOpen'
    > {
  approval: ApprovalRecord;
  branch: string | undefined;
  loadDiff: LoadDiff;
  loadPictures: LoadPictures;
  /** Path of the one to show first; another one is gone to. */
  file: string | undefined;
  /** Ticks what was ticked in an earlier request and is the same here. */
  onCarryViewed: (from: ApprovalRecord, changed: readonly string[]) => void;
}

/** One approval: what it is, its diff, and the decision. Mount it anew for another. */
export function ApprovalDetail(props: ApprovalDetailProps) {
  const { approval, branch, loadDiff, decision, viewed, next, onCarryViewed } = props;
  const { onApprove, onDeny, onComment, onOpen } = props;
  const { comments } = useDraft(approval.id);
  const pane = useRef<DiffPaneHandle>(null);
  const { load, reload } = useApprovalDiff(approval, loadDiff);
  const diff = load.state === 'loaded' ? load.diff : undefined;
  const alone = useAlone(diff);
  const { line, choose: onAlone } = alone;
  const notices = useMemo(() => noticesOf(approval, diff), [approval, diff]);
  const notShown = useMemo(() => (diff ? countNotShown(approval, diff) : 0), [approval, diff]);
  const since = useSince(approval);
  useCarriedViewed(since, onCarryViewed);
  const isOpened = useNoteOpened(approval, since.isLoading ? undefined : diff, notShown);
  return (
    <section
      id={approvalId}
      tabIndex={-1}
      aria-label="Approval"
      data-opened={isOpened}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      <ApprovalTitle
        {...{ approval, branch }}
        commits={diff && { diff, alone: line?.commit, onAlone }}
      />
      {notices.map((notice) => (
        <NoticeBar key={notice.title} notice={notice} />
      ))}
      {diff && <SubmoduleNotice approval={approval} diff={diff} />}
      {diff && <ConfigNotice approval={approval} files={diff.files} />}
      <GatesLine approval={approval} />
      {(load.state === 'loading' || (diff && since.isLoading)) && (
        <DiffSkeleton approval={approval} />
      )}
      {load.state === 'failed' && <Failed error={load.error} onRetry={reload} />}
      {line && <AloneDiff key={line.commit} approval={approval} alone={{ ...alone, line }} />}
      {diff && !line && !since.isLoading && (
        <LoadedDiff key={toKey(approval, diff)} {...props} {...{ diff, since, pane, onAlone }} />
      )}
      <DecisionBar
        {...{ approval, decision, load, notShown, next, onApprove, onDeny, onComment, onOpen }}
        commentCount={comments.length}
        viewedCount={viewed.size}
        checkout={diff?.checkout}
        strategy={diff?.strategy ?? 'merge'}
        isApart={diff?.isApart ?? false}
        isPart={line !== undefined}
        merging={props.merging}
        onOpenFile={(path) => pane.current?.openFile(path)}
      />
    </section>
  );
}

/** Another diff starts over, and so does one whose files in conflict became known. */
function toKey({ conflicts = [] }: ApprovalRecord, { pin }: ApprovalDiff): string {
  return `${pin.diffHash} ${conflicts.join('\n')}`;
}

/** Once both are compared; by lines that conflict nothing is known to be the same. */
function useCarriedViewed(
  { before, since }: SinceState,
  carry: ApprovalDetailProps['onCarryViewed'],
): void {
  const latest = useRef(carry);
  useEffect(() => {
    latest.current = carry;
  });
  useEffect(() => {
    if (before && since && since.how !== 'conflicts') latest.current(before, since.paths);
  }, [before, since]);
}

function Failed({ error, onRetry }: { error: WireError; onRetry: () => void }) {
  return (
    <div className="min-h-0 flex-1">
      <EmptyState
        icon={CircleAlert}
        title={toPlainLine(error.message)}
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        {toPlainLine(error.mend)}
      </EmptyState>
    </div>
  );
}
