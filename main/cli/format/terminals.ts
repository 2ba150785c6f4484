import type { Formatters } from './formatter.ts';
import { plainText } from './plain-text.ts';

export const terminalFormats = {
  'terminal.type': () => 'Typed.',
  'terminal.text': ({ text }) => plainText(text).trimEnd(),
} satisfies Formatters;
