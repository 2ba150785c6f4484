import { useState } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { Preview } from '../../../preload/contract/approval-lifecycle.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { askForRebase, isBlocked } from '../../../preload/contract/say-lifecycle.ts';
import type { Decision } from '../../hub/decisions.ts';
import { useIsQuiet } from '../../shell/self-moves.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { useStanding } from '../gates/index.ts';
import { focusApprovalList } from './approval-list.tsx';
import type { DiffLoad } from './approve-gate.ts';
import { type Checkout, ConfirmLine } from './confirm-line.tsx';
import { DecideLine } from './decide-line.tsx';
import { DenyForm } from './deny-form.tsx';
import { OutcomeLine } from './outcome-line.tsx';
import type { Merging } from './queue-line.tsx';
import { noteOf } from './review-drafts.ts';
import { TargetLine } from './target-line.tsx';
import { usePreview } from './use-preview.ts';
import { useWantedStep } from './wanted-step.ts';
import { whatYesComesTo } from './what-a-yes.ts';

export interface Choice {
  /** Of the diff that was on the screen. */
  readonly pin: Pin;
  readonly updateCheckout: boolean;
  readonly strategy: MergeStrategy;
  /** Why it is merged though gates have not passed. */
  readonly overrideGates?: string | undefined;
  /** What is said with it; empty where nothing is. */
  readonly note: string;
  /** Comments that are not sent yet go along. */
  readonly withComments: boolean;
}

export interface DecisionBarProps {
  approval: ApprovalRecord;
  /** Taken on this page and not settled yet. */
  decision: Decision | undefined;
  load: DiffLoad;
  notShown: number;
  viewedCount: number;
  /** Not sent yet; they go with a denial, with a yes, or alone. */
  commentCount: number;
  /** Where the target is checked out, if anywhere. */
  checkout: Checkout | undefined;
  /** How a yes merges it unless another way is chosen. */
  strategy: MergeStrategy;
  /** It can only be put on top of its target, commit by commit or as one. */
  isApart: boolean;
  /** One commit of it is shown, not the whole. */
  isPart: boolean;
  merging: Merging;
  /** The one that takes its place once it is decided. */
  next: ApprovalRecord | undefined;
  onApprove: (choice: Choice) => void;
  onDeny: (note: string) => void;
  /** Sends the comments, and decides nothing. */
  onComment: (note: string) => void;
  onOpen: (id: string) => void;
  /** Leads to a file of the diff; false when it is not in it. */
  onOpenFile: (path: string) => void;
}

type Step = 'idle' | 'confirming' | 'denying' | 'commenting';

/** Stays at the bottom: what can be decided here, and what became of it. Mount it anew for another approval. */
export function DecisionBar(props: DecisionBarProps) {
  const { approval, decision, load, merging, next, commentCount, checkout } = props;
  const { isPart, onOpen, onOpenFile } = props;
  const [step, setStep] = useState<Step>('idle');
  const [ask, setAsk] = useState<string>();
  const isQuiet = useIsQuiet();
  const { preview, error } = usePreview(approval);
  const standing = useStanding(approval);
  const { approvals, holds } = merging;
  const yes = whatYesComesTo({ approval, load, isPart, standing, approvals, holds });
  const isOpen = isUndecided(approval.state) && decision === undefined;
  const [wasWaiting] = useState(isOpen && approval.state === 'pending');
  const goBack = () => {
    setStep('idle');
    setAsk(undefined);
    focusApprovalList();
  };
  const isStuck = preview !== undefined && isBlocked(preview);
  const sendBack = (stands: Preview) => {
    setAsk([noteOf(approval.id), askForRebase(stands)].filter(Boolean).join('\n\n'));
    setStep('denying');
  };
  useWantedStep({
    approval: approval.id,
    mayApprove: yes.kind === 'open',
    isOpen,
    onStep: setStep,
  });
  useShortcuts(
    [
      { keys: 'a', run: () => yes.kind === 'open' && setStep('confirming'), decides: true },
      { keys: 'd', run: () => setStep('denying'), decides: true },
    ],
    isOpen && step === 'idle',
  );
  useShortcuts([{ keys: 'm', run: () => setStep('commenting') }], step === 'idle');
  useShortcuts([{ keys: 'Escape', run: goBack }], step !== 'idle');
  const shown = isOpen || step === 'commenting' ? step : 'idle';
  const isFirst = isOpen && approval.state === 'pending';
  return (
    <section
      aria-label="Decision"
      data-quiet={isQuiet}
      className="shrink-0 border-t bg-raised data-[quiet=true]:[&_kbd]:opacity-40"
    >
      {isOpen && shown !== 'denying' && (
        <TargetLine
          {...{ preview, error, onOpenFile }}
          target={approval.pin.target}
          strategy={props.strategy}
          onSendBack={shown === 'idle' ? sendBack : undefined}
        />
      )}
      {(shown === 'denying' || shown === 'commenting') && (
        <DenyForm
          approval={approval.id}
          agent={approval.agent}
          verdict={shown === 'denying' ? 'request-changes' : 'comment'}
          commentCount={commentCount}
          suggested={ask}
          onSend={(note) => {
            setStep('idle');
            setAsk(undefined);
            if (shown === 'denying') props.onDeny(note);
            else props.onComment(note);
          }}
          onCancel={goBack}
        />
      )}
      {shown === 'confirming' && yes.kind === 'open' && (
        <ConfirmLine
          {...{ approval, checkout, notShown: props.notShown, viewedCount: props.viewedCount }}
          commentCount={commentCount}
          yes={yes}
          strategy={props.strategy}
          onSendBack={isStuck ? () => sendBack(preview) : undefined}
          isApart={props.isApart}
          onConfirm={(choice) => {
            setStep('idle');
            props.onApprove({ pin: yes.pin, ...choice });
          }}
          onCancel={goBack}
        />
      )}
      {shown === 'idle' && isFirst && (
        <DecideLine
          {...{ approval, yes, commentCount }}
          isBlocked={isStuck}
          onComment={() => setStep('commenting')}
          onApprove={() => setStep('confirming')}
          onDeny={() => setStep('denying')}
        />
      )}
      {shown === 'idle' && !isFirst && (
        <OutcomeLine
          {...{ approval, decision, yes, merging, next, onOpen, onOpenFile }}
          takesFocus={wasWaiting}
          commentCount={commentCount}
          onComment={() => setStep('commenting')}
          onApprove={isOpen ? () => setStep('confirming') : undefined}
          onDeny={isOpen ? () => setStep('denying') : undefined}
        />
      )}
    </section>
  );
}
