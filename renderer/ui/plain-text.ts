/**
 * What agents write may hold characters that are invisible or that turn the reading direction around, so
 * that a text says something else than it shows. They are made visible here; nothing else is changed, and the
 * original stays what is sent, copied and stored.
 */

// Bidi embeddings, overrides and isolates; directional marks; zero width characters that join or hide words.
const invisible = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
// C0 but tab and newline, DEL, and C1: terminals act on them, people cannot see them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The text with control and direction-changing characters shown as visible marks. */
export function toPlainText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(control, markOfControl)
    .replace(invisible, markOfCodePoint);
}

/** The same on one line: runs of whitespace become one space. */
export function toPlainLine(text: string): string {
  return toPlainText(text).replace(/\s+/g, ' ').trim();
}

/** Unicode has a picture for each C0 character and DEL: ␛ for escape. */
function markOfControl(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : markOfCodePoint(character);
}

function markOfCodePoint(character: string): string {
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return `\u2039U+${code}\u203a`;
}
