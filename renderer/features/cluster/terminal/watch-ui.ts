/** The way to a terminal of a node, and back to where it was opened. */
import { create } from 'zustand';
import { navigate, useUi } from '../../../shell/ui-state.ts';

export const useCameFrom = create<{ readonly view: string }>(() => ({ view: 'nodes' }));

export function watchStory(id: string): void {
  useCameFrom.setState({ view: useUi.getState().place.view });
  navigate('nodes', `watch/${id}`);
}
