/**
 * What is too much for a reader of markdown: it looks back for the other end of each mark, and draws one thing in the other, so
 * that a text of 64 KiB that was made for it would hold the page for half a minute. Nobody writes such by hand. Pure.
 */

const most = { marks: 2_000, nested: 12, indented: 48 } as const;

const marks = /[[\]*_~`!<&|>]/g;
/** Quotes and lists in one another, on one line. */
const nested = new RegExp(`^(?:[ \\t]*(?:>|[-*+]|\\d{1,9}[.)])){${most.nested}}`, 'm');
/** The same by indentation. */
const indented = new RegExp(`^[ \\t]{${most.indented},}(?:>|[-*+]|\\d{1,9}[.)])`, 'm');

export function isTooMuch(text: string): boolean {
  return nested.test(text) || indented.test(text) || (text.match(marks)?.length ?? 0) > most.marks;
}
