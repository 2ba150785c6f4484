/** What agents may be called, and how they are named as actors. Without zod: the page reads it too. */
import type { Actor } from './envelope.ts';

/** Lower-case letters, digits and single hyphens, 1 to 40 characters: safe as folder, branch and file name everywhere. */
export const agentIdPattern = /^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,39}$/;

/** Names that are reserved: devices on Windows, and the words that mean someone else here. */
export const reservedAgentIds: ReadonlySet<string> = new Set([
  'operator',
  'system',
  'all',
  'con',
  'prn',
  'aux',
  'nul',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((n) => [`com${n}`, `lpt${n}`]),
]);

/** The nearest valid agent id for any text; `agent` when nothing of it can be kept. */
export function toAgentId(text: string): string {
  const ascii = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  const words = ascii
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  if (words === '') return 'agent';
  return reservedAgentIds.has(words) ? `${words}-agent` : words;
}

/** The agent id inside an actor, or undefined when the actor is no agent. */
export function agentIdOf(actor: Actor): string | undefined {
  return actor.startsWith('agent:') ? actor.slice('agent:'.length) : undefined;
}
