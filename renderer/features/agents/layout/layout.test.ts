import { expect, it } from 'vitest';
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { fitsFilter, nextInNeed, placesOf, sectionOf, toSections } from './agent-sections.ts';
import { jumpBy, labelsFor } from './jump-labels.ts';
import { tailOf } from './screen-tail.ts';
import { type Places, settlePlaces } from './settle-places.ts';
import {
  besideOf,
  defaultLayout,
  layoutOf,
  type StoredLayouts,
  withLayout,
} from './stored-layout.ts';

function agent(id: string, over: Partial<AgentRecord> = {}): AgentRecord {
  return {
    ...{ id, profile: 'shell', branch: `agent/${id}`, state: 'running', stateSinceMs: 0 },
    ...{ session: 1, liveness: 'active', createdMs: 0 },
    status: { value: 'working', source: 'report', sinceMs: 0 },
    ...over,
  };
}

const says = (
  value: AgentRecord['status']['value'],
  source: AgentRecord['status']['source'] = 'report',
): Partial<AgentRecord> => ({ status: { value, source, sinceMs: 0 } });

it.each([
  ['working', {}, 0, 'working'],
  ['working with a question open', {}, 1, 'needs'],
  ['blocked', says('blocked'), 0, 'needs'],
  ['waiting by its own word', says('waiting'), 0, 'needs'],
  ['waiting for another agent’s answer', says('waiting', 'question'), 0, 'idle'],
  ['done', says('done'), 0, 'idle'],
  ['silent', { ...says('unknown', 'none'), liveness: 'idle' }, 0, 'idle'],
  ['speechless, with output', says('unknown', 'none'), 0, 'working'],
  ['starting', { state: 'starting', ...says('unknown', 'none') }, 0, 'working'],
  ['stopped with a question open', { state: 'stopped' }, 1, 'stopped'],
] as const)('one that is %s', (...[, over, waiting, section]) => {
  expect(sectionOf(agent('a', over as Partial<AgentRecord>), waiting)).toBe(section);
});

it('a filter finds by name, branch, status word and section, each word of it', () => {
  const fits = (filter: string) => fitsFilter(agent('backend', says('done')), 0, filter);
  expect(['back', 'AGENT/b', 'done', 'idle back', ''].map(fits)).toEqual(Array(5).fill(true));
  expect(['front', 'back working'].map(fits)).toEqual([false, false]);
});

const places = (text: string): Places =>
  new Map(text.split(' ').map((pair) => pair.split(':') as [string, 'needs' | 'working']));

function settle(...[before, wanted, held, isQuiet]: [string, string, string[], boolean]): string {
  const next = settlePlaces({
    ...{ before: places(before), wanted: places(wanted), held: new Set(held), isQuiet },
  });
  return [...next].map((pair) => pair.join(':')).join(' ');
}

const working = 'a:working b:working c:working';

it('while somebody moves in the view, nobody changes place', () => {
  expect(settle(working, 'a:needs b:working c:working', [], false)).toBe(working);
});

it('in a quiet moment they do', () => {
  expect(settle(working, 'a:needs b:working c:idle', [], true)).toBe('a:needs b:working c:idle');
});

it('what is held stays, and so do those before it, whose going would shift it; those after it go', () => {
  expect(settle(working, 'a:needs b:needs c:needs', ['b'], true)).toBe(
    'a:working b:working c:needs',
  );
});

it('new ones have their place and pins are followed at once', () => {
  expect(settle('a:working b:pinned', 'a:pinned b:working c:idle', ['a'], false)).toBe(
    'a:pinned b:working c:idle',
  );
});

it('sections come and go as a whole, in a quiet moment', () => {
  const [few, many] = ['a:all b:all', 'a:needs b:working'];
  expect(settle(few, many, ['a'], false)).toBe(few);
  expect(settle(few, many, ['a'], true)).toBe(many);
  expect(settle(few, 'a:stopped b:all', ['a'], true)).toBe(few);
});

it('few have no sections, whoever stopped and is pinned aside; more have', () => {
  const team = (count: number) => Array.from({ length: count }, (_, at) => agent(`a${at}`));
  const stopped = agent('s', { state: 'stopped' });
  const places = (agents: AgentRecord[]) =>
    [...placesOf({ agents, waiting: new Map([['a1', 1]]), pins: ['a0'] }).values()].slice(0, 3);
  expect(places([...team(2), stopped])).toEqual(['pinned', 'all', 'stopped']);
  expect(places(team(6))).toEqual(['pinned', 'all', 'all']);
  expect(places([...team(7), stopped])).toEqual(['pinned', 'needs', 'working']);
});

it('a map in which nothing moves is the same one', () => {
  const before = places(working);
  const change = { before, wanted: places(working), held: new Set<string>(), isQuiet: true };
  expect(settlePlaces(change)).toBe(before);
});

it('sections stand in their order, and agents in the order they were added', () => {
  const [late, early] = [agent('late', { createdMs: 9 }), agent('early')];
  const sections = toSections([late, early, agent('c')], places('early:idle late:idle c:needs'));
  expect(sections.map(({ id, agents }) => [id, agents.map((one) => one.id)])).toEqual([
    ['needs', ['c']],
    ['idle', ['early', 'late']],
  ]);
});

it('the next in need is looked for around the ends, the one it starts from last', () => {
  const order = ['a', 'b', 'c'].map((id) => agent(id));
  const next = (from: string, inNeed: string[]) =>
    nextInNeed(order, from, ({ id }) => inNeed.includes(id))?.id;
  expect([next('a', ['a', 'c']), next('c', ['a', 'c']), next('b', ['b']), next('a', [])]).toEqual([
    'c',
    'a',
    'b',
    undefined,
  ]);
});

it.each([3, 26, 27, 60])(
  'no label of %i is the beginning of another, and each leads home',
  (count) => {
    const ids = Array.from({ length: count }, (_, at) => `agent-${at}`);
    const labels = labelsFor(ids);
    expect(new Set(labels.values()).size).toBe(count);
    for (const [id, label] of labels) {
      if (label.length > 1) expect(jumpBy(labels, label.charAt(0)).kind).toBe('more');
      expect(jumpBy(labels, label)).toEqual({ kind: 'to', id });
    }
    expect(jumpBy(labels, '!')).toEqual({ kind: 'none' });
  },
);

it('the end of a screen is its last lines with words in them, without frames, nothing hidden', () => {
  const screen = 'one\n\n╭────╮\n│ two │\n╰────╯\n\u001b[31mthree\n   \n';
  expect(tailOf(screen, 2)).toEqual(['two', '‹ESC›[31mthree']);
});

it('each repository has a layout of its own, the one used last first, bounded', () => {
  let stored: StoredLayouts = [];
  expect(layoutOf(stored, 'a')).toBe(defaultLayout);
  stored = withLayout(stored, 'a', { density: 'list', filter: 'x'.repeat(300) });
  stored = withLayout(stored, 'b', { pins: Array.from({ length: 150 }, (_, at) => `p${at}`) });
  expect(stored.map(({ project }) => project)).toEqual(['b', 'a']);
  expect(layoutOf(stored, 'a')).toMatchObject({ density: 'list', filter: 'x'.repeat(100) });
  expect(layoutOf(stored, 'b').pins.at(0)).toBe('p50');
  for (let at = 0; at < 20; at += 1) stored = withLayout(stored, `c${at}`, {});
  expect(stored).toHaveLength(12);
});

it('one more comes last beside the others, once, and the first of four gives way', () => {
  expect(besideOf([], 'a')).toEqual(['a']);
  expect(besideOf(['a', 'b'], 'a')).toEqual(['b', 'a']);
  expect(besideOf(['a', 'b', 'c', 'd'], 'e')).toEqual(['b', 'c', 'd', 'e']);
});
