/** Whether the tour goes on, where it is, and where the operator was when it began. */
import { create } from 'zustand';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';
import type { Place } from '../../../preload/contract/place.ts';
import { closeOverlay, navigate, useUi } from '../ui-state.ts';

interface TourState {
  /** Number of the step; undefined while there is no tour. */
  readonly at: number | undefined;
  readonly from: Place | undefined;
  /** What became of the offer: `open` until it is answered. */
  readonly answer: StoredValue<'tour'>;
}

export const useTour = create<TourState>(() => ({
  at: undefined,
  from: undefined,
  answer: readStored('tour', 'open'),
}));

export function startTour(): void {
  closeOverlay();
  answerOffer('taken');
  useTour.setState({ at: 0, from: useUi.getState().place });
}

export function goToStep(at: number): void {
  useTour.setState({ at });
}

/** Back to where it was begun. */
export function endTour(): void {
  const { from } = useTour.getState();
  useTour.setState({ at: undefined, from: undefined });
  if (from !== undefined) navigate(from.view, from.target);
}

export function answerOffer(answer: 'taken' | 'dismissed'): void {
  writeStored('tour', answer);
  useTour.setState({ answer });
}
