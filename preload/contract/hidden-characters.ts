/**
 * Characters that no reader sees: controls, marks that reorder a text, blanks without width, letters that are drawn as
 * nothing. With them a text says something else than it shows, and whole sentences can be hidden in it. One list for
 * pages and terminals; each shows them as marks, so that a name with one never looks like the name without. Pure.
 */

/** First and last code point. Tab and newline are not among them. */
const ranges: ReadonlyArray<readonly [number, number]> = [
  [0x00, 0x08],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  // Soft hyphen, joiners, fillers and vowels that are drawn as nothing.
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180f],
  [0x3164, 0x3164],
  [0xffa0, 0xffa0],
  // Blanks without width, marks of direction, separators of lines, operators that are drawn as nothing.
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  // Selectors of variants, but the one that emoji use.
  [0xfe00, 0xfe0e],
  [0xfeff, 0xfeff],
  [0xfff0, 0xfffb],
  [0x1d173, 0x1d17a],
  // Tags and more selectors: whole sentences can be written in them.
  [0xe0000, 0xe0fff],
];

const always = `[${ranges.map(toClass).join('')}]`;
/** A joiner is hidden, except where it joins two emoji. */
const loneJoiner = '(?<!\\p{Extended_Pictographic}\\ufe0f?|[\\u{1f3fb}-\\u{1f3ff}])\\u200d';
/** Between letters of these scripts both joiners are spelling: in words they stay, in code nothing is only spelling. */
const joining =
  'Arabic Syriac Mandaic Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Mongolian';
const spelt = `(?<![${joining.replace(/\w+/g, '\\p{Script=$&}').replaceAll(' ', '')}])`;

const sources = {
  code: `${always}|\\u200c|${loneJoiner}`,
  words: `${always}|${spelt}\\u200c|${spelt}${loneJoiner}`,
};
/** Made when one is needed: most texts are plain, and a command line wants to start at once. */
const patterns = new Map<string, RegExp>();
const plain = /^[\t\n\u0020-\u007e]*$/;

export interface HiddenOptions {
  /** Of code everything is marked, of words what their spelling does not need. */
  readonly kind: 'code' | 'words';
  readonly mark: (character: string) => string;
}

/** The text with each of them as its mark. */
export function markHidden(text: string, { kind, mark }: HiddenOptions): string {
  if (plain.test(text)) return text;
  const pattern = patterns.get(kind) ?? new RegExp(sources[kind], 'gu');
  patterns.set(kind, pattern);
  return text.replace(pattern, mark);
}

const controlNames =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** ‹ESC› for escape, ‹U+202E› for a right-to-left override: in letters that every font has. */
export function hiddenMark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `‹${controlNames[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
}

function toClass([first, last]: readonly [number, number]): string {
  return `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
}
