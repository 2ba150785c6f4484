import type { Formatters } from './formatter.ts';
import { plainText } from './plain-text.ts';

export const terminalFormats = {
  'agent.type': () => 'Typed.',
  'agent.screen': ({ text }) => plainText(text).trimEnd(),
  'node.screen': ({ text }) => plainText(text).trimEnd(),
} satisfies Formatters;
