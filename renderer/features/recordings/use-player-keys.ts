/** What a player can do, and the keys for it. */
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import type { ShortcutHelp } from '../../shell/view.ts';
import type { Playback } from './playback.ts';
import { type Mark, markBeside, speedBeside, stepMs } from './timeline.ts';

export interface PlayerActions {
  toggle(): void;
  back(): void;
  forward(): void;
  seek(toMs: number): void;
  previousMark(): void;
  nextMark(): void;
  setSpeed(speed: number): void;
  toggleIdle(): void;
}

export const playerShortcuts: readonly ShortcutHelp[] = [
  { keys: 'Space', label: 'Play or pause' },
  { keys: 'ArrowLeft', label: 'Back 5 seconds' },
  { keys: 'ArrowRight', label: 'On 5 seconds' },
  { keys: 'Shift+ArrowLeft', label: 'Previous mark' },
  { keys: 'Shift+ArrowRight', label: 'Next mark' },
  { keys: 'Home', label: 'To the beginning' },
  { keys: 'End', label: 'To the end' },
  { keys: '<', label: 'Slower' },
  { keys: '>', label: 'Faster' },
  { keys: 'c', label: 'Cut pauses, or not' },
  { keys: '/', label: 'Find a text' },
  { keys: 'Escape', label: 'Back to the list' },
];

/** Does nothing while there is nothing to play. */
export function usePlayerKeys(
  playback: Playback | undefined,
  marks: readonly Mark[],
  own: { readonly find: () => void; readonly leave: () => void },
): PlayerActions {
  const actions = toActions(playback, marks);
  useShortcuts([
    { keys: 'Space', run: actions.toggle },
    { keys: 'ArrowLeft', run: actions.back },
    { keys: 'ArrowRight', run: actions.forward },
    { keys: 'Shift+ArrowLeft', run: actions.previousMark },
    { keys: 'Shift+ArrowRight', run: actions.nextMark },
    { keys: 'Home', run: () => actions.seek(0) },
    { keys: 'End', run: () => actions.seek(Number.POSITIVE_INFINITY) },
    { keys: '<', run: () => actions.setSpeed(speedBeside(playback?.speed ?? 1, -1)) },
    { keys: '>', run: () => actions.setSpeed(speedBeside(playback?.speed ?? 1, 1)) },
    { keys: 'c', run: actions.toggleIdle },
    { keys: '/', run: own.find },
    { keys: 'Escape', run: own.leave },
  ]);
  return actions;
}

function toActions(playback: Playback | undefined, marks: readonly Mark[]): PlayerActions {
  const seek = (toMs: number) => void playback?.seek(toMs);
  const position = () => playback?.positionMs ?? 0;
  const toMark = (by: -1 | 1) => {
    const mark = markBeside(marks, position(), by);
    if (mark !== undefined) seek(mark.atMs);
  };
  return {
    seek,
    toggle: () => (playback?.isPlaying ? playback.pause() : playback?.play()),
    back: () => seek(position() - stepMs),
    forward: () => seek(position() + stepMs),
    previousMark: () => toMark(-1),
    nextMark: () => toMark(1),
    setSpeed: (speed) => playback?.setSpeed(speed),
    toggleIdle: () => playback?.toggleIdle(),
  };
}
