/** What the window is like, in CSS pixels: zoom counts. */
import { useSyncExternalStore } from 'react';

/** Below this width the sidebar is a rail of icons. */
export const isFolded = matchMedia('(width < 1000px)');
/** From this width on, three columns have room beside the sidebar. */
export const isWide = matchMedia('(width >= 1200px)');
/** Below this width a list and its detail are two pages. */
export const hasPages = matchMedia('(width < 800px)');

export function useMedia(query: MediaQueryList): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener('change', onChange);
      return () => query.removeEventListener('change', onChange);
    },
    () => query.matches,
  );
}
