import { type PointerEvent, useState } from 'react';
import { formatPosition, type Mark, sayPosition } from './timeline.ts';

interface SeekBarProps {
  positionMs: number;
  durationMs: number;
  marks: readonly Mark[];
  onSeek: (toMs: number) => void;
}

/** Where the playback is. Arrow keys are the player's own, wherever the focus is. */
export function SeekBar({ positionMs, durationMs, marks, onSeek }: SeekBarProps) {
  const [draggedMs, setDragged] = useState<number>();
  const shownMs = draggedMs ?? positionMs;
  const timeAt = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return Math.min(Math.max((clientX - left) / width, 0), 1) * durationMs;
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label="Position"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={Math.round(shownMs / 1000)}
      aria-valuetext={`${sayPosition(shownMs)} of ${sayPosition(durationMs)}`}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragged(timeAt(event));
      }}
      onPointerMove={(event) => draggedMs !== undefined && setDragged(timeAt(event))}
      onPointerUp={(event) => {
        if (draggedMs !== undefined) onSeek(timeAt(event));
        setDragged(undefined);
      }}
      onPointerCancel={() => setDragged(undefined)}
      className="relative flex h-7 min-w-24 flex-1 cursor-pointer touch-none items-center rounded-sm"
    >
      <div className="h-1 w-full overflow-hidden rounded-full bg-line-strong">
        <div className="h-full bg-accent" style={{ width: shareOf(shownMs, durationMs) }} />
      </div>
      {marks.map(({ atMs, text }) => (
        <span
          key={`${atMs} ${text}`}
          title={`${formatPosition(atMs)} ${text}`}
          className="absolute h-3 w-0.5 -translate-x-1/2 bg-amber"
          style={{ left: shareOf(atMs, durationMs) }}
        />
      ))}
      <span
        className="absolute size-3 -translate-x-1/2 rounded-full bg-accent"
        style={{ left: shareOf(shownMs, durationMs) }}
      />
    </div>
  );
}

function shareOf(timeMs: number, durationMs: number): string {
  return durationMs === 0 ? '0%' : `${Math.min(timeMs / durationMs, 1) * 100}%`;
}
