/**
 * When a selection moves by itself (what was selected is gone, something else took its place), a key that is on its
 * way was meant for what is gone. For a moment, keys that decide do nothing.
 */
import { create } from 'zustand';
import { pageClock } from '../hub/channel.ts';

/** Longer than two keys in a row, shorter than one reads. */
const quietMs = 250;

const useQuietState = create<{ readonly isQuiet: boolean }>(() => ({ isQuiet: false }));
let cancel = () => {};

export function noteSelfMove(): void {
  cancel();
  useQuietState.setState({ isQuiet: true });
  cancel = pageClock.schedule(() => useQuietState.setState({ isQuiet: false }), quietMs);
}

/** What is selected was pointed at: the keys that follow are meant for it. */
export function noteChosenByHand(): void {
  cancel();
  useQuietState.setState({ isQuiet: false });
}

export function mayDecideByKey(): boolean {
  return !useQuietState.getState().isQuiet;
}

/** True while keys that decide do nothing, to be shown. */
export function useIsQuiet(): boolean {
  return useQuietState(({ isQuiet }) => isQuiet);
}
