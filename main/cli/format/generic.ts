/** Any result at all: a list of records as a table, a record as its fields, text as text. */
import { formatAge } from '../durations.ts';
import { indented, oneLine, plainText, safeJson } from './plain-text.ts';
import { table } from './table.ts';
import type { View } from './view.ts';

type Fields = Readonly<Record<string, unknown>>;

export function formatGeneric(value: unknown, view: View): string {
  if (Array.isArray(value)) return formatList(value, view);
  if (!isFields(value))
    return value === undefined || value === null ? 'Done.' : scalar('', value, view);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  if (entries.length === 0) return 'Done.';
  const [only] = entries;
  if (entries.length === 1 && Array.isArray(only?.[1])) return formatList(only[1], view);
  return entries.map(([name, field]) => formatField(name, field, view)).join('\n');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function formatList(list: readonly unknown[], view: View): string {
  if (list.length === 0) return 'Nothing.';
  if (!list.every(isFields)) return list.map((item) => oneLine(scalar('', item, view))).join('\n');
  const names = [...new Set(list.flatMap((item) => Object.keys(item)))];
  const rows = list.map((item) => names.map((name) => scalar(name, item[name], view)));
  return table(names.map(titleOf), rows, view);
}

function formatField(name: string, value: unknown, view: View): string {
  const label = view.style.dim(`${oneLine(titleOf(name))}:`);
  if (Array.isArray(value) && value.length > 0 && value.every(isFields)) {
    return `${label}\n${formatList(value, view)}`;
  }
  const text = scalar(name, value, view);
  return text.includes('\n') ? `${label}\n${indented(text)}` : `${label} ${text}`;
}

/** `askedMs` holds a time and is shown as its age. */
function titleOf(name: string): string {
  return name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A number this large in a field `…Ms` is a time, not a duration. */
const oldestTimeMs = 1e12;

function scalar(name: string, value: unknown, view: View): string {
  if (value === undefined || value === null) return '-';
  if (typeof value === 'string') return plainText(value);
  const isTime = typeof value === 'number' && /Ms$/.test(name) && value > oldestTimeMs;
  return isTime ? formatAge(value, view.nowMs) : safeJson(value);
}
