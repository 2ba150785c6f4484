import { expect, it } from 'vitest';
import { markdownLines } from './markdown.ts';

it.each([
  ['plain words, snake_case and a -> b', ['plain words, snake_case and a -> b']],
  ['run `npm test` with *all*', ['run \\`npm test\\` with \\*all\\*']],
  ['--> <!-- <b>', ['\\--> &lt;!-- &lt;b>']],
  ['[x](javascript:1) ![y](z)', ['\\[x\\](javascript:1) !\\[y\\](z)']],
  ['# h\n- i\n1. j\n> k\n===', ['\\# h', '\\- i', '1\\. j', '\\> k', '\\===']],
  ['a _b_ c ~d~ $e$ &lt; f|g', ['a \\_b\\_ c \\~d\\~ \\$e\\$ \\&lt; f\\|g']],
  ['one\r\n\n\n  two \u202e\u0007\\', ['one', '  two \\\\']],
  ['\u200b\n', ['']],
])('%j', (text, lines) => expect(markdownLines(text)).toEqual(lines));
