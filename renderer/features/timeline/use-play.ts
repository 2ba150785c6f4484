/** Plays the log from the moment that is shown on, a frame at a time: the next when the one before is there. */
import { useEffect, useRef, useState } from 'react';
import { nextFrame, type PlayedEvent, type PlaySpeed } from './playing.ts';

export interface Play {
  readonly isPlaying: boolean;
  readonly speed: PlaySpeed;
  readonly setSpeed: (speed: PlaySpeed) => void;
  readonly toggle: () => void;
  readonly stop: () => void;
}

interface Played {
  readonly events: readonly PlayedEvent[];
  /** The event that is shown; undefined at now. */
  readonly shown: PlayedEvent | undefined;
  /** It is not there yet. */
  readonly isBehind: boolean;
  readonly hasNewer: boolean;
  readonly newer: () => void;
  readonly go: (seq: number) => void;
}

export function usePlay(played: Played): Play {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<PlaySpeed>(8);
  const latest = useRef(played);
  useEffect(() => {
    latest.current = played;
  });
  const { events, shown, isBehind, hasNewer } = played;
  useEffect(() => {
    if (!isPlaying || isBehind) return;
    if (shown === undefined) return setPlaying(false);
    const frame = nextFrame(events, shown, speed);
    if (frame === undefined) {
      if (hasNewer) latest.current.newer();
      else setPlaying(false);
      return;
    }
    const timer = setTimeout(() => latest.current.go(frame.seq), frame.waitMs);
    return () => clearTimeout(timer);
  }, [isPlaying, isBehind, shown, events, speed, hasNewer]);
  return {
    ...{ isPlaying, speed, setSpeed },
    toggle: () => setPlaying(!isPlaying),
    stop: () => setPlaying(false),
  };
}
