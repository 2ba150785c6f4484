import { Pause, Play as PlayIcon } from 'lucide-react';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/text-field.tsx';
import { type PlaySpeed, playSpeeds } from './playing.ts';
import type { Play } from './use-play.ts';

/** Plays from the moment that is shown; nothing where that is now. */
export function PlayControls({ play, isPast }: { play: Play; isPast: boolean }) {
  return (
    <>
      <IconButton
        icon={play.isPlaying ? Pause : PlayIcon}
        label={play.isPlaying ? 'Pause' : 'Play from here'}
        shortcut="Space"
        disabled={!isPast}
        onClick={play.toggle}
      />
      <Select
        label="Speed"
        hideLabel
        value={String(play.speed)}
        onChange={({ target }) => play.setSpeed(Number(target.value) as PlaySpeed)}
      >
        {playSpeeds.map((speed) => (
          <option key={speed} value={speed}>
            {speed}×
          </option>
        ))}
      </Select>
    </>
  );
}
