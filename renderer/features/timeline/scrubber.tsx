import { type PointerEvent, useState } from 'react';
import type { MarkKind } from '../../../preload/contract/timeline.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatExact } from '../../ui/format-time.ts';
import { bucketAt, heightsOf, markWords, xOf } from './scale.ts';
import type { Overview } from './use-overview.ts';

interface ScrubberProps {
  overview: Overview;
  /** The time that is shown; undefined for now. */
  atMs: number | undefined;
  /** To the last event of that part of the time; again and again while it is dragged. */
  onSeek: (seq: number) => void;
}

const marks: Readonly<Record<MarkKind, { tone: string; top: string; shape: string }>> = {
  merge: { tone: 'bg-green', top: 'top-0.5', shape: 'rounded-full' },
  approval: { tone: 'bg-blue', top: 'top-0.5', shape: 'rotate-45' },
  restart: { tone: 'bg-amber', top: 'top-3', shape: 'rotate-45' },
  failure: { tone: 'bg-red', top: 'top-3', shape: '' },
};

/** The whole log by time: how much happened when, and where something of note did. */
export function Scrubber({ overview, atMs, onSeek }: ScrubberProps) {
  const { buckets, fromMs, toMs, head } = overview;
  const [hoverX, setHoverX] = useState<number>();
  const [isDragged, setDragged] = useState(false);
  const shareAt = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(Math.max((clientX - left) / width, 0), 1);
  };
  const seqAt = (share: number) => bucketAt(buckets, share)?.seq ?? head;
  const shown = atMs === undefined ? 1 : xOf(atMs, overview);
  const step = (by: number) => {
    const at = Math.round(shown * (buckets.length - 1)) + by;
    onSeek(seqAt((Math.min(Math.max(at, 0), buckets.length - 1) + 0.5) / buckets.length));
  };
  const steps: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    PageUp: () => step(-10),
    PageDown: () => step(10),
    Home: () => onSeek(1),
    End: () => onSeek(head),
  };
  const hoverMs = hoverX === undefined ? undefined : fromMs + hoverX * (toMs - fromMs);
  return (
    <div className="relative shrink-0 border-b px-4 pt-2 pb-5 select-none">
      <div
        role="slider"
        tabIndex={0}
        aria-label="Moment"
        aria-valuemin={fromMs}
        aria-valuemax={toMs}
        aria-valuenow={Math.round(atMs ?? toMs)}
        aria-valuetext={atMs === undefined ? 'Now' : formatExact(atMs)}
        onKeyDown={(event) => {
          const run = steps[event.key];
          if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          run();
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(true);
          onSeek(seqAt(shareAt(event)));
        }}
        onPointerMove={(event) => {
          const share = shareAt(event);
          setHoverX(share);
          if (isDragged) onSeek(seqAt(share));
        }}
        onPointerUp={(event) => {
          if (isDragged) onSeek(seqAt(shareAt(event)));
          setDragged(false);
        }}
        onPointerCancel={() => setDragged(false)}
        onPointerLeave={() => setHoverX(undefined)}
        className="relative h-14 cursor-pointer touch-none rounded-sm outline-offset-2"
      >
        <Density overview={overview} shown={shown} />
        {overview.marks.map(({ seq, atMs: markMs, kind }) => (
          <span
            key={seq}
            title={`${markWords[kind]}, ${formatExact(markMs)}`}
            className={classNames(
              'absolute size-1.5 -translate-x-1/2',
              marks[kind].tone,
              marks[kind].top,
              marks[kind].shape,
            )}
            style={{ left: `${xOf(markMs, overview) * 100}%` }}
          />
        ))}
        {hoverX !== undefined && !isDragged && (
          <span
            aria-hidden
            className="pointer-events-none absolute inset-y-0 w-px bg-line-strong"
            style={{ left: `${hoverX * 100}%` }}
          />
        )}
        <span
          aria-hidden
          className="pointer-events-none absolute -top-1 -bottom-1 w-0.5 -translate-x-1/2 rounded-full bg-accent"
          style={{ left: `${shown * 100}%` }}
        />
      </div>
      <div
        aria-hidden
        className="pointer-events-none absolute inset-x-4 bottom-0.5 flex justify-between text-xs text-faint"
      >
        <span>{formatExact(fromMs)}</span>
        {hoverMs !== undefined && <span className="text-muted">{formatExact(hoverMs)}</span>}
        <span className="max-[380px]:hidden">{formatExact(toMs)}</span>
      </div>
    </div>
  );
}

/** What the marks say: by shape and height as well as by colour. */
export function MarkLegend() {
  return (
    <ul aria-label="Marks" className="mr-3 flex items-center gap-3 text-sm text-muted">
      {Object.entries(markWords).map(([kind, word]) => {
        const { tone, shape } = marks[kind as MarkKind];
        return (
          <li key={kind} className="flex items-center gap-1.5">
            <span aria-hidden className={classNames('size-1.5', tone, shape)} />
            {word}
          </li>
        );
      })}
    </ul>
  );
}

/** One bar for each part of the time; what is before the shown moment is filled. */
function Density({ overview, shown }: { overview: Overview; shown: number }) {
  const heights = heightsOf(overview.buckets.map(({ count }) => count));
  const count = heights.length;
  return (
    <svg
      viewBox={`0 0 ${count} 100`}
      preserveAspectRatio="none"
      aria-hidden
      className="absolute inset-x-0 bottom-0 h-8 w-full"
    >
      {heights.map((height, at) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a part of the time is known by its place
          key={at}
          x={at}
          y={100 - height * 100}
          width={0.8}
          height={height * 100}
          className={(at + 0.5) / count <= shown ? 'fill-faint' : 'fill-line-strong'}
        />
      ))}
      <line x1="0" x2={count} y1="99.5" y2="99.5" className="stroke-line-strong" strokeWidth="1" />
    </svg>
  );
}
