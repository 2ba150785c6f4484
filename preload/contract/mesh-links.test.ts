import { describe, expect, it } from 'vitest';
import { type MeshNode, meshOf, seenBy } from './mesh-links.ts';

const node = (
  n: number,
  peers: MeshNode['peers'],
  standing: MeshNode['standing'] = 'connected',
): MeshNode => ({ id: `n-${n}`, label: `box ${n}`, standing, peers });

describe('links between nodes', () => {
  it('are those that somebody says who is heard, each once', () => {
    const nodes = [
      node(1, { 'n-2': 'linked', 'n-3': 'away' }),
      node(2, { 'n-1': 'linked' }),
      node(3, { 'n-2': 'linked' }, 'disconnected'),
      node(4, { 'n-9': 'linked', 'n-3': 'linked' }),
    ];
    expect(meshOf(nodes)).toEqual([
      { from: 0, to: 1, look: 'whole' },
      { from: 0, to: 2, look: 'cut' },
      { from: 2, to: 3, look: 'whole' },
    ]);
    expect(seenBy('n-3', nodes)).toEqual(['box 4']);
    expect(seenBy('n-2', nodes)).toEqual(['box 1']);
  });

  it('are not missed with one that was stopped', () => {
    const stopped = [node(1, { 'n-2': 'away' }), node(2, {}, 'stopped')];
    expect(meshOf(stopped)).toEqual([]);
  });

  it('are none where nobody says so', () => {
    expect(meshOf([node(1, undefined), node(2, {})])).toEqual([]);
  });
});
