import { expect, it } from 'vitest';
import { ContextPool, type ContextSeat } from './context-pool.ts';

interface Pane {
  readonly seat: ContextSeat;
  holds: boolean;
}

interface Page {
  readonly areSeen?: boolean;
  readonly isRefused?: () => boolean;
}

/** A page with as many panes, all in sight unless said otherwise. Throws when one context too many is held. */
function openPanes(count: number, max: number, page: Page = {}) {
  const { areSeen = true, isRefused = () => false } = page;
  const pool = new ContextPool(max);
  const panes: Pane[] = [];
  for (let index = 0; index < count; index++) panes.push(openPane(pool, { panes, max, isRefused }));
  if (areSeen) for (const { seat } of panes) seat.show(true);
  const holding = () => panes.flatMap(({ holds }, index) => (holds ? [index] : []));
  return { panes, holding, pane: (index: number) => panes[index] as Pane };
}

function openPane(
  pool: ContextPool,
  { panes, max, isRefused }: { panes: Pane[]; max: number; isRefused: () => boolean },
): Pane {
  const pane: Pane = {
    holds: false,
    seat: pool.join({
      grant() {
        if (panes.filter(({ holds }) => holds).length >= max) throw new Error('one too many');
        pane.holds = !isRefused();
        return pane.holds;
      },
      revoke() {
        pane.holds = false;
      },
    }),
  };
  return pane;
}

it('of more panes than contexts, the first that are seen hold one', () => {
  const { holding } = openPanes(36, 8);
  expect(holding()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it('a pane that is used takes the context of the one that was used longest ago', () => {
  const { holding, pane } = openPanes(5, 3);
  for (const index of [0, 1, 2]) pane(index).seat.use();
  pane(4).seat.use();
  expect(holding()).toEqual([1, 2, 4]);
  pane(0).seat.use();
  expect(holding()).toEqual([0, 2, 4]);
});

it('what is out of sight gives its context to one that waits, and does not get it back unused', () => {
  const { holding, pane } = openPanes(4, 2);
  pane(0).seat.show(false);
  expect(holding()).toEqual([1, 2]);
  pane(0).seat.show(true);
  expect(holding()).toEqual([1, 2]);
  pane(1).seat.leave();
  expect(holding()).toEqual([0, 2]);
});

it('one that the browser took is not granted to the next, and asked for again when the pane is used', () => {
  const { holding, pane } = openPanes(4, 2);
  pane(1).seat.lost();
  expect(holding()).toEqual([0]);
  pane(1).seat.use();
  expect(holding()).toEqual([0, 1]);
});

it('a browser that has none is asked once for each place', () => {
  let asked = 0;
  const isRefused = () => {
    asked++;
    return true;
  };
  const { holding, pane } = openPanes(20, 8, { isRefused });
  pane(19).seat.show(false);
  expect(holding()).toEqual([]);
  expect(asked).toBe(8);
});

it('panes that nobody sees hold none', () => {
  const { holding, pane } = openPanes(3, 8, { areSeen: false });
  pane(1).seat.use();
  expect(holding()).toEqual([]);
});
