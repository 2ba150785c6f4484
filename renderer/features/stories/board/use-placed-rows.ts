import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { BoardRow } from './board-rows.ts';
import { placesOf, type RowPlaces } from './placed-rows.ts';
import { cardPx } from './story-card.tsx';

/** Rows that are drawn above and below those in sight. */
const spare = 4;

interface Sight {
  /** Rounded down to a card: what a scroll within one shows is there already. */
  readonly top: number;
  readonly height: number;
}

/** Which rows of a column are drawn, and where. */
export function usePlacedRows(
  rows: readonly BoardRow[],
  scroller: RefObject<HTMLElement | null>,
): { readonly places: RowPlaces; readonly drawn: readonly number[]; show(at: number): void } {
  const places = useMemo(() => placesOf(rows, cardPx), [rows]);
  const { top, height } = useSight(scroller);
  const latest = useRef(places);
  useLayoutEffect(() => {
    latest.current = places;
  }, [places]);
  // Always the same one: what was chosen is shown when it is chosen, and not again when other rows come.
  const show = useCallback(
    (at: number) => {
      const element = scroller.current;
      if (element === null) return;
      const start = latest.current.startOf(at);
      const end = start + cardPx;
      if (start < element.scrollTop) element.scrollTop = start;
      else if (end > element.scrollTop + element.clientHeight)
        element.scrollTop = end - element.clientHeight;
    },
    [scroller],
  );
  const first = Math.max(0, places.rowAt(top) - spare);
  const last = Math.min(rows.length - 1, places.rowAt(top + cardPx + height) + spare);
  const drawn = Array.from({ length: height === 0 ? 0 : last - first + 1 }, (_, n) => first + n);
  return { places, drawn, show };
}

function useSight(scroller: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, height: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const look = () => {
      const top = Math.floor(element.scrollTop / cardPx) * cardPx;
      const height = element.clientHeight;
      setSight((was) => (was.top === top && was.height === height ? was : { top, height }));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      observer.disconnect();
    };
  }, [scroller]);
  return sight;
}
