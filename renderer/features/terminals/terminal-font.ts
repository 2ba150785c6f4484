/** Size of the terminals' letters, one for all of them. */
import { create } from 'zustand';

const normalPx = 13;
const leastPx = 8;
const mostPx = 32;

export const useTerminalFont = create<{ readonly sizePx: number }>(() => ({ sizePx: normalPx }));

/** `by` 0 goes back to the normal size. */
export function zoomTerminals(by: -1 | 0 | 1): void {
  useTerminalFont.setState(({ sizePx }) => ({
    sizePx: by === 0 ? normalPx : Math.min(Math.max(sizePx + by, leastPx), mostPx),
  }));
}
