import { expect, it } from 'vitest';
import { keyOfTarget, parseHash, toHash } from './place.ts';

it.each([
  [{ view: 'inbox' }, '#/inbox'],
  [{ view: 'agents', target: 'agent/backend' }, '#/agents/agent/backend'],
  [{ view: 'review', target: 'approval/a 1' }, '#/review/approval/a%201'],
])('%o has the address %s', (place, hash) => {
  expect(toHash(place)).toBe(hash);
  expect(parseHash(hash)).toEqual(place);
});

it('an address without a view is no place, and a broken one does not throw', () => {
  expect(parseHash('')).toBeUndefined();
  expect(parseHash('#/')).toBeUndefined();
  expect(parseHash('#/inbox/%E0%A4%A')).toEqual({ view: 'inbox', target: '%E0%A4%A' });
});

it('a target tells its key only for its kind', () => {
  expect(keyOfTarget('agent/backend', 'agent')).toBe('backend');
  expect(keyOfTarget('approval/a-1', 'agent')).toBeUndefined();
  expect(keyOfTarget(undefined, 'agent')).toBeUndefined();
});
