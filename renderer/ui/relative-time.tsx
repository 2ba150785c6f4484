import { useAsOf } from './as-of.tsx';
import { classNames } from './class-names.ts';
import { nowMs, useNow } from './clock.ts';
import { formatAge, formatAgeInWords, formatAgo, formatExact, rhythmOf } from './format-time.ts';

interface RelativeTimeProps {
  atMs: number;
  className?: string;
  /** For screen readers, around the age: `waits` gives "waits 4 minutes" in place of "4 minutes ago". */
  prefix?: string;
  /** In a sentence: `4m ago`, and `now`. */
  withAgo?: boolean;
}

/** How long ago, at the time that is shown; the exact time on hover. */
export function RelativeTime({ atMs, className, prefix, withAgo = false }: RelativeTimeProps) {
  const ticking = useNow(rhythmOf(nowMs() - atMs));
  const now = useAsOf() ?? ticking;
  const words = formatAgeInWords(now - atMs);
  return (
    <time
      dateTime={new Date(atMs).toISOString()}
      title={formatExact(atMs)}
      className={classNames('shrink-0 whitespace-nowrap', className)}
    >
      <span aria-hidden="true">{withAgo ? formatAgo(now - atMs) : formatAge(now - atMs)}</span>
      <span className="sr-only">{prefix ? `${prefix} ${words}` : `${words} ago`}</span>
    </time>
  );
}
