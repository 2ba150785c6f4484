/** What text may be proposed as a file, whatever it says. Pure. */
import { proposalBytes } from '../../../preload/contract/proposals.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]|\r(?!\n)/;

/** Characters that nobody sees, or that turn the direction of reading around: a key may then look other than it is. */
const hidden = [
  /[\u00ad\u061c\u115f\u1160\u3164\uffa0]/,
  /[\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb]/,
  // Combining ones, each alone: selectors of variants, joiners and vowels that are drawn as nothing.
  /\u034f|\u17b4|\u17b5|[\u180b-\u180f]|[\ufe00-\ufe0f]/,
  /[\u{e0000}-\u{e0fff}]/u,
];

/** Why it cannot be proposed; undefined where it can. */
export function textProblem(text: string): string | undefined {
  if (!text.isWellFormed()) return 'it is no Unicode text';
  const bytes = utf8Bytes(text);
  if (bytes > proposalBytes) return `it has ${bytes} bytes, more than ${proposalBytes}`;
  const lines = text.split('\n');
  // Of the line before the break, a carriage return belongs to the break.
  const at = lines.findIndex((line, index) =>
    control.test(index < lines.length - 1 ? line.replace(/\r$/, '') : line),
  );
  return at === -1 ? undefined : `there is a control character in line ${at + 1}`;
}

export function hasHidden(text: string): boolean {
  return hidden.some((one) => one.test(text));
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
