import { ArrowRight, LoaderCircle } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { shortCommit } from './approve-gate.ts';
import { CopyId } from './copy-id.tsx';
import { stateLooks } from './present-approval.ts';

interface OutcomeLineProps {
  approval: ApprovalRecord;
  next: ApprovalRecord | undefined;
  onOpen: (id: string) => void;
  /** It was decided here, a moment ago. */
  takesFocus: boolean;
}

/** What became of it, and what to look at next. */
export function OutcomeLine({ approval, next, onOpen, takesFocus }: OutcomeLineProps) {
  const isUnderWay = approval.state === 'approved' || approval.state === 'merging';
  return (
    <div className="flex min-h-12 items-center gap-3 px-4 py-2">
      <div role="status" className="flex min-w-0 flex-1 flex-col">
        {isUnderWay ? <UnderWay approval={approval} /> : <Settled approval={approval} />}
        {approval.state === 'denied' && approval.note && (
          <UntrustedText text={approval.note} className="max-h-20 overflow-y-auto text-muted" />
        )}
      </div>
      {next && <NextButton {...{ next, onOpen, takesFocus }} />}
    </div>
  );
}

function UnderWay({ approval: { pin, state } }: { approval: ApprovalRecord }) {
  return (
    <span className="flex items-center gap-2">
      <LoaderCircle size={16} aria-hidden className="spin shrink-0 text-blue" />
      {state === 'approved' ? 'Approved, the merge begins' : 'Merging'}
      <code className="text-sm">
        {shortCommit(pin.commit)} → {toPlainLine(pin.target)}
      </code>
    </span>
  );
}

function Settled({ approval }: { approval: ApprovalRecord }) {
  const { state, settledBy, settledMs } = approval;
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <StatusDot {...stateLooks[state]} showWord className="font-medium" />
      <span className="text-muted">{outcomeOf(approval)}</span>
      {settledBy && (
        <span className="text-muted">by {settledBy === 'operator' ? 'you' : settledBy}</span>
      )}
      {settledMs !== undefined && <RelativeTime atMs={settledMs} className="text-faint" />}
    </span>
  );
}

function outcomeOf({ state, pin, mergeCommit }: ApprovalRecord): ReactNode {
  if (state === 'merged' && mergeCommit) {
    return (
      <>
        {toPlainLine(pin.target)} now holds <CopyId id={mergeCommit} what="merge commit" />
      </>
    );
  }
  return state === 'superseded' ? 'The agent asked again, for a newer commit' : null;
}

interface NextButtonProps extends Pick<OutcomeLineProps, 'onOpen' | 'takesFocus'> {
  next: ApprovalRecord;
}

/** Takes the focus that the confirm button had, so that Enter goes on to the next one. */
function NextButton({ next, onOpen, takesFocus }: NextButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (takesFocus && document.activeElement === document.body) button.current?.focus();
  }, [takesFocus]);
  return (
    <Button ref={button} onClick={() => onOpen(next.id)} className="max-w-[50%] min-w-0 shrink">
      <span className="shrink-0 text-muted">Next</span>
      <span className="min-w-0 truncate">{toPlainLine(next.title)}</span>
      <ArrowRight size={16} aria-hidden className="shrink-0" />
    </Button>
  );
}
