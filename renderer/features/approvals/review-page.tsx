import { ChevronsLeft, ChevronsRight, GitPullRequestArrow } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Decision } from '../../hub/decisions.ts';
import { readStored, writeStored } from '../../hub/storage.ts';
import { useFocusHome } from '../../shell/use-focus-home.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { classNames } from '../../ui/class-names.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { BackBar, usePages } from '../../ui/pages.tsx';
import { ViewHeader } from '../../ui/view-header.tsx';
import { ApprovalDetail, type ApprovalDetailProps } from './approval-detail.tsx';
import { ApprovalList, findReviewHome, focusApprovalList } from './approval-list.tsx';
import {
  type ApprovalGroup,
  groupApprovals,
  neighbour,
  takesPlaceOf,
  waitingOnes,
} from './approval-order.ts';
import type { Choice } from './decision-bar.tsx';
import { HighlightPool } from './diff/highlight-pool.tsx';

export interface ReviewPageProps
  extends Omit<
    ApprovalDetailProps,
    | 'approval'
    | 'decision'
    | 'branch'
    | 'next'
    | 'viewed'
    | 'onViewed'
    | 'onApprove'
    | 'onDeny'
    | 'onComment'
    | 'onOpen'
    | 'onCarryViewed'
  > {
  approvals: readonly ApprovalRecord[];
  /** The one that was asked for; else the one that waits longest. */
  selectedId: string | undefined;
  /** Taken on this page and not settled yet. */
  decisionOf: (approval: string) => Decision | undefined;
  branchOf: (agent: string) => string | undefined;
  viewedOf: (approval: ApprovalRecord) => ReadonlySet<string>;
  onSelect: (id: string) => void;
  onBack: () => void;
  onViewed: (approval: ApprovalRecord, path: string, isViewed: boolean) => void;
  onApprove: (approval: ApprovalRecord, choice: Choice) => void;
  onDeny: (approval: ApprovalRecord, note: string) => void;
  onComment: (approval: ApprovalRecord, note: string) => void;
  /** Ticks in the second what was ticked in the first and is the same. */
  onCarryViewed: (from: ApprovalRecord, to: ApprovalRecord, changed: readonly string[]) => void;
}

/** Everything that agents asked to merge, and the place to say yes to exactly what is seen. */
export function ReviewPage(props: ReviewPageProps) {
  const { approvals, decisionOf, onSelect, onBack } = props;
  const { groups, waiting } = useMemo(() => {
    const isDecided = ({ id }: ApprovalRecord) => decisionOf(id) !== undefined;
    return {
      groups: groupApprovals(approvals, isDecided),
      waiting: waitingOnes(approvals, isDecided),
    };
  }, [approvals, decisionOf]);
  const selected = useSelected(props, groups);
  const pages = usePages(props.selectedId !== undefined);
  const fold = useListFold();
  const step = (by: number) => {
    const id = neighbour(groups, selected?.id, by);
    if (id !== undefined) onSelect(id);
  };
  useShortcuts([
    { keys: 'j', run: () => step(1) },
    { keys: 'k', run: () => step(-1) },
    { keys: 'l', run: fold.toggle },
    { keys: 'Enter', run: () => pages.open() },
    { keys: 'Escape', run: () => pages.back() || onBack() },
  ]);
  useFocusHome(findReviewHome);
  if (!selected) return <NothingYet />;
  return (
    <HighlightPool>
      <div className="flex h-full min-h-0 min-w-0 flex-1">
        {pages.shown === 'both' && fold.isFolded && (
          <div className="flex w-9 shrink-0 flex-col items-center border-r pt-1.5">
            <IconButton
              icon={ChevronsRight}
              label="Show the list of requests"
              shortcut="l"
              onClick={fold.toggle}
            />
          </div>
        )}
        {pages.shown !== 'detail' && !(pages.shown === 'both' && fold.isFolded) && (
          <div
            className={classNames(
              'flex flex-col',
              pages.shown === 'list' ? 'flex-1' : 'w-[clamp(208px,22%,300px)] shrink-0 border-r',
            )}
          >
            <Header
              waiting={waiting.length}
              onFold={pages.shown === 'both' ? fold.toggle : undefined}
            />
            <ApprovalList
              {...{ groups, decisionOf }}
              selectedId={selected.id}
              onSelect={(id) => {
                onSelect(id);
                pages.open();
              }}
              onStep={step}
            />
          </div>
        )}
        {pages.shown !== 'list' && (
          <div className="flex min-h-0 min-w-0 flex-1 flex-col">
            {pages.shown === 'detail' && (
              <>
                {/* Else the list has it. */}
                <h1 className="sr-only">Review</h1>
                <BackBar to="Review" onBack={pages.back} />
              </>
            )}
            <Detail
              key={selected.id}
              {...props}
              selected={selected}
              next={takesPlaceOf(waiting, selected)}
            />
          </div>
        )}
      </div>
    </HighlightPool>
  );
}

interface DetailProps extends ReviewPageProps {
  selected: ApprovalRecord;
  next: ApprovalRecord | undefined;
}

function Detail({ selected, next, ...props }: DetailProps) {
  const { look, theme, loadDiff, loadPictures, onLook, onSelect } = props;
  // What had the focus belonged to another approval, or to another view.
  useEffect(focusApprovalList, []);
  return (
    <ApprovalDetail
      approval={selected}
      branch={props.branchOf(selected.agent)}
      decision={props.decisionOf(selected.id)}
      next={next}
      viewed={props.viewedOf(selected)}
      {...{ look, theme, loadDiff, loadPictures, onLook }}
      merging={props.merging}
      file={selected.id === props.selectedId ? props.file : undefined}
      onOpen={onSelect}
      onViewed={(path, isViewed) => props.onViewed(selected, path, isViewed)}
      onApprove={(choice) => props.onApprove(selected, choice)}
      onDeny={(note) => props.onDeny(selected, note)}
      onComment={(note) => props.onComment(selected, note)}
      onCarryViewed={(from, changed) => props.onCarryViewed(from, selected, changed)}
    />
  );
}

/** Stays where it is when what is shown is settled: the result is to be seen before the next one comes. */
function useSelected(
  { approvals, selectedId }: ReviewPageProps,
  groups: readonly ApprovalGroup[],
): ApprovalRecord | undefined {
  const shown = useRef<string>(undefined);
  const find = (wanted: string | undefined) => approvals.find(({ id }) => id === wanted);
  const selected = find(selectedId) ?? find(shown.current) ?? groups[0]?.approvals[0];
  useEffect(() => {
    shown.current = selected?.id;
  });
  return selected;
}

interface HeaderProps {
  waiting: number;
  /** Undefined where the list has the window for itself. */
  onFold: (() => void) | undefined;
}

function Header({ waiting, onFold }: HeaderProps) {
  const fold = onFold && (
    <IconButton
      icon={ChevronsLeft}
      label="Hide the list of requests"
      shortcut="l"
      className="-mr-2.5"
      onClick={onFold}
    />
  );
  return (
    <ViewHeader title="Review" actions={fold}>
      {waiting === 0 ? 'nothing waits' : `${waiting} waiting`}
    </ViewHeader>
  );
}

/** Code gets the list's room, until the operator wants it back; it stays so. */
function useListFold(): { isFolded: boolean; toggle: () => void } {
  const [isFolded, setIsFolded] = useState(() => readStored('reviewListFolded', false));
  const toggle = () => {
    setIsFolded(!isFolded);
    writeStored('reviewListFolded', !isFolded);
  };
  return { isFolded, toggle };
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
