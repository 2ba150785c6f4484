import { expect, it } from 'vitest';
import { stepsOf } from './tour-steps.ts';
import { placeCard } from './place-card.ts';

const card = { width: 360, height: 180 };
const window = { width: 1000, height: 700 };

it.each([
  ['below it', { left: 300, top: 40, width: 300, height: 40 }, { left: 300, top: 92 }],
  ['right of it', { left: 44, top: 40, width: 300, height: 620 }, { left: 356, top: 40 }],
  ['left of it', { left: 600, top: 40, width: 390, height: 620 }, { left: 228, top: 40 }],
  ['above it', { left: 44, top: 600, width: 950, height: 60 }, { left: 44, top: 408 }],
  ['in a corner over what fills all', { left: 44, top: 0, width: 956, height: 676 }, undefined],
  ['in a corner where there is none', undefined, undefined],
])('the card stands %s', (_where, anchor, spot) => {
  expect(placeCard(anchor, card, window)).toEqual(spot ?? { left: 616, top: 472 });
});

it('stays within a window that is smaller than itself', () => {
  const small = { width: 320, height: 150 };
  const { left, top } = placeCard({ left: 0, top: 0, width: 320, height: 20 }, card, small);
  expect([left, top]).toEqual([12, 12]);
});

it('steps stand in the order of the views that have one', () => {
  const view = (id: string, tour?: { text: string; anchors: [] }) =>
    ({ id, title: id.toUpperCase(), shortcut: id, ...(tour && { tour }) }) as never;
  expect(
    stepsOf([
      view('a', { text: 'A.', anchors: [] }),
      view('b'),
      view('c', { text: 'C.', anchors: [] }),
    ]),
  ).toEqual([
    { text: 'A.', anchors: [], view: 'a', title: 'A', viewKeys: 'g a' },
    { text: 'C.', anchors: [], view: 'c', title: 'C', viewKeys: 'g c' },
  ]);
});
