import { Reply } from 'lucide-react';
import type { MessageRecord } from '../../../preload/contract/messages.ts';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { DeliveryWord } from './delivery-word.tsx';
import { continues, nameOf } from './message-threads.ts';

interface MessageRowProps {
  message: MessageRecord;
  before: MessageRecord | undefined;
  /** What this answers, when it is known here. */
  answered: MessageRecord | undefined;
}

export function MessageRow({ message, before, answered }: MessageRowProps) {
  const { from, to, atMs, seq, body, re } = message;
  const isNew = !continues(message, before);
  return (
    <article className={classNames('px-4', isNew ? 'pt-3' : 'pt-1')}>
      {isNew && (
        <header className="flex items-baseline gap-1.5">
          <span className="font-semibold">{nameOf(from)}</span>
          <span className="text-muted">to {nameOf(to === 'operator' ? 'you' : to)}</span>
          <RelativeTime atMs={atMs} className="text-sm text-faint" />
          <span className="text-sm text-faint" title="Number of this message in the log">
            #{seq}
          </span>
        </header>
      )}
      {re !== undefined && (
        <div className="flex items-center gap-1.5 text-sm text-muted">
          <Reply size={14} aria-hidden className="shrink-0" />
          <span className="shrink-0">
            answers {answered ? nameOf(answered.from) : ''} #{re}
          </span>
          {answered && <UntrustedLine text={answered.body} className="text-faint" />}
        </div>
      )}
      <UntrustedText text={body} className="max-w-200" />
      {from === 'operator' && typeof to === 'string' && <DeliveryWord to={to} seq={seq} />}
    </article>
  );
}
