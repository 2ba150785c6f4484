import { CircleAlert } from 'lucide-react';
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { GatesLine } from '../gates/index.ts';
import { approvalId } from './approval-list.tsx';
import { ApprovalOverview } from './approval-overview.tsx';
import { ApprovalTitle } from './approval-title.tsx';
import { type ApprovalDiff, approveGate } from './approve-gate.ts';
import { DiffSkeleton } from './diff-skeleton.tsx';
import { DecisionBar, type DecisionBarProps } from './decision-bar.tsx';
import { toDiffFiles } from './diff/diff-document.ts';
import { toViewerFile, type ViewerFile } from './diff/diff-items.ts';
import { DiffPane, type DiffPaneHandle, type DiffPaneProps } from './diff/diff-pane.tsx';
import { orderFiles } from './diff/file-tree.ts';
import { NoticeBar } from './notice-bar.tsx';
import { type LoadPictures, PicturePopover } from './picture-popover.tsx';
import { countNotShown, noticesOf } from './present-approval.ts';
import { SubmoduleNotice } from './submodule-notice.tsx';
import { type LoadDiff, useApprovalDiff } from './use-approval-diff.ts';

export interface ApprovalDetailProps
  extends Pick<
      DiffPaneProps,
      'look' | 'theme' | 'viewed' | 'onLook' | 'onViewed' | 'comments' | 'onComment'
    >,
    Pick<DecisionBarProps, 'decision' | 'next' | 'onApprove' | 'onDeny' | 'onOpen'> {
  approval: ApprovalRecord;
  branch: string | undefined;
  loadDiff: LoadDiff;
  loadPictures: LoadPictures;
  /** Path of the one to show first; another one is gone to. */
  file: string | undefined;
}

/** One approval: what it is, its diff, and the decision. Mount it anew for another. */
export function ApprovalDetail(props: ApprovalDetailProps) {
  const { approval, branch, loadDiff, decision, comments, viewed, next } = props;
  const { onApprove, onDeny, onOpen } = props;
  const pane = useRef<DiffPaneHandle>(null);
  const { load, reload } = useApprovalDiff(approval, loadDiff);
  const diff = load.state === 'loaded' ? load.diff : undefined;
  const gate = approveGate(approval, load);
  const notices = useMemo(() => noticesOf(approval, diff), [approval, diff]);
  const notShown = useMemo(() => (diff ? countNotShown(approval, diff) : 0), [approval, diff]);
  return (
    <section
      id={approvalId}
      tabIndex={-1}
      aria-label="Approval"
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
    >
      <ApprovalTitle approval={approval} branch={branch} />
      {notices.map((notice) => (
        <NoticeBar key={notice.title} notice={notice} />
      ))}
      {diff && <SubmoduleNotice approval={approval} diff={diff} />}
      <GatesLine approval={approval} />
      {load.state === 'loading' && <DiffSkeleton approval={approval} />}
      {load.state === 'failed' && <Failed error={load.error} onRetry={reload} />}
      {diff && <Loaded key={toKey(approval, diff)} {...props} {...{ diff, pane }} />}
      <DecisionBar
        {...{ approval, decision, gate, notShown, comments, next, onApprove, onDeny, onOpen }}
        viewedCount={viewed.size}
        checkout={diff?.checkout}
        onOpenFile={(path) => pane.current?.openFile(path)}
      />
    </section>
  );
}

/** Another diff starts over, and so does one whose files in conflict became known. */
function toKey({ conflicts = [] }: ApprovalRecord, { pin }: ApprovalDiff): string {
  return `${pin.diffHash} ${conflicts.join('\n')}`;
}

interface LoadedProps extends ApprovalDetailProps {
  diff: ApprovalDiff;
  pane: RefObject<DiffPaneHandle | null>;
}

function Loaded({ diff, pane, ...props }: LoadedProps) {
  const { approval, file, look, theme, viewed, onLook, onViewed, comments, onComment } = props;
  useEffect(() => {
    if (file !== undefined) pane.current?.openFile(file);
  }, [pane, file]);
  const conflicts = useMemo(() => new Set(approval.conflicts), [approval.conflicts]);
  const files = useViewerFiles(diff, conflicts);
  const { loadPictures } = props;
  const renderPicture = useCallback(
    ({ path }: { path: string }) => (
      <PicturePopover path={path} load={(signal) => loadPictures(approval.id, path, signal)} />
    ),
    [approval.id, loadPictures],
  );
  return (
    <DiffPane
      ref={pane}
      {...{ files, conflicts, look, theme, viewed, onLook, onViewed, comments, onComment }}
      additions={approval.additions}
      deletions={approval.deletions}
      renderPicture={renderPicture}
      overview={<ApprovalOverview approval={approval} commits={diff.commits} />}
    />
  );
}

/** Read once: another diff mounts this anew. */
function useViewerFiles(
  { files, patch, pin }: ApprovalDiff,
  conflicts: ReadonlySet<string>,
): readonly ViewerFile[] {
  const [read] = useState(() =>
    orderFiles(toDiffFiles(files, patch), conflicts).map((file) =>
      toViewerFile(file, pin.diffHash),
    ),
  );
  return read;
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
