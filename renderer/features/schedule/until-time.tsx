import { classNames } from '../../ui/class-names.ts';
import { nowMs, useNow } from '../../ui/clock.ts';
import { formatAge, formatAgeInWords, formatExact, rhythmOf } from '../../ui/format-time.ts';

/** How long until then; the exact time on hover. */
export function UntilTime({ atMs, className }: { atMs: number; className?: string }) {
  const now = useNow(rhythmOf(Math.max(0, atMs - nowMs())));
  const leftMs = atMs - now;
  const isDue = leftMs < 1_000;
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs)}
      className={classNames('shrink-0 whitespace-nowrap', className)}
    >
      <span aria-hidden="true">{isDue ? 'due' : `in ${formatAge(leftMs)}`}</span>
      <span className="sr-only">{isDue ? 'due now' : `in ${formatAgeInWords(leftMs)}`}</span>
    </time>
  );
}
