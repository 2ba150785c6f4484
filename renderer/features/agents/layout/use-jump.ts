/** Going to an agent by the letters that stand on it while a jump is under way. */
import { useEffect } from 'react';
import { create } from 'zustand';
import { pageClock } from '../../../hub/channel.ts';
import { jumpBy, labelsFor } from './jump-labels.ts';

interface JumpState {
  /** By agent; undefined while there is no jump. */
  readonly labels: ReadonlyMap<string, string> | undefined;
  readonly typed: string;
}

const noJump: JumpState = { labels: undefined, typed: '' };
const useJumpState = create<JumpState>(() => noJump);
/** Whoever forgot about it gets their keys back. */
const longestMs = 6_000;

export function startJump(ids: readonly string[]): void {
  useJumpState.setState({ labels: labelsFor(ids), typed: '' });
}

/** What is left to type for this agent. */
export function useJumpLabel(id: string): string | undefined {
  return useJumpState(({ labels, typed }) => {
    const label = labels?.get(id);
    return label?.startsWith(typed) ? label.slice(typed.length) : undefined;
  });
}

/** While a jump is under way every key is its own; it ends with one that leads nowhere, and by itself. */
export function useJump(onJump: (id: string) => void): void {
  const labels = useJumpState((state) => state.labels);
  useEffect(() => {
    if (labels === undefined) return;
    const end = () => useJumpState.setState(noJump);
    const handleKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Shift' || event.key === 'CapsLock') return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const typed = useJumpState.getState().typed + event.key.toLowerCase();
      const jump = jumpBy(labels, typed);
      if (jump.kind === 'more') return useJumpState.setState({ typed });
      end();
      if (jump.kind === 'to') onJump(jump.id);
    };
    addEventListener('keydown', handleKeyDown, { capture: true });
    addEventListener('pointerdown', end);
    const cancel = pageClock.schedule(end, longestMs);
    return () => {
      removeEventListener('keydown', handleKeyDown, { capture: true });
      removeEventListener('pointerdown', end);
      cancel();
    };
  }, [labels, onJump]);
  useEffect(() => () => useJumpState.setState(noJump), []);
}
