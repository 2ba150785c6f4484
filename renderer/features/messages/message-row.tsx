import { MessageSquareReply, Reply } from 'lucide-react';
import type { TrackedMessage } from '../../../preload/contract/messages.ts';
import type { Term } from '../../../preload/contract/search-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { DeliveryMark } from './delivery-mark.tsx';
import { HitText } from './hit-text.tsx';
import { continues, kindOf, nameOf, recipientsOf, textOf } from './message-names.ts';

interface MessageRowProps {
  message: TrackedMessage;
  before: TrackedMessage | undefined;
  /** What this answers, when it is among those that are here. */
  answered: TrackedMessage | undefined;
  terms: readonly Term[];
  isActive: boolean;
  isUnread: boolean;
  /** Opens its thread; left out where that is open. */
  onOpenThread?: ((seq: number) => void) | undefined;
}

export function MessageRow(props: MessageRowProps) {
  const { message, before, answered, terms, isActive, isUnread, onOpenThread } = props;
  const isNew = !continues(message, before);
  const open = onOpenThread && (() => onOpenThread(message.seq));
  const marks = (
    <>
      {open && message.type === 'message.sent' && (
        <ThreadButton seq={message.seq} isShown={isActive} onOpen={open} />
      )}
      <span className="flex h-5 w-37 shrink-0 items-center">
        <DeliveryMark message={message} />
      </span>
    </>
  );
  return (
    <article
      aria-current={isActive ? 'true' : undefined}
      aria-label={`${nameOf(message.from)} to ${recipientsOf(message.to)}, number ${message.seq}`}
      className={classNames(
        'group relative border-l-2 pr-2 pl-3.5',
        isActive ? 'border-accent bg-hover' : 'border-transparent hover:bg-hover',
        isNew ? 'py-1.5' : 'py-0.5',
      )}
    >
      {isUnread && (
        <span className="absolute top-3.25 left-1 size-1.5 rounded-full bg-accent">
          <span className="sr-only">Unread</span>
        </span>
      )}
      {isNew && (
        <div className="flex items-center gap-x-2 max-[380px]:flex-wrap">
          <Heading message={message} />
          {marks}
        </div>
      )}
      {message.re !== undefined && <Answers re={message.re} answered={answered} onOpen={open} />}
      <div className="flex items-start gap-2">
        <HitText text={textOf(message)} terms={terms} className="max-w-200 min-w-0" />
        {!isNew && <span className="ml-auto flex items-center gap-2">{marks}</span>}
      </div>
    </article>
  );
}

function Heading({ message }: { message: TrackedMessage }) {
  const { from, to, atMs, seq } = message;
  const kind = kindOf(message);
  const named = [to]
    .flat()
    .map((one) => nameOf(one))
    .join(', ');
  return (
    <header className="flex min-w-0 flex-1 items-center gap-1.5 max-[380px]:min-w-48">
      <span className="shrink-0 font-semibold">{nameOf(from)}</span>
      <span className="truncate text-muted" title={named}>
        to {recipientsOf(to)}
      </span>
      {kind && <Badge>{kind}</Badge>}
      <RelativeTime atMs={atMs} className="text-sm text-faint" />
      <span className="text-sm text-faint" title="Number of this message in the log">
        #{seq}
      </span>
    </header>
  );
}

interface AnswersProps {
  re: number;
  answered: TrackedMessage | undefined;
  onOpen: (() => void) | undefined;
}

function Answers({ re, answered, onOpen }: AnswersProps) {
  const said = (
    <>
      <Reply size={14} aria-hidden className="shrink-0" />
      <span className="shrink-0">
        answers {answered ? nameOf(answered.from) : ''} #{re}
      </span>
      {answered && <UntrustedLine text={answered.body} className="text-faint" />}
    </>
  );
  const look = 'flex max-w-full min-w-0 items-center gap-1.5 text-sm text-muted';
  if (onOpen === undefined) return <div className={look}>{said}</div>;
  return (
    <button type="button" onClick={onOpen} className={`${look} rounded-sm hover:text-fg`}>
      {said}
    </button>
  );
}

interface ThreadButtonProps {
  seq: number;
  isShown: boolean;
  onOpen: () => void;
}

/** In sight where one is: on the row under the pointer, on the chosen one, and with the keyboard on it. */
function ThreadButton({ seq, isShown, onOpen }: ThreadButtonProps) {
  return (
    <button
      type="button"
      aria-label={`Open the thread of #${seq}`}
      title="Open the thread (Enter)"
      onClick={onOpen}
      className={classNames(
        'flex size-5 items-center justify-center rounded-sm text-muted hover:bg-selected hover:text-fg focus-visible:opacity-100',
        isShown ? '' : 'opacity-0 group-hover:opacity-100',
      )}
    >
      <MessageSquareReply size={14} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
