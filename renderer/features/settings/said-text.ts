/** What a file says now, as it is set again when a change is taken back. Pure. */
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { type TomlValue, tomlText } from '../../../preload/contract/toml-text.ts';
import type { Item, Row } from './sections.ts';

/** Undefined where it says nothing of it. */
export function saidText({ value }: Item, file: Origin): string | undefined {
  const said = value?.said.find((one) => one.in === file);
  return said && tomlText(said.value as TomlValue);
}

/** All of the row, as one value. Undefined where the file has none of that name. */
export function rowText({ items }: Pick<Row, 'items'>, file: Origin): string | undefined {
  const parts = items.flatMap((item) => {
    const text = saidText(item, file);
    return text === undefined ? [] : [`${nameIn(item)} = ${text}`];
  });
  return parts.length === 0 ? undefined : `{ ${parts.join(', ')} }`;
}

/** Of the key in its row, dotted where it is nested: `ports.from`. */
function nameIn({ about }: Item): string {
  const parts = about.key.split('.');
  return parts.slice(parts.indexOf('<name>') + 1).join('.');
}
