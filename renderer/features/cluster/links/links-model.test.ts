import { describe, expect, it } from 'vitest';
import {
  nodeStandingNames,
  type NodeStanding,
} from '../../../../preload/contract/node-standing.ts';
import { type LinkedNode, type LinkRow, pictureOf, rendezvousLine } from './links-model.ts';
import { peerRows } from './peer-rows.ts';

const sayTime = (atMs: number) => `#${atMs}`;
const node = (n: number, standing: NodeStanding, isLinked = false): LinkedNode => ({
  ...{ id: `n-${n}`, label: `box ${n}`, standing, isLinked, seenMs: n * 10 },
});
const said = ({ look, name, words }: LinkRow) => `${look}: ${name}, ${words}`;

describe('the links', () => {
  const looks: Readonly<Record<NodeStanding, string | undefined>> = {
    connected: 'whole: box 1, connected',
    draining: 'whole: box 1, connected, being stopped',
    disconnected: 'cut: box 1, cut off since #10',
    lost: 'cut: box 1, cut off since #10',
    stopped: 'rests: box 1, stopped since #10',
    unheard: 'unknown: box 1, not heard yet',
    revoked: undefined,
  };
  it.each(nodeStandingNames)('of a node that is %s', (standing) => {
    expect(pictureOf([node(1, standing)], sayTime).rows.map(said)[0]).toBe(looks[standing]);
  });

  it('say of one that is linked and not heard that it is silent', () => {
    expect(pictureOf([node(1, 'lost', true)], sayTime).rows.map(said)).toEqual([
      'cut: box 1, silent since #10',
    ]);
  });

  it('are drawn each while they are few, and by how they stand when they are many', () => {
    const few = Array.from({ length: 8 }, (_, at) => node(at + 1, 'connected'));
    expect(pictureOf(few, sayTime)).toMatchObject({ isGrouped: false, rows: { length: 8 } });
    const many = Array.from({ length: 100 }, (_, at) =>
      node(at + 1, at < 90 ? 'connected' : at < 98 ? 'lost' : 'unheard'),
    );
    const { isGrouped, rows, summary } = pictureOf(many, sayTime);
    expect(isGrouped).toBe(true);
    expect(rows.map(said)).toEqual([
      'whole: 90 connected, box 1, box 2, box 3, box 4, box 5, box 6 and 84 more',
      'cut: 8 cut off, box 98 since #980, box 97 since #970, box 96 since #960 and 5 more',
      'unknown: 2 not heard yet, box 99, box 100',
    ]);
    expect(summary).toMatch(/^90 of 100 nodes are connected .* Not: .*; and 2 more\.$/);
    expect(pictureOf([node(1, 'connected')], sayTime).summary).toBe(
      '1 of 1 node is connected with this Musher.',
    );
  });
});

it('of one that is cut off say who can see it', () => {
  const seen = { ...node(1, 'lost'), seenBy: ['box 2', 'box 3'] };
  expect(pictureOf([seen], sayTime).rows.map(said)).toEqual([
    'cut: box 1, cut off since #10, but box 2 and box 3 can see it',
  ]);
});

it('as a node are also those with other nodes', () => {
  const peers = {
    'n-2': { label: 'cellar', state: 'linked' },
    'n-3': { label: 'barn', state: 'away' },
  } as const;
  expect(peerRows(peers).map(said)).toEqual([
    'whole: cellar, another node, linked',
    'cut: barn, another node, cannot be reached',
  ]);
  expect(peerRows(undefined)).toEqual([]);
});

it('a rendezvous that does not answer is cut off since then', () => {
  expect(rendezvousLine({ state: 'offline', sinceMs: 7 }, sayTime)).toEqual({
    ...{ look: 'cut', words: 'cut off since #7' },
  });
});
