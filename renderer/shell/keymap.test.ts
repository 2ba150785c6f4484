import { expect, it } from 'vitest';
import { handleTerminalKey, isPasteKey } from '../features/terminals/terminal-keys.ts';
import { keymap } from './keymap.ts';

const chords = Object.values(keymap).map(({ keys }): string => keys);
const inTerminals = [keymap.leaveTerminal, keymap.nextTerminal, keymap.previousTerminal].map(
  ({ keys }): string => keys,
);

/** With Control on Linux and Windows, with Command on a Mac: what browsers or systems keep, or use themselves. */
const taken = [
  ...[...'NTWQPIJCKMBODARGVF'].map((letter) => `Mod+Shift+${letter}`),
  ...['Tab', 'Delete', 'Escape', 'Space', 'Enter'].map((key) => `Mod+Shift+${key}`),
];

it('no chord does two things', () => {
  expect(chords.filter((keys, at) => chords.indexOf(keys) !== at)).toEqual([]);
});

it.each(inTerminals)('%s is free in browsers and systems, and needs both modifiers', (keys) => {
  expect(keys).toMatch(/^Mod\+Shift\+/);
  expect(taken).not.toContain(keys);
});

it.each(inTerminals)('%s has no other use in a terminal', (keys) => {
  const done: string[] = [];
  const actions = {
    isAppKey: () => false,
    send: () => done.push('send'),
    copy: () => done.push('copy'),
    hasSelection: () => true,
    find: () => done.push('find'),
    zoom: () => done.push('zoom'),
    isScrolledUp: () => true,
    jumpToEnd: () => done.push('jump'),
  };
  for (const mac of [true, false]) {
    const press = { ctrlKey: !mac, metaKey: mac, shiftKey: true, altKey: false };
    const key = keys.split('+').at(-1) ?? '';
    const event = { ...press, key, type: 'keydown', isComposing: false, preventDefault() {} };
    handleTerminalKey(event as unknown as KeyboardEvent, actions, mac);
    if (isPasteKey(event as unknown as KeyboardEvent, mac)) done.push('paste');
  }
  expect(done).toEqual([]);
});
