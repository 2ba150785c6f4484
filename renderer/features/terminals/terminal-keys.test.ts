import { expect, it } from 'vitest';
import { handleTerminalKey, isPasteKey } from './terminal-keys.ts';

const modifiers: Record<string, string> = {
  Shift: 'shiftKey',
  Ctrl: 'ctrlKey',
  Cmd: 'metaKey',
  Alt: 'altKey',
};

it.each([
  ['a', false, 'program'],
  ['Enter', false, 'program'],
  ['Escape', false, 'program'],
  ['Shift+Enter', false, 'send "\\u001b\\r"'],
  ['Shift+Enter', true, 'send "\\u001b\\r"'],
  ['Ctrl+Enter', false, 'program'],
  ['Ctrl+c', false, 'program'],
  ['Ctrl+Shift+C', false, 'copy'],
  ['Cmd+c', true, 'copy'],
  ['Ctrl+c', true, 'program'],
  ['Ctrl+Shift+F', false, 'find'],
  ['Cmd+Shift+f', true, 'find'],
  ['Ctrl+f', false, 'program'],
  ['Ctrl+=', false, 'zoom 1'],
  ['Ctrl++', false, 'zoom 1'],
  ['Cmd+-', true, 'zoom -1'],
  ['Ctrl+0', false, 'zoom 0'],
  ['Ctrl+Alt+0', false, 'program'],
  ['Ctrl+k', false, 'app'],
])('%s (on a Mac: %s) goes to: %s', (chord, isMac, expected) => {
  expect(whoGets(press(chord), isMac)).toBe(expected);
});

it('while an input method composes, every key is its own', () => {
  expect(whoGets({ ...press('Ctrl+k'), isComposing: true }, false)).toBe('program');
});

it('the key that begins a composition is its own, too', () => {
  expect(whoGets({ ...press('Ctrl+k'), keyCode: 229 }, false)).toBe('program');
});

it('the key to the end is the program’s while the end is shown', () => {
  expect(whoGets(press('Shift+End'), false)).toBe('program');
  expect(whoGets(press('Shift+End'), false, true)).toBe('jump');
});

it('an action runs once for a key that is pressed and let go', () => {
  expect(whoGets({ ...press('Ctrl+Shift+C'), type: 'keyup' }, false)).toBe('nobody');
});

it.each([
  ['Ctrl+Shift+V', false, true],
  ['Ctrl+v', false, false],
  ['Cmd+v', true, true],
  ['Ctrl+v', true, false],
])('%s (on a Mac: %s) pastes: %s', (chord, isMac, expected) => {
  expect(isPasteKey(press(chord), isMac)).toBe(expected);
});

function press(chord: string): KeyboardEvent {
  const [key, ...names] = chord.split(/\+(?!$)/).reverse();
  const flags = Object.fromEntries(names.map((name) => [modifiers[name], true]));
  const none = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };
  const event = {
    type: 'keydown',
    key,
    isComposing: false,
    ...none,
    ...flags,
    preventDefault() {},
  };
  return event as unknown as KeyboardEvent;
}

function whoGets(event: KeyboardEvent, isMac: boolean, isScrolledUp = false): string {
  const done: string[] = [];
  const isAppKey = ({ key }: KeyboardEvent) => key === 'k' && done.push('app') > 0;
  const goesOn = handleTerminalKey(
    event,
    {
      isAppKey,
      send: (data) => done.push(`send ${JSON.stringify(data)}`),
      copy: () => done.push('copy'),
      hasSelection: () => true,
      find: () => done.push('find'),
      zoom: (by) => done.push(`zoom ${by}`),
      isScrolledUp: () => isScrolledUp,
      jumpToEnd: () => done.push('jump'),
    },
    isMac,
  );
  return goesOn ? ['program', ...done].join() : done.join() || 'nobody';
}
