import { History } from 'lucide-react';
import { useMemo } from 'react';
import type { PastEvent } from '../../../preload/contract/timeline.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { EventRow } from './event-row.tsx';
import type { EventWindow } from './use-event-window.ts';

interface EventListProps {
  window: EventWindow;
  /** The event after which everything is shown; undefined for now. */
  at: number | undefined;
  isNarrowed: boolean;
  onShow: (seq: number) => void;
  onClear: () => void;
}

type Row = {
  readonly key: string;
  readonly event?: PastEvent;
  readonly day?: string;
  readonly end?: 'older' | 'newer';
};

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });

/** Oldest first, by day, with the shown one in sight. */
export function EventList({ window, at, isNarrowed, onShow, onClear }: EventListProps) {
  const { events, hasOlder, hasNewer } = window;
  const rows = useMemo(() => toRows(events, { hasOlder, hasNewer }), [events, hasOlder, hasNewer]);
  const shown =
    at === undefined ? events.at(-1)?.seq : events.findLast(({ seq }) => seq <= at)?.seq;
  const activeIndex = rows.findIndex(({ event }) => event !== undefined && event.seq === shown);
  if (window.error !== undefined)
    return (
      <div className="p-4">
        <FailedLine error={window.error} onRetry={window.retry} />
      </div>
    );
  if (events.length === 0 && !window.isOpening && !window.isReading)
    return (
      <EmptyState
        icon={History}
        title={isNarrowed ? 'No event fits' : 'Nothing has happened yet'}
        action={isNarrowed && <Button onClick={onClear}>Clear filters</Button>}
      >
        {isNarrowed
          ? 'Words are found in what agents and you wrote; choose fewer of them, or another kind.'
          : 'Whatever agents, you and Musher do is listed here, and can be looked at as it was then.'}
      </EmptyState>
    );
  return (
    <VirtualList
      label="Events"
      items={rows}
      keyOf={({ key }) => key}
      estimatePx={32}
      activeIndex={activeIndex}
    >
      {({ event, day: heading, end }) =>
        event !== undefined ? (
          <EventRow
            event={event}
            isShown={at !== undefined && event.seq === shown}
            isLater={at !== undefined && event.seq > at}
            onShow={onShow}
          />
        ) : heading !== undefined ? (
          <h2 className="flex h-7 items-center bg-raised px-4 text-xs font-medium text-faint">
            {heading}
          </h2>
        ) : (
          <div className="flex h-row items-center justify-center">
            <Button
              look="quiet"
              disabled={window.isReading}
              onClick={end === 'older' ? window.older : window.newer}
            >
              {end === 'older' ? 'Show older events' : 'Show newer events'}
            </Button>
          </div>
        )
      }
    </VirtualList>
  );
}

function toRows(
  events: readonly PastEvent[],
  { hasOlder, hasNewer }: { hasOlder: boolean; hasNewer: boolean },
): Row[] {
  const rows: Row[] = hasOlder ? [{ key: 'older', end: 'older' }] : [];
  let last = '';
  for (const event of events) {
    const of = day.format(event.atMs);
    if (of !== last) rows.push({ key: `day ${event.seq}`, day: of });
    last = of;
    rows.push({ key: String(event.seq), event });
  }
  if (hasNewer) rows.push({ key: 'newer', end: 'newer' });
  return rows;
}
