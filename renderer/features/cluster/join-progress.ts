/** What has become of a join token that this page made. Pure. */
import type { NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import type { Invite } from './use-nodes.ts';

export interface MadeInvite extends Invite {
  /** Nodes that there were before. */
  readonly before: ReadonlySet<string>;
}

export type JoinProgress =
  | { readonly is: 'waiting' }
  | { readonly is: 'joined'; readonly node: NodeRecord }
  | { readonly is: 'expired' | 'gone' };

interface Known {
  readonly nodes: readonly NodeRecord[];
  /** Those that wait now; undefined while that is not known. */
  readonly invites: readonly Invite[] | undefined;
  readonly nowMs: number;
}

/**
 * A record does not say by which token its node joined. So it is a new one that has this name, if any; without one,
 * the newest that is new, once the token waits no more.
 */
export function progressOf(made: MadeInvite, { nodes, invites, nowMs }: Known): JoinProgress {
  const isWaiting = invites?.some(({ invite }) => invite === made.invite) ?? true;
  if (!isWaiting) {
    const fresh = nodes
      .filter(({ id, state }) => state === 'joined' && !made.before.has(id))
      .toSorted((a, b) => b.joinedMs - a.joinedMs);
    const named = fresh.find(({ label }) => made.label !== undefined && label === made.label);
    const node = named ?? fresh[0];
    if (node !== undefined) return { is: 'joined', node };
  }
  if (nowMs >= made.expiresMs) return { is: 'expired' };
  return { is: isWaiting ? 'waiting' : 'gone' };
}
