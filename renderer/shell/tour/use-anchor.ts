/** Where on the page something is, while it moves, comes and goes. */
import { useEffect, useState } from 'react';
import type { Box } from './place-card.ts';

/** Views are fetched when they are first shown; what is not there by then is taken to be missing, milliseconds. */
const patienceMs = 1_500;

export type Anchor = Box | 'looking' | 'missing';

/** Of the first of the selectors that finds what is to be seen. The same array as long as they are the same. */
export function useAnchor(selectors: readonly string[]): Anchor {
  const [anchor, setAnchor] = useState<Anchor>('looking');
  useEffect(() => {
    let isLate = false;
    let frame = 0;
    const look = () => {
      frame = 0;
      const next = boxOf(selectors) ?? (isLate ? 'missing' : 'looking');
      setAnchor((old) => (isSame(old, next) ? old : next));
    };
    const soon = () => {
      frame ||= requestAnimationFrame(look);
    };
    setAnchor('looking');
    soon();
    const timer = setTimeout(() => {
      isLate = true;
      soon();
    }, patienceMs);
    const changes = new MutationObserver(soon);
    changes.observe(document.body, { childList: true, subtree: true, attributes: true });
    addEventListener('resize', soon);
    addEventListener('scroll', soon, true);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      changes.disconnect();
      removeEventListener('resize', soon);
      removeEventListener('scroll', soon, true);
    };
  }, [selectors]);
  return anchor;
}

/** Of the first that is to be seen. */
function boxOf(selectors: readonly string[]): Box | undefined {
  const found = selectors.flatMap((one) => [...document.querySelectorAll(one)]);
  for (const element of found) {
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0) return { left, top, width, height };
  }
  return undefined;
}

function isSame(a: Anchor, b: Anchor): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}
