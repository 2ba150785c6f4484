import { expect, it } from 'vitest';
import { partsOfInput } from './permission-input.ts';

it.each([
  [
    '{"description":"run them","command":"npm test"}',
    ['command: npm test', 'description: run them'],
  ],
  ['{"old_string":"a\\nb","file_path":"x.ts"}', ['file_path: x.ts', 'old_string: a\nb']],
  ['{"edits":[1]}', ['edits: [\n  1\n]']],
  ['{"__proto__":"x","a":null}', ['__proto__: x', 'a: null']],
  ['{}', [': {}']],
  ['[1]', [': [1]']],
  ['no json', [': no json']],
])('%s', (input, shown) => {
  expect(partsOfInput(input).map(({ name, text }) => `${name}: ${text}`)).toEqual(shown);
});
