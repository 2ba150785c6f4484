import { ChevronFirst, ChevronLast, FastForward, Pause, Play, Rewind } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/text-field.tsx';
import type { Playback } from './playback.ts';
import { SeekBar } from './seek-bar.tsx';
import { formatPosition, type Mark, speeds } from './timeline.ts';
import type { PlayerActions } from './use-player-keys.ts';

interface PlayerControlsProps {
  playback: Playback;
  durationMs: number;
  marks: readonly Mark[];
  actions: PlayerActions;
}

/** Below the screen: what a player has. Every one of them has a key. */
export function PlayerControls({ playback, durationMs, marks, actions }: PlayerControlsProps) {
  const { isPlaying, positionMs, speed, cutsIdle } = playback;
  return (
    <fieldset
      aria-label="Player"
      className="flex shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-t px-3 py-1.5"
    >
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? 'Pause' : 'Play'}
        shortcut="Space"
        onClick={actions.toggle}
      />
      <span className="flex">
        <IconButton
          icon={Rewind}
          label="Back 5 seconds"
          shortcut="ArrowLeft"
          onClick={actions.back}
        />
        <IconButton
          icon={FastForward}
          label="On 5 seconds"
          shortcut="ArrowRight"
          onClick={actions.forward}
        />
      </span>
      <output className="min-w-24 text-center text-sm whitespace-nowrap text-muted tabular-nums">
        {formatPosition(positionMs)} / {formatPosition(durationMs)}
      </output>
      <SeekBar
        positionMs={positionMs}
        durationMs={durationMs}
        marks={marks}
        onSeek={actions.seek}
      />
      {marks.length > 0 && (
        <span className="flex">
          <IconButton
            icon={ChevronFirst}
            label="Previous mark"
            shortcut="Shift+ArrowLeft"
            onClick={actions.previousMark}
          />
          <IconButton
            icon={ChevronLast}
            label="Next mark"
            shortcut="Shift+ArrowRight"
            onClick={actions.nextMark}
          />
        </span>
      )}
      <Select
        label="Speed"
        hideLabel
        value={String(speed)}
        onChange={({ target }) => actions.setSpeed(Number(target.value))}
      >
        {speeds.map((one) => (
          <option key={one} value={one}>
            {one}×
          </option>
        ))}
      </Select>
      <label className="flex items-center gap-1.5 text-sm whitespace-nowrap text-muted">
        <input type="checkbox" checked={cutsIdle} onChange={actions.toggleIdle} />
        Cut pauses to 2 s
      </label>
    </fieldset>
  );
}
