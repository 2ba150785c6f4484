import { describe, expect, it } from 'vitest';
import type { NodeLink, NodeSelf } from './cluster-facts.ts';
import { lostAfterMs } from './cluster-facts.ts';
import { joinCommands } from './say-join.ts';
import type { NodeStanding } from './node-standing.ts';
import { sayLoad, saySkew, standingOf } from './say-node.ts';

const nowMs = 1_000_000;
const self: NodeSelf = {
  ...{ version: '1.0.0', host: 'attic', platform: 'linux-x64', cpus: 8, load: 0.4 },
  ...{ agents: 2, beat: 7, atMs: nowMs, isDraining: false },
};
const link = (some: Partial<NodeLink>): NodeLink => ({
  ...{ isConnected: true, seenMs: nowMs - 3_000, skewMs: 0, self },
  ...some,
});
const drained = { ...self, isDraining: true };

describe('how a node stands', () => {
  it.each<[NodeStanding, NodeLink | undefined]>([
    ['connected', link({})],
    ['connected', link({ seenMs: nowMs - lostAfterMs })],
    ['connected', link({ seenMs: 0 })],
    ['draining', link({ self: drained })],
    ['stopped', link({ self: drained, isConnected: false, seenMs: 1 })],
    ['disconnected', link({ isConnected: false })],
    ['lost', link({ seenMs: nowMs - lostAfterMs - 1 })],
    ['lost', link({ seenMs: nowMs - lostAfterMs - 1, self: drained })],
    ['lost', link({ isConnected: false, seenMs: 1 })],
    ['unheard', link({ isConnected: false, seenMs: 0 })],
    ['unheard', undefined],
  ])('%s', (standing, heard) => {
    expect(standingOf({ state: 'joined' }, heard, nowMs)).toBe(standing);
  });

  it('is locked out whatever is heard of it', () => {
    expect(standingOf({ state: 'revoked' }, link({}), nowMs)).toBe('revoked');
  });
});

describe('the difference of clocks', () => {
  const minute = 60_000;
  it.each([
    [0, undefined],
    [-minute, undefined],
    [minute + 1, 'its clock is 1 min ahead'],
    [10 * minute, 'its clock is 10 min ahead'],
    [-119 * minute, 'its clock is 119 min behind'],
    [120 * minute, 'its clock is 2 h ahead'],
    [-72 * 60 * minute, 'its clock is 3 days behind'],
  ])('of %d ms', (skewMs, words) => {
    expect(saySkew({ skewMs })).toBe(words);
  });
});

it('says the load as processors that are busy', () => {
  expect(sayLoad(self)).toBe('3.2/8');
  expect(sayLoad({ load: 1.31, cpus: 192 })).toBe('252/192');
});

it('names the port of this Musher where the tunnel begins, and where no tunnel is needed', () => {
  expect(joinCommands('mj1.x', { port: 4321 })).toEqual({
    tunnel: 'ssh -N -L 9119:127.0.0.1:4321 you@this-machine',
    join: 'musher node --rendezvous http://127.0.0.1:9119 --join mj1.x',
    joinHere: 'musher node --rendezvous http://127.0.0.1:4321 --join mj1.x',
    joinByNetwork: undefined,
  });
  expect(joinCommands('mj1.x', { port: 9119 }).joinHere).toBeUndefined();
  const nodesAt = 'https://192.168.1.5:9443';
  expect(joinCommands('mj1.x', { port: 9119, nodesAt }).joinByNetwork).toBe(
    'musher node --rendezvous https://192.168.1.5:9443 --join mj1.x',
  );
});
