import { type RefObject, useEffect, useRef, useState } from 'react';

/** Whether an element is, or nearly is, on the screen. */
export function useInView(): { ref: RefObject<HTMLElement | null>; isInView: boolean } {
  const ref = useRef<HTMLElement>(null);
  const [isInView, setInView] = useState(false);
  useEffect(() => {
    if (!ref.current) return;
    const observer = new IntersectionObserver(
      ([entry]) => setInView(entry?.isIntersecting ?? false),
      { rootMargin: '80px' },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  return { ref, isInView };
}
