import { useState } from 'react';
import type { ApprovalRecord, Pin } from '../../../preload/contract/approvals.ts';
import { isUndecided } from '../../../preload/contract/approvals.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import type { Gate } from './approve-gate.ts';
import { ConfirmLine } from './confirm-line.tsx';
import { DecideLine } from './decide-line.tsx';
import { DenyForm } from './deny-form.tsx';
import { OutcomeLine } from './outcome-line.tsx';
import type { ReviewComment } from './review-comments.ts';
import { useDecision } from './use-decision.ts';

export interface Choice {
  /** Of the diff that was on the screen. */
  readonly pin: Pin;
  readonly updateCheckout: boolean;
}

export interface DecisionBarProps {
  approval: ApprovalRecord;
  gate: Gate;
  notShown: number;
  /** Not sent yet; they go with a denial. */
  comments: readonly ReviewComment[];
  /** Where the target is checked out, if anywhere. */
  checkout: { readonly path: string; readonly clean: boolean } | undefined;
  /** The one that waits longest after this. */
  next: ApprovalRecord | undefined;
  onApprove: (choice: Choice) => Promise<WireError | undefined>;
  onDeny: (note: string) => Promise<WireError | undefined>;
  onOpen: (id: string) => void;
}

/** Stays at the bottom: what can be decided here, and what became of it. Mount it anew for another approval. */
export function DecisionBar(props: DecisionBarProps) {
  const { approval, gate, notShown, comments, checkout, next } = props;
  const { onApprove, onDeny, onOpen } = props;
  const { step, isSending, error, goTo, send } = useDecision();
  const [updateCheckout, setUpdateCheckout] = useState(true);
  const isOpen = isUndecided(approval.state);
  const [wasOpen] = useState(isOpen);
  const isIdle = isOpen && step === 'idle';
  useShortcuts(
    [
      { keys: 'a', run: () => gate.isOpen && goTo('confirming') },
      { keys: 'd', run: () => goTo('denying') },
    ],
    isIdle,
  );
  useShortcuts(
    [{ keys: 'Escape', run: () => goTo('idle') }],
    isOpen && step !== 'idle' && !isSending,
  );
  const isConfirming = isOpen && step === 'confirming' && gate.isOpen;
  return (
    <section aria-label="Decision" className="shrink-0 border-t bg-raised">
      {error && <ErrorLine error={error} />}
      {!isOpen && <OutcomeLine {...{ approval, next, onOpen }} takesFocus={wasOpen} />}
      {isOpen && step === 'denying' && (
        <DenyForm
          agent={approval.agent}
          {...{ comments, isSending }}
          onSend={(note) => send(() => onDeny(note))}
          onCancel={() => goTo('idle')}
        />
      )}
      {isConfirming && (
        <ConfirmLine
          {...{ approval, notShown, isSending }}
          unsentComments={comments.length}
          onConfirm={() => send(() => onApprove({ pin: gate.pin, updateCheckout }))}
          onCancel={() => goTo('idle')}
        />
      )}
      {isOpen && step !== 'denying' && !isConfirming && (
        <DecideLine
          {...{ approval, gate, checkout, updateCheckout }}
          onUpdateCheckout={setUpdateCheckout}
          onApprove={() => goTo('confirming')}
          onDeny={() => goTo('denying')}
        />
      )}
    </section>
  );
}

function ErrorLine({ error: { message, mend } }: { error: WireError }) {
  return (
    <p role="alert" className="text-selectable border-b bg-red-soft px-4 py-1.5 text-fg">
      <span className="font-medium text-red">{toPlainLine(message)}</span> {toPlainLine(mend)}
    </p>
  );
}
