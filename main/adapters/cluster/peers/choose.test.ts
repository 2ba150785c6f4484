import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dialsOf, restMs, staysNew } from './choose.ts';

type Asking = Map<string, { isDialed: boolean }>;

const peer = (id: string, url = true) => ({
  ...{ label: id, key: 'k'.repeat(43) },
  ...(url && { url: `ws://127.0.0.1:${9_000 + Number(id.slice(2))}` }),
});

/** All ask whom they choose, until nobody asks any more; whoever has no room refuses. */
function net(count: number, most: number): Map<string, Asking> {
  const ids = Array.from({ length: count }, (_, at) => `n-${at + 1}`);
  const peers = new Map(ids.map((id) => [id, peer(id)]));
  const links = new Map(ids.map((id) => [id, new Map() as Asking]));
  for (let round = 0; round < count; round += 1)
    for (const [self, linked] of links) {
      const resting = new Set<string>();
      for (const id of dialsOf({ self, peers, linked, resting, most })) {
        const other = links.get(id);
        if (other === undefined || other.size >= most) continue;
        linked.set(id, { isDialed: true });
        other.set(self, { isDialed: false });
      }
    }
  return links;
}

function reached(links: Map<string, Asking>): number {
  const seen = new Set(['n-1']);
  for (const id of seen) for (const next of links.get(id)?.keys() ?? []) seen.add(next);
  return seen.size;
}

describe('whom a node asks', () => {
  it('leads to one net in which nobody has more links than it wants', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 30 }),
        fc.integer({ min: 2, max: 8 }),
        (count, most) => {
          const links = net(count, most);
          expect(reached(links)).toBe(count);
          for (const linked of links.values()) expect(linked.size).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  it('is none that lets nobody in, that rests, or that is linked, and not itself', () => {
    const ids = ['n-1', 'n-2', 'n-3', 'n-4', 'n-5'];
    const peers = new Map(ids.map((id) => [id, peer(id, id !== 'n-3')]));
    const linked = new Map([['n-4', { isDialed: false }]]);
    const resting = new Set(['n-5']);
    expect(dialsOf({ self: 'n-2', peers, linked, resting, most: 3 })).toEqual(['n-1']);
    expect(dialsOf({ self: 'n-2', peers, linked, resting, most: 0 })).toEqual([]);
  });

  it('is asked again later and later, and not by all at once', () => {
    expect([1, 2, 3, 9].map((tries) => restMs(tries, () => 1))).toEqual([
      1_000, 2_000, 4_000, 30_000,
    ]);
    expect(restMs(9, () => 0)).toBe(15_000);
  });
});

describe('of two links between the same two', () => {
  it('both keep the same one where each asked the other, and else the newer', () => {
    // As n-1 has it, then as n-2: the one that n-1 asked for stays.
    expect(staysNew('n-1', 'n-2', { before: true, now: false })).toBe(false);
    expect(staysNew('n-2', 'n-1', { before: false, now: true })).toBe(false);
    expect(staysNew('n-1', 'n-2', { before: false, now: true })).toBe(true);
    expect(staysNew('n-2', 'n-1', { before: true, now: false })).toBe(true);
    expect(staysNew('n-10', 'n-9', { before: true, now: false })).toBe(true);
    expect(staysNew('n-1', 'n-2', { before: true, now: true })).toBe(true);
  });
});
