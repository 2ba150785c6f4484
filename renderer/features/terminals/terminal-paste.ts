/**
 * Text from the clipboard without control characters. They are keys to the program: one of them ends the bracket
 * that marks a paste, and what follows it would be typed, Enter included.
 */
export function toPlainPaste(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
  return text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
}

/** What is selected as text: programs fill their lines up with blanks that nobody wants to paste. */
export function toCopiedText(selection: string): string {
  return selection.replace(/[ \t\u00a0]+$/gm, '');
}

/** The address of a link that may be opened, or undefined: output is not to be trusted with other schemes. */
export function toOpenable(uri: string): string | undefined {
  if (!URL.canParse(uri)) return undefined;
  const { protocol, href } = new URL(uri);
  return protocol === 'http:' || protocol === 'https:' ? href : undefined;
}
