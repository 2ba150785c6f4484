/** Who did it, as the page says it. Pure. */
import { type Actor, agentIdOf } from '../../../../preload/contract/envelope.ts';

export function sayActor(actor: Actor): string {
  return agentIdOf(actor) ?? (actor === 'operator' ? 'you' : 'Musher');
}
