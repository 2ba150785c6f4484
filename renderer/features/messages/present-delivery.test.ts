import { describe, expect, it } from 'vitest';
import type { DeliveryState } from '../../../preload/contract/delivery.ts';
import { deliveriesNow, sumDeliveries } from './present-delivery.ts';

const of = (...states: DeliveryState[]) => states.map((state, n) => ({ to: `a${n}`, state }));

describe('how far a message got', () => {
  it.each([
    [[], undefined],
    [['queued'], { state: 'queued', text: 'Queued' }],
    [['redelivered'], { state: 'redelivered', text: 'Redelivered' }],
    [['acknowledged', 'acknowledged'], { state: 'acknowledged', text: 'All 2 acknowledged' }],
    [
      ['acknowledged', 'queued', 'acknowledged', 'delivered'],
      { state: 'delivered', text: '2 of 4 acknowledged' },
    ],
    [['queued', 'redelivered'], { state: 'redelivered', text: '1 of 2 redelivered' }],
    [['queued', 'delivered', 'gone'], { state: 'delivered', text: '1 of 3 delivered' }],
    [['queued', 'queued'], { state: 'queued', text: 'All 2 queued' }],
  ] as const)('to %j is said as %j', (states, expected) =>
    expect(sumDeliveries(of(...states))).toEqual(expected),
  );

  it('follows the agents, as far as they are there', () => {
    const delivery = [...of('queued', 'gone'), { to: 'operator', state: 'delivered' as const }];
    const positions = new Map([
      ['a0', { acked: 9, handed: 9, again: 0 }],
      ['a1', { acked: 9, handed: 9, again: 0 }],
    ]);
    const now = deliveriesNow({ seq: 5, delivery }, (agent) => positions.get(agent));
    expect(now.map(({ state }) => state)).toEqual(['acknowledged', 'gone', 'delivered']);
  });
});
