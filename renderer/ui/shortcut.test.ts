import { expect, it } from 'vitest';
import { type KeyPress, matchesChord, toKeyCaps, toSequence } from './shortcut.ts';

function press(key: string, modifiers: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...modifiers };
}

it.each([
  ['Mod+K', press('k', { ctrlKey: true }), true],
  ['Mod+K', press('k', { metaKey: true }), false],
  ['Mod+K', press('k', { ctrlKey: true, shiftKey: true }), false],
  ['Mod+K', press('k'), false],
  ['?', press('?', { shiftKey: true }), true],
  ['j', press('j'), true],
  ['j', press('J', { shiftKey: true }), false],
  ['Shift+J', press('J', { shiftKey: true }), true],
  ['Enter', press('Enter', { ctrlKey: true }), false],
  ['Space', press(' '), true],
  ['<', press('<', { shiftKey: true }), true],
])('%s and %o match: %s', (chord, pressed, expected) => {
  expect(matchesChord(pressed, chord, false)).toBe(expected);
});

it('on a mac, Mod is Command', () => {
  expect(matchesChord(press('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
  expect(matchesChord(press('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
});

it('key caps follow the platform', () => {
  expect(toKeyCaps('Mod+K', true)).toEqual(['⌘', 'K']);
  expect(toKeyCaps('Mod+Enter', false)).toEqual(['Ctrl', '↵']);
  expect(toSequence('g i')).toEqual(['g', 'i']);
});
