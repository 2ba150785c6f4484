import { useCallback, useState } from 'react';

/** How wide an element is, CSS pixels: for its `ref`, and undefined until it is there. */
export function useWidth(): readonly [
  (element: HTMLElement | null) => (() => void) | undefined,
  number | undefined,
] {
  const [widthPx, setWidthPx] = useState<number>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = () => setWidthPx(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return [ref, widthPx];
}
