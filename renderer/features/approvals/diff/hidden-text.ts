/**
 * Makes visible what a reader of a diff would not see: control characters, marks that reorder text, blanks
 * without width. Each is shown by its name or its code point, so that code can never look other than it
 * is. Stricter than ui/plain-text.ts, which is for words: here every character is one that will be run.
 */

/** First and last code point of what is hidden. */
const hiddenRanges: ReadonlyArray<readonly [number, number]> = [
  // Controls, but tab and newline.
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
  [0x200b, 0x200c],
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

/** A zero width joiner is hidden too, except where it joins two emoji. */
const loneJoiner = '(?<!\\p{Extended_Pictographic}\\ufe0f?|[\\u{1f3fb}-\\u{1f3ff}])\\u200d';

const hidden = new RegExp(`[${hiddenRanges.map(toClass).join('')}]|${loneJoiner}`, 'gu');

/** Marks that reorder the text after them: the ones that make code look like other code. */
const reordering = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

export interface Revealed {
  readonly text: string;
  /** How many characters were made visible. */
  readonly count: number;
  readonly reorders: boolean;
}

export function revealHidden(text: string): Revealed {
  let count = 0;
  const shown = text.replace(hidden, (found) => {
    count += 1;
    return toMark(found);
  });
  return { text: shown, count, reorders: count > 0 && reordering.test(text) };
}

/**
 * The same for a section of a patch. Carriage returns before a newline are left alone when every line has
 * one: then they say nothing; where lines differ they are shown.
 */
export function revealInSection(text: string): Revealed {
  const bodyStart = text.indexOf('\n@@ ') + 1;
  if (bodyStart === 0 || !text.includes('\r')) return revealHidden(text);
  const [header, body] = [text.slice(0, bodyStart), text.slice(bodyStart)];
  if (!hasOnlyCarriageReturns(body)) return revealHidden(text);
  const revealed = revealHidden(body.replaceAll('\r\n', '\n'));
  return { ...revealed, text: header + revealed.text };
}

function toClass([first, last]: readonly [number, number]): string {
  return `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`;
}

const controlNames =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** ‹ESC› for escape, ‹U+202E› for a right-to-left override. */
function toMark(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `‹${controlNames[code] ?? `U+${code.toString(16).toUpperCase().padStart(4, '0')}`}›`;
}

function hasOnlyCarriageReturns(body: string): boolean {
  // A last line without newline has no carriage return either.
  return !/\n[-+ ](?:[^\n]*[^\r\n])?\n(?!\\)/.test(body);
}
