/** What the window is like, in CSS pixels: zoom counts. */
import { useSyncExternalStore } from 'react';

/** Below this width the sidebar is a rail of icons. */
export const isFolded = matchMedia('(width < 1000px)');
/** From this width on, three columns have room beside the sidebar. */
export const isWide = matchMedia('(width >= 1200px)');
/** Below this width a list and its detail are two pages. */
export const hasPages = matchMedia('(width < 800px)');

/** Below this width two panes stand one above the other: a window of 1280 at 400 % zoom has 320. */
export const isTiny = matchMedia('(width < 600px)');

export function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => query.matches,
  );
}
