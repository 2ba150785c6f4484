import { useEffect, useRef } from 'react';

/** Asks again when any of these became another one, and not again within this time, milliseconds. */
const apartMs = 2_000;

/** `of`: compared by text. What changes while it waits is in the same answer. */
export function useReload(
  reload: () => void,
  of: ReadonlyArray<string | number | undefined>,
): void {
  const mark = of.join('\n');
  const known = useRef(mark);
  const lastMs = useRef(-Infinity);
  useEffect(() => {
    if (known.current === mark) return;
    const delayMs = Math.max(0, lastMs.current + apartMs - performance.now());
    const timer = setTimeout(() => {
      known.current = mark;
      lastMs.current = performance.now();
      reload();
    }, delayMs);
    return () => clearTimeout(timer);
  }, [mark, reload]);
}
