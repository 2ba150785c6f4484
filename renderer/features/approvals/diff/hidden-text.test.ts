import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { revealHidden, revealInSection } from './hidden-text.ts';
import { splitPatch } from './patch-section.ts';

const fixture = (name: string): string[] =>
  splitPatch(
    readFileSync(new URL(`../../../../test/fixtures/patches/${name}`, import.meta.url), 'utf8'),
  );

it.each([
  ['plain text\twith tab\n', 'plain text\twith tab\n', 0, false],
  ['a\u202eb\u2066c', 'a‹U+202E›b‹U+2066›c', 2, true],
  ['zero\u200bwidth', 'zero‹U+200B›width', 1, false],
  ['\u001b[31m', '‹ESC›[31m', 1, false],
  ['\u{e0041}', '‹U+E0041›', 1, false],
  ['👩\u200d💻 ❤\ufe0f', '👩\u200d💻 ❤\ufe0f', 0, false],
  ['👩🏽\u200d💻', '👩🏽\u200d💻', 0, false],
  ['a\u200db', 'a‹U+200D›b', 1, false],
  ['שלום', 'שלום', 0, false],
])('%j is shown as %j', (text, shown, ...found) => {
  const { text: seen, count, reorders } = revealHidden(text);
  expect([seen, count, reorders]).toEqual([shown, ...found]);
});

it('git’s own patch with hidden characters shows each of them', () => {
  const [auth, readme] = fixture('hidden.patch').map(revealInSection);
  expect(auth).toMatchObject({ count: 4, reorders: true });
  expect(auth?.text).toContain("'user‹U+202E› ‹U+2066›// only admins‹U+2069› ‹U+2066›'");
  expect(readme?.text).toContain('Hel‹U+200B›lo‹U+00AD›‹ESC›[31m ‹BEL› ‹U+E0041›‹U+E0042›');
});

it('a file with carriage returns on every line is shown without them', () => {
  const section = fixture('kinds.patch').find((text) => text.includes('b/windows.bat'));
  const revealed = revealInSection(section ?? '');
  expect(revealed.count).toBe(0);
  expect(revealed.text).not.toContain('\r');
});

it('where only some lines have one, each is shown', () => {
  const section = fixture('kinds.patch').find((text) => text.includes('b/mixed.txt'));
  const revealed = revealInSection(section ?? '');
  expect(revealed.text).toContain('-one‹CR›\n');
  expect(revealed.text).toContain('+one\n');
});

it('a last line without newline does not make its file mixed', () => {
  const text = '+++ b/a\n@@ -1 +1,2 @@\n-a\r\n+b\r\n+c\n\\ No newline at end of file\n';
  expect(revealInSection(text)).toMatchObject({ count: 0 });
});
