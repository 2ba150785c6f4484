import { type RefObject, useEffect, useState } from 'react';
import { pageClock } from '../../../hub/channel.ts';

/** Without a touch for this long, nobody is aiming at anything. */
const quietMs = 2_000;
const touches = 'pointermove pointerdown wheel keydown compositionupdate focusout'.split(' ');

/**
 * Undefined from each touch of what is in the element until a moment after it, or until the pointer has left; else how
 * many such quiet moments there were, since with each other things may be under the pointer.
 */
export function useQuiet(root: RefObject<HTMLElement | null>): number | undefined {
  const [quiet, setQuiet] = useState<number | undefined>(0);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    let cancel = () => {};
    let moments = 0;
    const calm = () => {
      cancel();
      moments++;
      setQuiet(moments);
    };
    const disturb = () => {
      cancel();
      setQuiet(undefined);
      cancel = pageClock.schedule(calm, quietMs);
    };
    for (const touch of touches) element.addEventListener(touch, disturb, { passive: true });
    element.addEventListener('pointerleave', calm);
    return () => {
      cancel();
      for (const touch of touches) element.removeEventListener(touch, disturb);
      element.removeEventListener('pointerleave', calm);
    };
  }, [root]);
  return quiet;
}
