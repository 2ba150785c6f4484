/** What a CLI's screen tells of it, by the phrases of its profile. Pure, and linear in the text whatever the phrases are. */
import type { ScreenPhrases } from './ports.ts';

export type ScreenState = Exclude<keyof ScreenPhrases, 'broken'>;

/** Strongest first: a screen that asks shows its last work as well. */
const order: readonly ScreenState[] = ['limit', 'waiting', 'busy', 'ready'];
/** CLIs draw what they do at the bottom; further up stands what was said before, which may hold any words. */
const bottomLines = 14;

/** Undefined when nothing on it is known. */
export function tellFromScreen(phrases: ScreenPhrases, text: string): ScreenState | undefined {
  const lines = plain(text)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const bottom = lines.slice(-bottomLines);
  return order.find((state) => phrases[state]?.some((phrase) => isOn(bottom, phrase)));
}

/** CLIs write apostrophes either way, and change it between versions. */
function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}

function isOn(lines: readonly string[], phrase: string): boolean {
  const parts = plain(phrase).split('*');
  return lines.some((line) => holdsInOrder(line, parts));
}

function holdsInOrder(line: string, parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = line.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}

/** What stands at each `*` when the phrase is the whole line, by the first places that fit; undefined when it is not. */
export function matchPhrase(line: string, phrase: string): readonly string[] | undefined {
  const lower = line.toLowerCase();
  const [first = '', ...parts] = phrase.toLowerCase().split('*');
  if (!lower.startsWith(first)) return undefined;
  const last = parts.pop();
  if (last === undefined) return lower === first ? [] : undefined;
  // A few letters have more than one small one.
  const said = lower.length === line.length ? line : lower;
  const stars: string[] = [];
  let from = first.length;
  for (const part of parts) {
    const at = lower.indexOf(part, from);
    if (at < 0) return undefined;
    stars.push(said.slice(from, at));
    from = at + part.length;
  }
  const end = said.length - last.length;
  if (end < from || !lower.endsWith(last)) return undefined;
  return [...stars, said.slice(from, end)];
}
