import { classNames } from './class-names.ts';
import { nowMs, useNow } from './clock.ts';
import { formatAge, formatAgeInWords, formatExact, rhythmOf } from './format-time.ts';

/** How long a token still opens the door; the exact time on hover. */
export function ExpiresIn({ atMs, className }: { atMs: number; className?: string }) {
  const now = useNow(rhythmOf(Math.max(0, atMs - nowMs())));
  const leftMs = atMs - now;
  const isOver = leftMs <= 0;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs)}
      className={classNames('shrink-0 whitespace-nowrap', isOver && 'text-amber', className)}
    >
      <span aria-hidden="true">{isOver ? 'expired' : `expires in ${formatAge(leftMs)}`}</span>
      <span className="sr-only">
        {isOver ? 'expired' : `expires in ${formatAgeInWords(leftMs)}`}
      </span>
    </time>
  );
}
