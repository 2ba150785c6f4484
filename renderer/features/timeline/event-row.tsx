import type { PastEvent } from '../../../preload/contract/timeline.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatExact } from '../../ui/format-time.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { formatClock, toneOf, writerOf } from './event-words.ts';

interface EventRowProps {
  event: PastEvent;
  isShown: boolean;
  /** After the moment that is shown: it had not happened yet. */
  isLater: boolean;
  onShow: (seq: number) => void;
}

/** One event on one line: when, of what kind, and what it says. */
export function EventRow({ event, isShown, isLater, onShow }: EventRowProps) {
  const { seq, atMs, type, text } = event;
  return (
    <button
      type="button"
      aria-current={isShown ? 'true' : undefined}
      title={`#${seq}, ${formatExact(atMs)}, by ${writerOf(event)}`}
      onClick={() => onShow(seq)}
      className={classNames(
        'relative flex h-row w-full min-w-0 items-center gap-2 pr-3 pl-4 text-left -outline-offset-2',
        isShown
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <span className="sr-only">#{seq}</span>
      <span className="w-16 shrink-0 text-sm text-faint">{formatClock(atMs)}</span>
      <span className={classNames('max-w-48 shrink-0 truncate font-mono text-sm', toneOf(type))}>
        {type}
      </span>
      <UntrustedLine
        text={text === '' ? writerOf(event) : text}
        className={classNames('flex-1 text-sm', isLater ? 'text-faint' : 'text-muted')}
      />
    </button>
  );
}
