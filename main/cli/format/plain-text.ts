/**
 * Text from agents, commits and branches is untrusted: printed raw it could move the cursor, retitle the
 * terminal, or hide words from whoever reads it, person or model. Everything printed passes here.
 */
import { hiddenMark, markHidden } from '../../../preload/contract/hidden-characters.ts';

/** Colours, which programs put into what they print; without them the words are the same. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is removed
const colors = /(?:\u001b\[|\u009b)[\d;:]*m/g;

/** Safe to print, lines kept. What a reader would not see is shown as a mark. */
export function plainText(text: string): string {
  const lines = text.toWellFormed().replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n');
  return marked(lines.replace(colors, ''));
}

/** Safe to print where each line says something by its place, as in a patch: what breaks lines elsewhere breaks none here. */
export function plainLines(text: string): string[] {
  return text
    .toWellFormed()
    .split('\n')
    .map((line) => marked(line.replace(/\r$/, '')));
}

function marked(text: string): string {
  return markHidden(text, { kind: 'words', mark: hiddenMark });
}

/** Safe to print inside one line. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

/** Safe to print below a heading: set in, so that no line of it can pass for a heading. */
export function indented(text: string, by = '  '): string {
  return plainText(text)
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');
}

/** JSON with every character that a terminal might obey or hide written as an escape; the value is the same. */
export function safeJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent) ?? 'null';
  return markHidden(json, { kind: 'code', mark: escapeUnits });
}

function escapeUnits(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;
let graphemes: Intl.Segmenter | undefined;

/** Made when it is needed: it takes 10 ms, and most of what is printed is ASCII. */
function graphemesOf(line: string): Intl.Segments {
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return graphemes.segment(line);
}

/** Columns that a line takes on a terminal. */
export function widthOf(line: string): number {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: plain ASCII needs no segmenter
  if (/^[\u0000-\u007f]*$/.test(line)) return line.length;
  let width = 0;
  for (const { segment } of graphemesOf(line)) width += wide.test(segment) ? 2 : 1;
  return width;
}

/** At most `columns` wide; what was cut is marked by an ellipsis. */
export function clip(line: string, columns: number): string {
  if (widthOf(line) <= columns) return line;
  let kept = '';
  let width = 1;
  for (const { segment } of graphemesOf(line)) {
    width += wide.test(segment) ? 2 : 1;
    if (width > columns) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** The same on as many lines as it takes, none wider than `columns`; broken between words, and within one that is too wide. */
export function wrapped(line: string, columns: number): string[] {
  if (widthOf(line) <= columns) return [line];
  const lines: string[] = [];
  let last = '';
  for (const word of line.split(' ')) {
    const longer = last === '' ? word : `${last} ${word}`;
    if (widthOf(longer) <= columns) {
      last = longer;
      continue;
    }
    if (last !== '') lines.push(last);
    const pieces = cutInto(word, columns);
    lines.push(...pieces.slice(0, -1));
    last = pieces.at(-1) ?? '';
  }
  return [...lines, last];
}

function cutInto(word: string, columns: number): string[] {
  if (widthOf(word) <= columns) return [word];
  const pieces = [''];
  let width = 0;
  for (const { segment } of graphemesOf(word)) {
    const more = wide.test(segment) ? 2 : 1;
    if (width > 0 && width + more > columns) {
      pieces.push('');
      width = 0;
    }
    width += more;
    pieces[pieces.length - 1] += segment;
  }
  return pieces;
}
