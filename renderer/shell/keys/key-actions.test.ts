import { expect, it } from 'vitest';
import { keysIn } from '../../ui/key-scope.tsx';
import { conflictsOf, type KeyAction, toGroup, toTable } from './key-actions.ts';
import { sortChoices, toChord, whyNot } from './key-rules.ts';

const groups = [
  toGroup('app', 'Everywhere', [
    { name: 'palette', keys: 'Mod+K', label: 'Command palette' },
    { name: 'go-review', keys: 'g r', label: 'Review' },
  ]),
  toGroup('review', 'Review', [
    { name: 'approve', keys: 'a', label: 'Approve' },
    { name: 'deny', keys: 'd', label: 'Deny' },
    { keys: 'Escape', label: 'Back' },
  ]),
  toGroup('inbox', 'Inbox', [
    { name: 'accept', keys: 'a', label: 'Review' },
    { name: 'accept', keys: 'a', label: 'Apply' },
  ]),
];
const action = (name: string) =>
  groups.flatMap(({ actions }) => actions).find((one) => one.name === name) as KeyAction;

it('what one key does by what is selected is one action', () => {
  expect(groups[2]?.actions).toEqual([
    { name: 'inbox.accept', scope: 'inbox', keys: 'a', label: 'Review. Apply' },
  ]);
});

it('a key is another in its own part of the page alone, and two may change places', () => {
  const table = toTable(groups, { 'review.approve': 'd', 'review.deny': 'a', 'app.palette': 'F2' });
  const keys = (scope: string) => ['a', 'd', 'Mod+K', 'x'].map((one) => keysIn(table, scope, one));
  expect(keys('review')).toEqual(['d', 'a', 'F2', 'x']);
  expect(keys('inbox')).toEqual(['a', 'd', 'F2', 'x']);
});

it('what cannot be is told with the reason, and not used', () => {
  const choices = { 'review.aprove': 'y', 'review.deny': 'n', 'review.approve': 'Mod+T' };
  const { good, refused } = sortChoices(groups, choices);
  expect(good).toEqual({ 'review.deny': 'n' });
  expect(refused).toEqual([
    'review.aprove = "y": there is nothing of that name.',
    'review.approve = "Mod+T": Browsers keep it for their own windows and tabs.',
  ]);
});

it.each([
  ['review.approve', 'd', ['review.deny']],
  ['review.approve', 'g r', ['app.go-review']],
  ['review.approve', 'g', ['app.go-review']],
  ['app.go-review', 'a', ['review.approve', 'inbox.accept']],
  ['inbox.accept', 'd', []],
  ['review.deny', 'Mod+k', ['app.palette']],
  ['review.approve', 'a', []],
])('%s on %j is in the way of %j', (name, keys, expected) => {
  const found = conflictsOf(action(name), keys, { groups, choices: {} });
  expect(found.map((one) => one.name)).toEqual(expected);
});

it('what was moved away is in nobody’s way', () => {
  const choices = { 'review.deny': 'x' };
  expect(conflictsOf(action('review.approve'), 'd', { groups, choices })).toEqual([]);
});

it.each([
  ['a', 'y', undefined],
  ['a', 'g y', undefined],
  ['a', 'Mod+T', /Browsers/],
  ['a', 'Mod+Shift+N', /Browsers/],
  ['a', 'Mod+c', /copied/],
  ['a', 'Alt+F4', /system/],
  ['a', 'Escape', /dialogs/],
  ['a', 'Tab', /dialogs/],
  ['a', 'a b c', /no key/],
  ['a', 'g Mod+Y', /none is held|undone/],
  ['Mod+K', 'y', /while you type/],
  ['Mod+K', 'g y', /while you type/],
  ['Mod+K', 'F2', undefined],
  ['Mod+K', 'Mod+J', undefined],
  ['Mod+Shift+L', 'Mod+J', /terminals/],
  ['Mod+Shift+L', 'Mod+Shift+ArrowUp', undefined],
])('from %j to %j: %s', (keys, wanted, expected) => {
  const reason = whyNot(wanted, { keys });
  if (expected === undefined) expect(reason).toBeUndefined();
  else expect(reason).toMatch(expected);
});

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

it.each([
  [{ key: 'a' }, 'a'],
  [{ key: 'A', shiftKey: true }, 'Shift+a'],
  [{ key: 'k', ctrlKey: true }, 'Mod+K'],
  [{ key: 'P', ctrlKey: true, shiftKey: true }, 'Mod+Shift+P'],
  [{ key: '?', shiftKey: true }, '?'],
  [{ key: ' ' }, 'Space'],
  [{ key: 'ArrowUp', altKey: true }, 'Alt+ArrowUp'],
  [{ key: 'Shift', shiftKey: true }, undefined],
  [{ key: 'Dead' }, undefined],
])('%j is written %s', (press, expected) => {
  expect(toChord({ ...none, ...press }, false)).toBe(expected);
});
