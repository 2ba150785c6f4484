import { Check, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { canReplay, sayRange } from '../../../preload/contract/approval-range.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { MergeStrategy } from '../../../preload/contract/merge-queue.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortId } from '../../ui/short-id.ts';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import type { Choice } from './decision-bar.tsx';
import { allowMoving, mayMove } from './moving-checkouts.ts';
import { strategyWords } from './queue-place.ts';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { noteOf } from './review-drafts.ts';
import { StandingWords } from './standing-words.tsx';
import type { Yes, YesWords } from './what-a-yes.ts';
import { maxNote, SendComments, YesNote } from './yes-words.tsx';

export interface Checkout {
  readonly path: string;
  readonly clean: boolean;
}

interface ConfirmLineProps {
  approval: ApprovalRecord;
  /** Where the target is checked out, if anywhere: those files change with the merge. */
  checkout: Checkout | undefined;
  /** Files of it that the diff here does not hold. */
  notShown: number;
  viewedCount: number;
  /** Comments that are not sent yet. */
  commentCount: number;
  yes: Extract<Yes, { kind: 'open' }>;
  /** How it is merged unless another is chosen here. */
  strategy: MergeStrategy;
  /** There when a yes cannot be merged as the target stands: what to do instead. */
  onSendBack: (() => void) | undefined;
  isApart: boolean;
  onConfirm: (choice: Omit<Choice, 'pin'>) => void;
  onCancel: () => void;
}

/** The second step: Enter merges, m adds a note, Escape goes back. */
export function ConfirmLine(props: ConfirmLineProps) {
  const { approval, checkout, yes, onConfirm, onCancel } = props;
  const { pin } = approval;
  const [isAllowed, setIsAllowed] = useState(
    () => checkout === undefined || mayMove(checkout.path),
  );
  const [strategy, setStrategy] = useState(props.strategy);
  const confirm = useRef<HTMLButtonElement>(null);
  const allow = useRef<HTMLInputElement>(null);
  const [reason, setReason] = useState('');
  const reasonField = useRef<HTMLInputElement>(null);
  const { words: standing, needsReason: isRed } = yes;
  const isFree = checkout === undefined || isAllowed;
  const words = useYesWords(approval.id);
  const canConfirm = isFree && (!isRed || reason.trim() !== '') && words.note.length <= maxNote;
  // As it was when the line opened: Enter is not to mean something else while it is looked at.
  const [isBlocked] = useState(props.onSendBack !== undefined);
  const instead = useRef<HTMLButtonElement>(null);
  const first = isBlocked ? instead : !isFree ? allow : isRed ? reasonField : confirm;
  // Where it is when the line opens, and where it goes on once the files may move.
  useEffect(() => first.current?.focus(), [first]);
  const handleConfirm = () => {
    const overrideGates = isRed ? { overrideGates: reason.trim() } : {};
    const said = { note: words.note.trim(), withComments: words.withComments };
    if (canConfirm)
      onConfirm({ updateCheckout: checkout !== undefined, strategy, ...overrideGates, ...said });
  };
  const note = (
    <YesNote
      approval={approval.id}
      agent={approval.agent}
      {...{ note: words.note, isOpen: words.isOpen, onNote: words.setNote }}
      onOpen={words.open}
      onSend={handleConfirm}
      onBack={() => {
        words.close();
        confirm.current?.focus();
      }}
    />
  );
  return (
    <div className="flex min-h-12 flex-wrap items-center justify-end gap-x-3 gap-y-1 px-4 py-2">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-0.5">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2">
          <span className="font-medium">
            Merge <code className="text-sm">{shortId(pin.commit)}</code> into{' '}
            <code className="text-sm">{toPlainLine(pin.target)}</code>?
          </span>
          <Facts {...props} unsentComments={words.withComments ? 0 : props.commentCount} />
        </p>
        {standing && !isRed && <StandingWords words={standing} />}
        {standing && isRed && (
          <GatesReason
            field={reasonField}
            {...{ words: standing, reason }}
            onReason={setReason}
            onEnter={handleConfirm}
          />
        )}
        <StrategyField {...{ strategy }} isApart={props.isApart} onChoose={setStrategy} />
        {checkout && (
          <MovingCheckout
            field={allow}
            {...{ checkout, isAllowed, target: pin.target }}
            onAllow={(allowed) => {
              allowMoving(checkout.path, allowed);
              setIsAllowed(allowed);
            }}
          />
        )}
        {props.commentCount > 0 && (
          <SendComments
            count={props.commentCount}
            isOn={words.withComments}
            onChange={words.setWithComments}
          />
        )}
        {words.isOpen && note}
      </div>
      {!words.isOpen && note}
      <YesButtons
        {...{ confirm, instead, isBlocked, isRed, canConfirm, onCancel }}
        hasNote={words.isOpen}
        onSendBack={props.onSendBack}
        onConfirm={handleConfirm}
      />
    </div>
  );
}

interface YesButtonsProps {
  confirm: React.RefObject<HTMLButtonElement | null>;
  instead: React.RefObject<HTMLButtonElement | null>;
  isBlocked: boolean;
  isRed: boolean;
  canConfirm: boolean;
  /** Enter is a new line of it. */
  hasNote: boolean;
  onSendBack: (() => void) | undefined;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Where a yes would not be merged as the target stands, sending it back is what Enter does. */
function YesButtons(props: YesButtonsProps) {
  const { isBlocked, isRed, hasNote, onSendBack } = props;
  return (
    <>
      <Button look="quiet" shortcut="Escape" onClick={props.onCancel}>
        Cancel
      </Button>
      {isBlocked && (
        <Button
          ref={props.instead}
          look="primary"
          icon={Undo2}
          shortcut="Enter"
          disabled={onSendBack === undefined}
          onClick={onSendBack}
        >
          Ask for a rebase
        </Button>
      )}
      <Button
        ref={props.confirm}
        look={isBlocked ? 'normal' : 'primary'}
        icon={Check}
        {...(!isBlocked && { shortcut: hasNote ? 'Mod+Enter' : 'Enter' })}
        disabled={!props.canConfirm}
        onClick={props.onConfirm}
      >
        {isBlocked ? 'Approve all the same' : isRed ? 'Merge all the same' : 'Approve and merge'}
      </Button>
    </>
  );
}

/** A note that was begun, for a denial too, is there at once. */
function useYesWords(approval: string) {
  const [note, setNote] = useState(() => noteOf(approval));
  const [isOpen, setIsOpen] = useState(note !== '');
  const [withComments, setWithComments] = useState(true);
  const open = () => setIsOpen(true);
  useShortcuts([{ keys: 'm', run: open }], !isOpen);
  const close = () => setIsOpen(note !== '');
  return { note, setNote, isOpen, open, close, withComments, setWithComments };
}

interface GatesReasonProps {
  field: React.RefObject<HTMLInputElement | null>;
  words: YesWords;
  reason: string;
  onReason: (reason: string) => void;
  onEnter: () => void;
}

/** Gates that have not passed give way to a reason alone, and it is kept. */
function GatesReason({ field, words, reason, onReason, onEnter }: GatesReasonProps) {
  return (
    <label className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
      <StandingWords words={words} />
      <input
        ref={field}
        value={reason}
        maxLength={2_000}
        placeholder="Why merge it all the same?"
        onChange={(event) => onReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          // The same key would press what has the focus then.
          event.preventDefault();
          onEnter();
        }}
        className="text-selectable h-7 min-w-0 flex-1 basis-60 rounded-md border border-line-strong bg-bg px-2"
      />
    </label>
  );
}

const strategies = Object.keys(strategyWords) as MergeStrategy[];

/** Said before the yes, and by the yes: another default meanwhile changes nothing. */
function StrategyField(props: {
  strategy: MergeStrategy;
  isApart: boolean;
  onChoose: (strategy: MergeStrategy) => void;
}) {
  return (
    <label className="flex min-w-0 items-center gap-2">
      <span className="shrink-0 text-muted">How</span>
      <select
        value={props.strategy}
        onChange={(event) => props.onChoose(event.target.value as MergeStrategy)}
        className="h-6 min-w-0 rounded-md border border-line-strong bg-bg px-1.5 text-fg"
      >
        {strategies
          .filter((one) => !props.isApart || canReplay(one))
          .map((one) => (
            <option key={one} value={one}>
              {strategyWords[one]}
            </option>
          ))}
      </select>
    </label>
  );
}

interface FactsProps extends Pick<ConfirmLineProps, 'approval' | 'notShown' | 'viewedCount'> {
  /** Comments that a yes leaves unsent. */
  unsentComments: number;
}

function Facts({ approval, notShown, viewedCount, unsentComments }: FactsProps) {
  const { fileCount, additions, deletions } = approval;
  const viewed = Math.min(viewedCount, fileCount);
  return (
    <>
      <span className="text-muted">{sayRange(approval)}</span>
      <ChangeCounts additions={additions} deletions={deletions} />
      <span className={viewed < fileCount ? 'text-amber' : 'text-muted'}>
        {viewed} of {fileCount === 1 ? '1 file' : `${fileCount} files`} viewed
      </span>
      {notShown > 0 && <span className="text-amber">{notShown} files not shown</span>}
      {unsentComments > 0 && (
        <span className="text-amber">
          {unsentComments === 1 ? '1 comment stays' : `${unsentComments} comments stay`} unsent
        </span>
      )}
    </>
  );
}

interface MovingCheckoutProps {
  field: React.RefObject<HTMLInputElement | null>;
  checkout: Checkout;
  target: string;
  isAllowed: boolean;
  onAllow: (isAllowed: boolean) => void;
}

/** A branch that is checked out cannot move without its files: that is the operator's to allow, once for each folder. */
function MovingCheckout({ field, checkout, target, isAllowed, onAllow }: MovingCheckoutProps) {
  const { path, clean } = checkout;
  return (
    <label className="flex min-w-0 items-center gap-2" title={toPlainLine(path)}>
      <input
        ref={field}
        type="checkbox"
        checked={isAllowed}
        onChange={(event) => onAllow(event.target.checked)}
        className="size-3.5 shrink-0 accent-(--accent)"
      />
      <span className={classNames('shrink-0', !isAllowed && 'text-amber')}>
        {toPlainLine(target)} is checked out: change the files there too
      </span>
      <code className="min-w-0 truncate text-sm text-faint" dir="rtl">
        <bdi>{toPlainLine(path)}</bdi>
      </code>
      {!clean && <span className="shrink-0 text-amber">uncommitted changes</span>}
    </label>
  );
}
