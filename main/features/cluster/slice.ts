/** What the hub remembers of the cluster: who joined, and which join tokens wait. Not how nodes stand: that is true only for now. */
import { cluster as contract } from '../../../preload/contract/cluster.ts';
import type { NodeRecord } from '../../../preload/contract/cluster-facts.ts';
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { type ClaimsState, initialClaims, reduceClaims } from './claims/claim-slice.ts';

export interface ClusterNode extends NodeRecord {
  /** SHA-256 of the key that it shows. */
  readonly key: string;
  /** By which its peers know it; one that joined before there were peers has none. */
  readonly peerKey?: string | undefined;
  /** SHA-256 of the join token that it used. */
  readonly invite: string;
}

export interface Invite {
  readonly invite: string;
  readonly hash: string;
  readonly label?: string | undefined;
  readonly expiresMs: number;
}

/** Settled: those that were revoked. */
export interface ClusterState extends Kept<ClusterNode>, ClaimsState {
  /** That wait to be used, by id. */
  readonly invites: Table<Invite>;
  readonly next: number;
}

export const initialCluster: ClusterState = {
  ...{ byId: Table.empty(), settled: [], invites: Table.empty(), next: 1 },
  ...initialClaims,
};

/** Revoked nodes that are remembered by name. */
export const revokedKept = 100;

export const selectCluster: (hub: HubState) => ClusterState = selectorOf<ClusterState>(contract);

export function joinedNodes({ byId }: ClusterState): ClusterNode[] {
  return byId.values().filter(({ state }) => state === 'joined');
}

/** What everybody may see of it. */
export function toNodeRecord(node: ClusterNode): NodeRecord {
  const { key: _key, invite: _invite, peerKey: _peerKey, ...record } = node;
  return record;
}

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: ClusterState, event: EventEnvelope) => ClusterState;

const keeping = {
  isSettled: ({ state }: ClusterNode) => state === 'revoked',
  keep: revokedKept,
};

function withNode(state: ClusterState, node: ClusterNode): ClusterState {
  const { settled } = state;
  const byId = state.byId.set(node.id, node);
  return { ...state, ...keepNewest({ byId, settled }, node.id, keeping) };
}

function invited(state: ClusterState, { data }: EventEnvelope): ClusterState {
  const one = data as Data<'node.invited'>;
  return { ...state, invites: state.invites.set(one.invite, one) };
}

function uninvited(state: ClusterState, { data }: EventEnvelope): ClusterState {
  return { ...state, invites: state.invites.delete((data as Data<'node.uninvited'>).invite) };
}

function joined(state: ClusterState, { data, atMs }: EventEnvelope): ClusterState {
  const { node: id, invite, ...told } = data as Data<'node.joined'>;
  const hash = state.invites.get(invite)?.hash ?? '';
  const node: ClusterNode = { id, ...told, invite: hash, joinedMs: atMs, state: 'joined' };
  const after = withNode(state, node);
  return { ...after, invites: after.invites.delete(invite), next: state.next + 1 };
}

/** Of one that is not remembered any more nothing is known. */
function changed(change: (node: ClusterNode, event: EventEnvelope) => ClusterNode): Reduce {
  return (state, event) => {
    const node = state.byId.get((event.data as { node: string }).node);
    return node === undefined ? state : withNode(state, change(node, event));
  };
}

/** Claims are folded by what they are of, and the rest stays as it is. */
const claims = Object.fromEntries(
  Object.entries(reduceClaims).map(([type, fold]): [string, Reduce] => [
    type,
    (state, event) => ({ ...state, ...fold(state, event) }),
  ]),
);

export const reduceCluster: Readonly<Record<string, Reduce>> = {
  ...claims,
  'node.invited': invited,
  'node.uninvited': uninvited,
  'node.joined': joined,
  'node.renamed': changed((node, { data }) => ({
    ...node,
    label: (data as Data<'node.renamed'>).label,
  })),
  'node.revoked': changed((node) => ({ ...node, state: 'revoked' })),
};
