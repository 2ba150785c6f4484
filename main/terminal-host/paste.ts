/** Text as a person would paste it. */

const bracketStart = '\x1b[200~';
export const bracketEnd = '\x1b[201~';

/**
 * Control characters are taken out: they are keys to the program, and the end of the bracket is one of them, so
 * that text from elsewhere could leave the bracket and press Enter. Without a bracket a line end is an Enter.
 */
export function toPaste(text: string, isBracketed: boolean): string {
  const plain = text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are meant
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '');
  return isBracketed ? `${bracketStart}${plain}${bracketEnd}` : plain.replaceAll('\n', '\r');
}
