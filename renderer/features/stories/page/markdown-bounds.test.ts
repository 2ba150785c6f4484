import { expect, it } from 'vitest';
import { isTooMuch } from './markdown-bounds.ts';

it.each<[string, string]>([
  ['opened and never closed', '![a'.repeat(5_000)],
  ['quotes in quotes', '>'.repeat(60_000)],
  ['quotes and lists in one another', '> - '.repeat(8)],
  ['lists in lists', `${' '.repeat(60)}- a`],
  ['a table of thousands of columns', '|a'.repeat(5_000)],
])('what would hold the page is not read as markdown: %s', (_what, text) => {
  expect(isTooMuch(text)).toBe(true);
});

it('a long text as people write it is', () => {
  const paragraph =
    '## Why\n\nIt *has* to be [told](https://a.b) in `code`.\n\n- one\n  - two\n\n> said\n';
  expect(isTooMuch(paragraph.repeat(250))).toBe(false);
});
