/** What somebody types for a folder, as an absolute path. Pure. */
import path from 'node:path';

export interface TypedFrom {
  readonly home: string;
  /** Where Musher was started. */
  readonly folder: string;
}

export function absoluteOf(typed: string, { home, folder }: TypedFrom): string {
  const text = unquoted(typed.trim());
  if (text === '~') return home;
  if (/^~[\\/]/.test(text)) return path.join(home, text.slice(2));
  return path.resolve(folder, text);
}

/** A terminal and a file manager put quotes around what has spaces in it. */
function unquoted(text: string): string {
  const [, inside] = /^(?:"(.+)"|'(.+)')$/.exec(text)?.filter((one) => one !== undefined) ?? [];
  return inside ?? text;
}

/** The folder that is looked into, and how what is looked for in it begins. */
export function splitTyped(typed: string, from: TypedFrom): { within: string; begins: string } {
  const absolute = absoluteOf(typed, from);
  if (typed.trim() === '' || typed.trim() === '~') return { within: from.home, begins: '' };
  if (/[\\/]$/.test(typed.trim())) return { within: absolute, begins: '' };
  return { within: path.dirname(absolute), begins: path.basename(absolute) };
}
