/**
 * Who a name stands for. git-paw's clients know an agent by its branch, as it is (`feat/login`) or as a slug
 * (`feat-login`), and the one who decides as `supervisor`; Musher knows it by its id. All of them are understood.
 */
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';

export type Named = Pick<AgentRecord, 'id' | 'branch'>;

/** `operator`, an agent's id, or undefined when it is nobody. An id goes before a branch. */
export function whoIs(name: string, agents: readonly Named[]): string | undefined {
  if (operators.has(name)) return 'operator';
  const found =
    agents.find(({ id }) => id === name) ??
    agents.find(({ branch }) => branch === name) ??
    agents.find(({ branch }) => slugOf(branch) === name);
  return found?.id;
}

const operators: ReadonlySet<string> = new Set(['supervisor', 'operator', 'human']);

/** Lower-case letters, digits and `_`; whatever else is one hyphen. */
export function slugOf(branch: string): string {
  const slug = branch
    .toLowerCase()
    .replace(/[^a-z0-9_]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return slug === '' ? 'agent' : slug;
}

/** How the wire calls whoever acted. */
export function wireName(actor: Actor | string): string {
  return agentIdOf(actor as Actor) ?? 'supervisor';
}

/** How it calls a recipient: an agent's id, or `operator`. */
export function wireNameOf(recipient: string): string {
  return recipient === 'operator' ? 'supervisor' : recipient;
}

/** What may be asked for: a slug, or a branch. */
export function isName(text: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,249}$/u.test(text);
}
