/**
 * Makes visible what a reader of a diff would not see: control characters, marks that reorder text, blanks
 * without width. Each is shown by its name or its code point, so that code can never look other than it
 * is. Stricter than ui/plain-text.ts, which is for words: here every character is one that will be run.
 */
import { hiddenMark, markHidden } from '../../../../preload/contract/hidden-characters.ts';

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
  const mark = (found: string) => {
    count += 1;
    return hiddenMark(found);
  };
  const shown = markHidden(text, { kind: 'code', mark });
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

function hasOnlyCarriageReturns(body: string): boolean {
  // A last line without newline has no carriage return either.
  return !/\n[-+ ](?:[^\n]*[^\r\n])?\n(?!\\)/.test(body);
}
