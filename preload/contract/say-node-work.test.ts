import { describe, expect, it } from 'vitest';
import { nodeStandingNames, type NodeStanding } from './node-standing.ts';
import {
  isAway,
  sayAwayBriefly,
  sayClaim,
  sayLong,
  sayNodeShort,
  sayNodeWork,
  sayOtherVersion,
} from './say-node-work.ts';

const nowMs = 100_000_000;
const minuteMs = 60_000;
const node = { id: 'n-1', claim: 3 };
const at = (standing: NodeStanding, silentMs = 12 * minuteMs) => ({
  ...{ label: 'attic', standing, seenMs: silentMs === 0 ? 0 : nowMs - silentMs },
});

/** Each of them: one that is new has no words here until somebody writes them. */
const words: Readonly<Record<NodeStanding, string>> = {
  connected: 'attic (n-1) works on it, claim 3',
  draining: 'attic (n-1) works on it, claim 3; it is being stopped',
  lost: 'attic, not heard for 12 min: after 30 min it goes to another',
  stopped: 'attic, stopped for 12 min: after 30 min it goes to another',
  disconnected: 'attic, link ended 12 min ago: it tries again by itself',
  unheard: 'attic, not heard yet: after 30 min it goes to another',
  revoked: 'attic, locked out: it goes to another',
};

describe('of a story that a node works on', () => {
  it.each(nodeStandingNames)('it says who and what becomes of it: %s', (standing) => {
    const now = at(standing, standing === 'unheard' ? 0 : undefined);
    expect(sayNodeWork(node, now, nowMs)).toBe(words[standing]);
    expect(sayNodeShort(node, now, nowMs).includes(',')).toBe(isAway(standing));
    const brief = sayAwayBriefly(now, nowMs);
    expect(brief !== undefined).toBe(isAway(standing));
    expect(brief?.length ?? 0).toBeLessThan(15);
    if (standing === 'lost') expect(brief).toBe('silent 12m');
  });

  it('it says since when, and when its time is over', () => {
    expect(sayNodeWork(node, { ...at('connected'), since: '12:03' }, nowMs)).toBe(
      'attic (n-1) works on it, claim 3, since 12:03',
    );
    const longer = { ...at('lost', 31 * minuteMs), keepsMs: 90 * minuteMs };
    expect(sayNodeWork(node, longer, nowMs)).toMatch(/: after 90 min it goes to another$/);
    expect(sayNodeWork(node, at('lost', 31 * minuteMs), nowMs)).toMatch(
      /: it goes to another now$/,
    );
  });
});

it.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [119 * minuteMs, '119 min'],
  [120 * minuteMs, '2 h'],
  [72 * 60 * minuteMs, '3 days'],
])('%d ms are %s', (ms, long) => expect(sayLong(ms)).toBe(long));

it('says of a claim what comes next, and that a rendezvous that is away is waited for', () => {
  expect(sayClaim({ state: 'begun' }, false)).toContain('while this Musher is cut off');
  expect(sayClaim({ state: 'asked' }, false)).toMatch(/once it is heard again$/);
  expect(sayClaim({ state: 'releasing', reason: 'no key' }, true)).toBe('no key');
});

it.each([
  ['0.9.2', '0.9.2', undefined],
  ['0.9.2', undefined, undefined],
  ['0.9.2', '0.10.0', 'older than 0.10.0 here: update it there'],
  ['1.0.0', '1.0.0-next.4', 'newer than 1.0.0-next.4 here: update this one'],
  ['1.0.0-next.3', '1.0.0-next.4', 'here 1.0.0-next.4: install the same on both'],
  ['mine', '1.0.0', 'here 1.0.0: install the same on both'],
])('of the version %s where this is %s', (there, here, said) => {
  expect(sayOtherVersion(there, here)).toBe(said);
});
