import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';
import { ScrollArea } from './scroll-area.tsx';
import { VirtualRows } from './virtual-rows.tsx';

interface VirtualListProps<Item> {
  label: string;
  items: readonly Item[];
  keyOf: (item: Item) => string | number;
  children: (item: Item, index: number) => ReactNode;
  /** First guess; rows are measured, so they may differ. */
  estimatePx?: number;
  /** Kept in sight when it changes. */
  activeIndex?: number;
  /** Stays at the end while new items arrive there, as a conversation should. */
  followEnd?: boolean;
  className?: string;
}

/** A list that mounts only what is in sight. */
export function VirtualList<Item>(props: VirtualListProps<Item>) {
  const {
    label,
    items,
    keyOf,
    children,
    estimatePx = 32,
    activeIndex,
    followEnd,
    className,
  } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimatePx,
    overscan: 8,
    getItemKey: (index) => keyOf(items[index] as Item),
  });
  useEffect(() => {
    if (activeIndex !== undefined && activeIndex >= 0)
      virtual.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtual]);
  const last = items.at(-1);
  const end = last === undefined ? undefined : keyOf(last);
  useFollowEnd({
    scroller,
    end,
    lastIndex: items.length - 1,
    enabled: followEnd ?? false,
    virtual,
  });
  return (
    <ScrollArea ref={scroller} className={className}>
      <VirtualRows label={label} virtual={virtual} rows={virtual.getVirtualItems()} items={items}>
        {children}
      </VirtualRows>
    </ScrollArea>
  );
}

interface FollowOptions {
  scroller: { readonly current: HTMLDivElement | null };
  /** Key of the last item. Their number alone says nothing: a list of the newest 200 stays at 200. */
  end: string | number | undefined;
  lastIndex: number;
  enabled: boolean;
  virtual: { scrollToIndex: (index: number, options: { align: 'end' }) => void };
}

/** Scrolls to the end on arrival, unless the reader has scrolled up to read. */
function useFollowEnd({ scroller, end, lastIndex, enabled, virtual }: FollowOptions): void {
  const isAtEnd = useRef(true);
  useEffect(() => {
    const element = scroller.current;
    if (!element || !enabled) return;
    const note = () => {
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 48;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [scroller, enabled]);
  useEffect(() => {
    if (enabled && isAtEnd.current && end !== undefined)
      virtual.scrollToIndex(lastIndex, { align: 'end' });
  }, [enabled, end, lastIndex, virtual]);
}
