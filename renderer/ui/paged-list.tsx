import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useReducer,
  useRef,
  useState,
} from 'react';
import { ScrollArea } from './scroll-area.tsx';
import { VirtualRows } from './virtual-rows.tsx';

export interface PagedListHandle {
  scrollToEnd(): void;
  focus(): void;
}

interface PagedListProps<Item> {
  label: string;
  /** A piece of a longer list: what is added or taken away at either end moves nothing that is in sight. */
  items: readonly Item[];
  keyOf: (item: Item) => number;
  children: (item: Item, index: number) => ReactNode;
  /** First guess; rows are measured. */
  estimatePx: number;
  /** Kept in sight when it changes. */
  activeIndex?: number;
  /** The reader is so near to an end of the piece that the next should be got. */
  onNear: (end: 'start' | 'end') => void;
  /** The last item is in sight, or no more. While it is, the list goes on with what is added. */
  onAtEnd: (isAtEnd: boolean) => void;
  handle?: RefObject<PagedListHandle | null>;
}

const nearRows = 25;
const atEndPx = 32;

/** Opens at its end, as a conversation does. Mounts only what is in sight. */
export function PagedList<Item>(props: PagedListProps<Item>) {
  const { label, items, keyOf, children, estimatePx, activeIndex, handle } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    overscan: 8,
    paddingEnd: 12,
    getItemKey: (index) => keyOf(items[index] as Item),
  });
  // Before the hooks that look at what is in sight: it is known by this.
  const rows = virtual.getVirtualItems();
  const { scrollToEnd } = useKeptPlace({ ...props, scroller, virtual });
  useNear({ ...props, virtual });
  useImperativeHandle(handle, () => ({
    scrollToEnd,
    focus: () => scroller.current?.focus({ preventScroll: true }),
  }));
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0)
      virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);
  return (
    <ScrollArea ref={scroller}>
      <VirtualRows label={label} virtual={virtual} rows={rows} items={items}>
        {children}
      </VirtualRows>
    </ScrollArea>
  );
}

type Virtual = Virtualizer<HTMLDivElement, Element>;

interface PlaceOptions<Item> extends PagedListProps<Item> {
  scroller: RefObject<HTMLDivElement | null>;
  virtual: Virtual;
}

/** What the reader looks at stays where it is: the first row in sight, or the end. */
function useKeptPlace<Item>({ items, keyOf, onAtEnd, scroller, virtual }: PlaceOptions<Item>) {
  const anchor = useRef<{ key: number; offset: number } | 'end'>('end');
  const [, renderAgain] = useReducer((count: number) => count + 1, 0);
  const latest = useRef({ items, keyOf, onAtEnd });
  useLayoutEffect(() => {
    latest.current = { items, keyOf, onAtEnd };
  });
  const moveTo = useRef((top: number) => {
    const element = scroller.current;
    if (element === null || Math.abs(element.scrollTop - top) < 1) return;
    element.scrollTop = top;
    // Told now and not by the event that follows: else there is a frame with other rows.
    virtual.scrollOffset = element.scrollTop;
    renderAgain();
  }).current;

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const note = () => {
      const { items, keyOf, onAtEnd } = latest.current;
      const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight <= atEndPx;
      const first = virtual.getVirtualItemForOffset(element.scrollTop);
      const item = first && items[first.index];
      if (isAtEnd) anchor.current = 'end';
      else if (first && item !== undefined)
        anchor.current = { key: keyOf(item), offset: element.scrollTop - first.start };
      onAtEnd(isAtEnd);
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [scroller, virtual]);

  const size = virtual.getTotalSize();
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changes the rows or their sizes
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    if (anchor.current === 'end') {
      moveTo(element.scrollHeight - element.clientHeight);
      return;
    }
    const { key, offset } = anchor.current;
    const index = items.findIndex((item) => keyOf(item) === key);
    const start = virtual.measurementsCache[index]?.start;
    if (start !== undefined) moveTo(start + offset);
  }, [items, size]);

  return {
    scrollToEnd() {
      anchor.current = 'end';
      moveTo((scroller.current?.scrollHeight ?? 0) - (scroller.current?.clientHeight ?? 0));
      onAtEnd(true);
    },
  };
}

function useNear<Item>({ items, onNear, virtual }: PagedListProps<Item> & { virtual: Virtual }) {
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? 0;
  const count = items.length;
  const latest = useRef(onNear);
  useEffect(() => {
    latest.current = onNear;
  });
  // Before it was moved to its end, it stood at its start.
  const [isPlaced, setPlaced] = useState(false);
  useEffect(() => setPlaced(true), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a piece that was added asks again
  useEffect(() => {
    if (count === 0 || !isPlaced) return;
    if (first < nearRows) latest.current('start');
    if (last >= count - nearRows) latest.current('end');
  }, [first, last, count, items, isPlaced]);
}
