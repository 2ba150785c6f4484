/** What counts of a setting, in words. Pure. */
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import type { Item, Row } from './sections.ts';

/** What counts, and whose it is. */
export function inForce({ value, about }: Item): {
  readonly from: Origin | 'default';
  readonly text: string | undefined;
} {
  const said = value?.said.find(({ not }) => not === undefined);
  return said === undefined
    ? { from: 'default', text: about.default }
    : { from: said.in, text: shownValue(said.value) };
}

/** Of a row, in a few words: what it says first. */
export function gist({ items }: Row): string {
  const first = items.find(({ value }) => value !== undefined);
  const value = first?.value?.said[0]?.value;
  if (first === undefined || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : `${first.label.toLowerCase()} ${shownValue(value)}`;
}

/** For reading: without the quotes of a text. */
export function shownValue(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
