import type { PaletteItem } from './palette-source.ts';

/** Makes items of records, each once: of ten thousand, one that changed is made anew and no other. */
export function itemsOf<R extends object>(
  toItem: (record: R) => PaletteItem,
): (records: Iterable<R>) => readonly PaletteItem[] {
  const made = new WeakMap<R, PaletteItem>();
  return (records) =>
    Array.from(records, (record) => {
      const item = made.get(record) ?? toItem(record);
      made.set(record, item);
      return item;
    });
}
