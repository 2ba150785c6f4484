/** The board on this page: what is looked for, what is selected, and what is asked. Never mirrored, never sent. */
import { create } from 'zustand';
import type { StoryStage } from '../../../preload/contract/story-stages.ts';
import { readStored, type StoredValue, writeStored } from '../../hub/storage.ts';
import { navigate } from '../../shell/ui-state.ts';
import type { ColumnId } from './board/columns.ts';
import type { Target } from './move/targets.ts';

export type StoriesDialog =
  | { readonly kind: 'new' }
  | { readonly kind: 'import' }
  /** Where it may go, to choose from. */
  | { readonly kind: 'targets'; readonly story: string }
  /** What a move needs, and may say. */
  | { readonly kind: 'move'; readonly story: string; readonly target: Target }
  | { readonly kind: 'assign'; readonly story: string };

export interface Selection {
  readonly id: string;
  /** Where it stood last, so that its neighbour follows when it is gone. */
  readonly column: ColumnId;
  readonly at: number;
}

interface StoriesUi {
  readonly filter: string;
  readonly look: StoredValue<'boardLook'>;
  readonly selection: Selection | undefined;
  readonly dialog: StoriesDialog | undefined;
  /** While a card is dragged: it, and what each stage says to it. */
  readonly drag: Drag | undefined;
}

export interface Drag {
  readonly story: string;
  readonly from: StoryStage;
  readonly targets: readonly Target[];
}

export const useStoriesUi = create<StoriesUi>(() => ({
  filter: '',
  look: readStored('boardLook', { group: 'none', folds: {} }),
  selection: undefined,
  dialog: undefined,
  drag: undefined,
}));

export function setFilter(filter: string): void {
  useStoriesUi.setState({ filter });
}

export function select(selection: Selection | undefined): void {
  useStoriesUi.setState({ selection });
}

export function openDialog(dialog: StoriesDialog): void {
  useStoriesUi.setState({ dialog });
}

export function closeDialog(): void {
  useStoriesUi.setState({ dialog: undefined });
}

export function setDrag(drag: Drag | undefined): void {
  useStoriesUi.setState({ drag });
}

export function changeLook(change: Partial<StoredValue<'boardLook'>>): void {
  const look = { ...useStoriesUi.getState().look, ...change };
  useStoriesUi.setState({ look });
  writeStored('boardLook', look);
}

export function openStory(id: string): void {
  navigate('stories', id);
}
