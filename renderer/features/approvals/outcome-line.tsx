import { ArrowRight, Check, LoaderCircle, X } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { type MergeFailureKind, nextSteps } from '../../../preload/contract/merge-failures.ts';
import type { Decision } from '../../hub/decisions.ts';
import { DecisionWord } from '../../shell/decision-word.tsx';
import { sayWithdrawal } from '../../../preload/contract/say-lifecycle.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { focusApprovalList } from './approval-list.tsx';
import { shortId } from '../../ui/short-id.ts';
import { CommentButton } from './decide-line.tsx';
import { CopyId } from './copy-id.tsx';
import { stateLooks } from './present-approval.ts';
import { MergedButtons, type Merging, QueueButtons, QueueLine } from './queue-line.tsx';
import { StandingWords } from './standing-words.tsx';
import type { Yes } from './what-a-yes.ts';

interface OutcomeLineProps {
  approval: ApprovalRecord;
  decision: Decision | undefined;
  yes: Yes;
  next: ApprovalRecord | undefined;
  merging: Merging;
  onOpen: (id: string) => void;
  onOpenFile: (path: string) => void;
  /** It was decided here, a moment ago. */
  takesFocus: boolean;
  /** There when it did not work out and can be decided again. */
  onApprove: (() => void) | undefined;
  onDeny: (() => void) | undefined;
  commentCount: number;
  onComment: () => void;
}

/** What became of it, what can still be done, and what to look at next. */
export function OutcomeLine(props: OutcomeLineProps) {
  const { approval, decision, yes, next, onOpen, onApprove, onDeny, takesFocus } = props;
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2">
      <div role="status" className="flex min-w-0 flex-1 basis-64 flex-col">
        <Outcome {...props} />
        {approval.note && !decision && (
          <UntrustedText text={approval.note} className="max-h-20 overflow-y-auto text-muted" />
        )}
      </div>
      {!decision && <QueueButtons {...{ approval, merging: props.merging }} />}
      {!decision && <MergedButtons {...{ approval, merging: props.merging }} />}
      {(props.commentCount > 0 || !isLeaving(approval)) && <CommentButton {...props} />}
      {onDeny && (
        <Button icon={X} shortcut="d" onClick={onDeny}>
          Deny
        </Button>
      )}
      {onApprove && (
        // After a conflict a yes rarely helps: it is there, and not loud.
        <Button icon={Check} shortcut="a" disabled={yes.kind !== 'open'} onClick={onApprove}>
          Approve again
        </Button>
      )}
      <NextButton key={decision ? 'deciding' : approval.state} {...{ next, onOpen, takesFocus }} />
    </div>
  );
}

/** Merged, or on its way there: what is still said of it is said elsewhere. */
function isLeaving({ state }: ApprovalRecord): boolean {
  return ['approved', 'merging', 'merged'].includes(state);
}

function Outcome(props: OutcomeLineProps) {
  const { approval, decision, onOpen, onOpenFile } = props;
  const { state } = approval;
  if (decision) return <Deciding decision={decision} />;
  if (state === 'approved' || state === 'merging') return <UnderWay {...props} />;
  if (state === 'failed' || state === 'conflicted')
    return <NotMerged {...{ approval, onOpenFile }} />;
  return <Settled {...{ approval, onOpen }} />;
}

function Deciding({ decision }: { decision: Decision }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <StatusDot shape="half" tone="blue" word="decided" />
      <UntrustedLine text={decision.what} className="font-medium" />
      <span className="shrink-0 text-muted">
        <DecisionWord decision={decision} />
      </span>
    </span>
  );
}

/** In the queue, or held back by gates: its merge goes on once they have passed. */
function UnderWay({ approval, merging, yes }: OutcomeLineProps) {
  const { pin } = approval;
  if (yes.kind !== 'given' || yes.words === undefined)
    return <QueueLine {...{ approval, merging }} />;
  return (
    <span className="flex items-center gap-2">
      <LoaderCircle size={16} aria-hidden className="spin shrink-0 text-blue" />
      <StandingWords words={yes.words} />
      <code className="text-sm">
        {shortId(pin.commit)} → {toPlainLine(pin.target)}
      </code>
    </span>
  );
}

/** Enough to see which; the tree has them all, first and marked. */
const maxFiles = 6;

function NotMerged({
  approval: { state, failure, failureKind, conflicts = [], settledMs },
  onOpenFile,
}: Pick<OutcomeLineProps, 'approval' | 'onOpenFile'>) {
  return (
    <>
      <span className="flex min-w-0 items-center gap-x-2">
        <StatusDot {...stateLooks[state]} showWord className="font-medium" />
        {settledMs !== undefined && <RelativeTime atMs={settledMs} className="text-faint" />}
        {conflicts.length > 0 && (
          <ul
            aria-label="Files in conflict"
            className="flex min-w-0 flex-wrap items-center gap-x-2 font-mono text-sm"
          >
            {conflicts.slice(0, maxFiles).map((path) => (
              <li key={path} className="max-w-full min-w-0">
                <button
                  type="button"
                  onClick={() => onOpenFile(path)}
                  className="max-w-full truncate rounded-sm text-blue underline-offset-2 hover:underline"
                >
                  {toPlainLine(path)}
                </button>
              </li>
            ))}
            {conflicts.length > maxFiles && (
              <li className="text-muted">and {conflicts.length - maxFiles} more</li>
            )}
          </ul>
        )}
      </span>
      <span className="text-selectable text-muted">
        {conflicts.length === 0 && failure && (
          <span className="text-fg">{toPlainLine(failure.message)} </span>
        )}
        {nextStepOf(failure, failureKind)}
      </span>
    </>
  );
}

/** In the words of its kind; those of before kinds have the error's own. */
function nextStepOf(failure: WireError | undefined, kind: MergeFailureKind | undefined): string {
  if (kind !== undefined) return nextSteps[kind].operator;
  return toPlainLine(failure?.mend ?? 'The target is untouched.');
}

/** Of a push: it is merged, and no yes is said again. */
function nextPushOf(error: WireError | undefined, kind: MergeFailureKind | undefined): string {
  return kind === 'other' ? toPlainLine(error?.mend ?? '') : nextStepOf(error, kind);
}

type SettledProps = Pick<OutcomeLineProps, 'approval' | 'onOpen'>;

function Settled({ approval, onOpen }: SettledProps) {
  return (
    <>
      <SettledState approval={approval} />
      <Undone {...{ approval, onOpen }} />
      <Pushed approval={approval} />
    </>
  );
}

function Undone({ approval: { undoes, undoneBy }, onOpen }: SettledProps) {
  const other = undoneBy ?? undoes?.approval;
  if (other === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-x-1 text-muted">
      {undoneBy === undefined ? 'Takes back' : 'Taken back by'}{' '}
      <button
        type="button"
        onClick={() => onOpen(other)}
        className="rounded-sm font-mono text-sm text-blue underline-offset-2 hover:underline"
      >
        {other}
      </button>
    </span>
  );
}

function Pushed({ approval: { push } }: { approval: ApprovalRecord }) {
  if (push === undefined) return null;
  const { state, remote, kind, error } = push;
  if (state === 'failed')
    return (
      <span className="text-selectable text-muted">
        <span className="text-red">Not pushed. </span>
        <span className="text-fg">{toPlainLine(error?.message ?? '')} </span>
        {nextPushOf(error, kind)}
      </span>
    );
  return (
    <span className="text-muted">
      {state === 'pushed' ? 'Pushed to' : 'Being pushed to'} {toPlainLine(remote)}
    </span>
  );
}

function SettledState({ approval }: { approval: ApprovalRecord }) {
  const { state, settledBy, settledMs, withdrawal } = approval;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <StatusDot {...stateLooks[state]} showWord className="font-medium" />
      <span className="text-muted">{outcomeOf(approval)}</span>
      {settledBy && withdrawal === undefined && (
        <span className="text-muted">by {byWhom(approval)}</span>
      )}
      {settledMs !== undefined && <RelativeTime atMs={settledMs} className="text-faint" />}
    </span>
  );
}

function byWhom({ settledBy, rule, byStory }: ApprovalRecord): string | undefined {
  if (byStory?.mode === 'gates') return `the gates of ${byStory.story}`;
  if (byStory?.mode === 'agent') return `${byStory.reviewer ?? 'an agent'}, for ${byStory.story}`;
  if (settledBy === 'system' && rule !== undefined) return `rule ${rule}`;
  return settledBy === 'operator' ? 'you' : settledBy;
}

function outcomeOf({ state, pin, mergeCommit, withdrawal }: ApprovalRecord): ReactNode {
  if (withdrawal !== undefined) return `By Musher: ${toPlainLine(sayWithdrawal(withdrawal))}`;
  if (state === 'merged' && mergeCommit) {
    return (
      <>
        {toPlainLine(pin.target)} now holds <CopyId id={mergeCommit} what="merge commit" />
      </>
    );
  }
  return state === 'superseded' ? 'The agent asked again, for a newer commit' : null;
}

/** Takes the focus that the confirm button had, so that Enter goes on to the next one. */
function NextButton({
  next,
  onOpen,
  takesFocus,
}: Pick<OutcomeLineProps, 'next' | 'onOpen' | 'takesFocus'>) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!takesFocus || document.activeElement !== document.body) return;
    if (button.current) button.current.focus();
    else focusApprovalList();
  }, [takesFocus]);
  if (!next) return null;
  return (
    <Button
      ref={button}
      onClick={() => onOpen(next.id)}
      className="max-w-[min(20rem,100%)] min-w-0 shrink"
    >
      <span className="shrink-0 text-muted">Next</span>
      <span className="min-w-0 truncate">{toPlainLine(next.title)}</span>
      <ArrowRight size={16} aria-hidden className="shrink-0" />
    </Button>
  );
}
