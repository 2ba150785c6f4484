import { nowMs, useNow } from '../../ui/clock.ts';
import { formatAge, formatAgeInWords, formatExact, rhythmOf } from '../../ui/format-time.ts';

/** How long something still counts; the exact end on hover. Ticks alone, whatever it stands in. */
export function TimeLeft({ untilMs }: { untilMs: number }) {
  const now = useNow(rhythmOf(Math.max(0, untilMs - nowMs())));
  const leftMs = untilMs - now;
  const isOver = leftMs < 1000;
  return (
    <time
      dateTime={new Date(untilMs).toISOString()}
      title={`until ${formatExact(untilMs)}`}
      className="shrink-0 whitespace-nowrap"
    >
      <span aria-hidden="true">{isOver ? 'over' : `${formatAge(leftMs)} left`}</span>
      <span className="sr-only">{isOver ? 'over' : `${formatAgeInWords(leftMs)} left`}</span>
    </time>
  );
}
