import { useNow } from '../../ui/clock.ts';
import { formatAge, formatExact } from '../../ui/format-time.ts';

/** When a node tries again, in words that tick. */
export function RetryIn({ atMs }: { atMs: number }) {
  const leftMs = atMs - useNow();
  return (
    <span className="text-muted" title={formatExact(atMs)}>
      {leftMs < 1_000 ? 'trying again now' : `tries again in ${formatAge(leftMs)}`}
    </span>
  );
}
