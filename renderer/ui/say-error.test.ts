import { expect, it } from 'vitest';
import { sayError } from './say-error.ts';

it.each([
  ['git status failed: index corrupt', 'Mend it.', 'git status failed: index corrupt. Mend it.'],
  ['It is gone.', 'Start it.', 'It is gone. Start it.'],
  ['Is it there?', '', 'Is it there?'],
  ['a \u202e name', 'Mend it.', 'a ‹U+202E› name. Mend it.'],
])('%s and what to do are sentences', (message, mend, said) => {
  expect(sayError({ message, mend })).toBe(said);
});
