import { expect, it } from 'vitest';
import { afterUse, scoreOf, toSections } from './palette-order.ts';
import type { PaletteCommand } from './view.ts';

function command(id: string, section: string): PaletteCommand {
  return { id, section, title: id, run: () => {} };
}

const all = [
  command('go-inbox', 'Go to'),
  command('stop-a', 'Agents'),
  command('go-agents', 'Go to'),
];

function ids(recent: readonly string[]): Array<[string, string[]]> {
  return toSections(all, recent).map(({ title, commands }) => [
    title,
    commands.map(({ id }) => id),
  ]);
}

it('without a past, sections stand in the order they came', () => {
  expect(ids([])).toEqual([
    ['Go to', ['go-inbox', 'go-agents']],
    ['Agents', ['stop-a']],
  ]);
});

it('recent ones come first, once, and forgotten ones are left out', () => {
  expect(ids(['stop-a', 'gone'])).toEqual([
    ['Recent', ['stop-a']],
    ['Go to', ['go-inbox', 'go-agents']],
  ]);
});

it('the newest used is first and the list is bounded', () => {
  expect(afterUse(['a', 'b'], 'b')).toEqual(['b', 'a']);
  expect(
    afterUse(
      Array.from({ length: 30 }, (_, at) => `c${at}`),
      'x',
    ),
  ).toHaveLength(20);
});

it('every word typed must stand in the title or the keywords, and the title counts more', () => {
  const scores = ['go to', 'go inbox', 'waiting', 'goto', ''].map((typed) =>
    scoreOf('Go to Inbox', typed, ['waiting']),
  );
  expect(scores).toEqual([1, 0.8, 0.4, 0, 1]);
});
