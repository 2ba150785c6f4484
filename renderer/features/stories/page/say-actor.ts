/** Who did it, as the page says it. Pure. */
import type { Actor } from '../../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../../preload/contract/agent-id.ts';

export function sayActor(actor: Actor): string {
  return agentIdOf(actor) ?? (actor === 'operator' ? 'you' : 'Musher');
}
