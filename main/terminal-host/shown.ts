/** Whether pasted text has come to the screen: what a program shows of it, it has read. Pure. */

/** How much of its end is looked for: the frame of an input may cut what is before. */
const tailLength = 24;
/** How begins what CLIs put in the place of a long one: `[Pasted text #1 +12 lines]`, `[Paste #1 - 13 lines]`. */
const standIn = '[paste';

/** Given the screen before, true for a screen that has it once more. Of nothing, nothing has to come. */
export function comesToScreen(text: string, before: string): (screen: string) => boolean {
  const tail = bare(text).slice(-tailLength);
  if (tail === '') return () => true;
  const counted = count(before, tail);
  const replaced = count(before, standIn);
  return (screen) => count(screen, tail) > counted || count(screen, standIn) > replaced;
}

/** Screens wrap, pad and frame; letters stay. */
function bare(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what a paste leaves out
  return text.replace(/[\s\x00-\x1f\x7f-\x9f│┃║|]+/g, '').toLowerCase();
}

function count(screen: string, words: string): number {
  return bare(screen).split(words).length - 1;
}
