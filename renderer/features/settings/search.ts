/** Settings found by their words. Pure. */
import type { Item, Section } from './sections.ts';

/** Each word stands in a key, its help, or what is said of it. Sections that have nothing of it are left out. */
export function search(sections: readonly Section[], words: string): readonly Section[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return sections;
  const has = (text: string) => wanted.every((word) => text.toLowerCase().includes(word));
  const hasItem = (item: Item, title: string) =>
    has([title, item.key, item.label, item.about.help, JSON.stringify(item.value?.said)].join(' '));
  return sections
    .map((section) => ({
      ...section,
      items: section.items.filter((item) => hasItem(item, section.title)),
      tables: section.tables
        .map((table) => {
          const isWhole = has([section.title, table.about.key, table.about.help].join(' '));
          const rows = table.rows
            .map((row) => ({ ...row, items: row.items.filter((one) => hasItem(one, row.name)) }))
            .filter(({ items }) => items.length > 0);
          return isWhole ? table : { ...table, rows };
        })
        .filter(({ rows, about }) => rows.length > 0 || has(about.key)),
    }))
    .filter(({ items, tables }) => items.length + tables.length > 0);
}
