import { useNow } from '../../ui/clock.ts';
import { formatAge, formatExact } from '../../ui/format-time.ts';
import type { ItemBase } from './kind.ts';

/** When what was put off comes back. */
export function BackIn({ item, className }: { item: ItemBase; className?: string }) {
  const now = useNow();
  const { snoozedUntilMs, isSnoozedUntilHeard } = item;
  if (snoozedUntilMs === undefined) return null;
  return (
    <span className={className} title={formatExact(snoozedUntilMs)}>
      {isSnoozedUntilHeard ? 'when heard' : `back in ${formatAge(snoozedUntilMs - now)}`}
    </span>
  );
}
