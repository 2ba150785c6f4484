/** Values and keys as TOML writes them. Pure. */

export type TomlValue =
  | string
  | number
  | boolean
  | readonly TomlValue[]
  | { readonly [key: string]: TomlValue };

/** On one line, whatever it is. */
export function tomlText(value: TomlValue): string {
  if (typeof value === 'string') return quoted(value);
  if (isList(value)) return `[${value.map(tomlText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value).map(([key, one]) => `${keyText(key)} = ${tomlText(one)}`);
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}

export function keyText(part: string): string {
  return /^[\w-]+$/.test(part) ? part : quoted(part);
}

export function pathText(path: ReadonlyArray<string | number>): string {
  return path.map((part) => keyText(String(part))).join('.');
}

export function isTable(value: unknown): value is Readonly<Record<string, TomlValue>> {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

function isList(value: TomlValue): value is readonly TomlValue[] {
  return Array.isArray(value);
}

/** As JSON has it, but for one character that TOML does not let stand. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u007f', '\\u007f');
}
