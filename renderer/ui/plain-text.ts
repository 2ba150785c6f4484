/**
 * What agents write may hold characters that are invisible or that turn the reading direction around, so
 * that a text says something else than it shows. They are made visible here; nothing else is changed, and the
 * original stays what is sent, copied and stored.
 */
import { hiddenMark, markHidden } from '../../preload/contract/hidden-characters.ts';

/** The text with every character that nobody would see shown as a mark. */
export function toPlainText(text: string): string {
  return markHidden(text.replace(/\r\n/g, '\n'), { kind: 'words', mark: hiddenMark });
}

/** More is not looked at, and would make a name of a megabyte cost a second. */
const maxLineChars = 4_000;

/** The same on one line: runs of whitespace become one space. What is longer than any line is cut. */
export function toPlainLine(text: string): string {
  const line = toPlainText(text.slice(0, maxLineChars)).replace(/\s+/g, ' ').trim();
  return text.length > maxLineChars ? `${line}…` : line;
}
