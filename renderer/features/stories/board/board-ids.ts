/** Ids of elements that keys and screen readers are led to. */
import type { ColumnId } from './columns.ts';

export function listIdOf(column: ColumnId): string {
  return `board-${column}`;
}

export function cardIdOf(story: string): string {
  return `card-${story}`;
}

/** The list with what is selected, else the first that there is. */
export function findBoardHome(column: ColumnId | undefined): HTMLElement | null {
  const own = column === undefined ? null : document.getElementById(listIdOf(column));
  return own ?? document.querySelector<HTMLElement>('[data-board] [role="listbox"]');
}
