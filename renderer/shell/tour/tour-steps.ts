/** The steps in the order of the views, each brought by its own. Pure. */
import type { TourStep, View } from '../view.ts';

export interface ViewStep extends TourStep {
  readonly view: string;
  readonly title: string;
  /** Of the view: `g i`. */
  readonly viewKeys: string;
}

export function stepsOf(views: readonly View[]): readonly ViewStep[] {
  return views.flatMap(({ id, title, shortcut, tour }) =>
    tour === undefined ? [] : [{ ...tour, view: id, title, viewKeys: `g ${shortcut}` }],
  );
}
