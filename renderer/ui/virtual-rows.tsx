import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import type { ReactNode } from 'react';

interface VirtualRowsProps<Item> {
  label: string;
  virtual: Virtualizer<HTMLDivElement, Element>;
  /** Those that are mounted. */
  rows: readonly VirtualItem[];
  items: readonly Item[];
  children: (item: Item, index: number) => ReactNode;
}

/** The rows in sight, each where it stands in a list as high as all of them. */
export function VirtualRows<Item>({
  label,
  virtual,
  rows,
  items,
  children,
}: VirtualRowsProps<Item>) {
  return (
    <ol aria-label={label} className="relative w-full" style={{ height: virtual.getTotalSize() }}>
      {rows.map((row) => (
        <li
          key={row.key}
          ref={virtual.measureElement}
          data-index={row.index}
          className="absolute top-0 left-0 w-full"
          style={{ transform: `translateY(${row.start}px)` }}
        >
          {children(items[row.index] as Item, row.index)}
        </li>
      ))}
    </ol>
  );
}
