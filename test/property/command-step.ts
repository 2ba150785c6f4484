// One step of a property test, and whoever may take it.

import fc from 'fast-check';
import type { Actor } from '../../preload/contract/envelope.ts';

/** A number in [0, 1) chooses among what is there when the step is taken. */
export type Step =
  | { does: 'command'; type: string; data: object; actor: Actor; pick: number }
  | { does: 'exit'; pick: number }
  | { does: 'wait'; ms: number }
  | { does: 'fail'; deeds: string }
  | { does: 'crash' };

export const name = fc.constantFrom('a', 'b', 'c', 'constructor');
export const operator = fc.constant<Actor>('operator');
export const agent = fc.constantFrom<Actor>('agent:a', 'agent:b', 'agent:c');
export const anyone = fc.oneof(operator, agent);
export const pick = fc.double({ min: 0, max: 0.999, noNaN: true });
export const text = fc.constantFrom('hello', 'ünï 🐕', '', '\u2028', 'x'.repeat(500));

/** Mostly by who may, now and then by anyone. */
export function command(
  who: fc.Arbitrary<Actor>,
  types: readonly string[],
  data: fc.Arbitrary<object>,
) {
  const actor = fc.oneof({ weight: 9, arbitrary: who }, { weight: 1, arbitrary: anyone });
  const type = fc.constantFrom(...types);
  return fc.record({ does: fc.constant('command' as const), type, data, actor, pick });
}
