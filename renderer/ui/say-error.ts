import { toPlainText } from './plain-text.ts';

export interface Said {
  readonly message: string;
  readonly mend: string;
}

/** What went wrong and what to do, as sentences of one line: what git or the system says ends without a stop. */
export function sayError({ message, mend }: Said): string {
  return `${asSentence(toPlainText(message))} ${toPlainText(mend)}`.trim();
}

/** With the stop that ends it. */
export function asSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
