/** What a gateway remembers: which projects registered, and which tokens wait. Not how projects stand: that is true only for now. */
import type { EventData, EventType } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { gateway as contract } from '../../../preload/contract/gateway.ts';
import type { RegisteredProject } from '../../../preload/contract/gateway-facts.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { Table } from '../../../preload/contract/table.ts';

export interface GatewayProject extends RegisteredProject {
  /** SHA-256 of the key that it shows. */
  readonly key: string;
}

export interface Token {
  readonly invite: string;
  readonly hash: string;
  readonly name?: string | undefined;
  readonly expiresMs: number;
}

export interface GatewayState {
  readonly byId: Table<GatewayProject>;
  /** That wait to be used, by id. */
  readonly tokens: Table<Token>;
  /** Hashes of the newest that were used: who shows one again is told so. */
  readonly used: readonly string[];
  readonly next: number;
}

export const initialGateway: GatewayState = {
  ...{ byId: Table.empty(), tokens: Table.empty(), used: [], next: 1 },
};

export const selectGateway: (hub: HubState) => GatewayState = selectorOf<GatewayState>(contract);

const usedKept = 100;

type Data<K extends EventType<typeof contract>> = EventData<typeof contract, K>;
type Reduce = (state: GatewayState, event: EventEnvelope) => GatewayState;

/** What everybody may see of it. */
export function toProjectRecord({ key: _key, ...record }: GatewayProject): RegisteredProject {
  return record;
}

function joined(state: GatewayState, { data, atMs }: EventEnvelope): GatewayState {
  const { id, invite, ...told } = data as Data<'project.joined'>;
  const project: GatewayProject = { id, ...told, registeredMs: atMs };
  const { hash } = state.tokens.get(invite) ?? {};
  const isNew = state.byId.get(id) === undefined;
  return {
    byId: state.byId.set(id, project),
    tokens: state.tokens.delete(invite),
    used: hash === undefined ? state.used : [...state.used, hash].slice(-usedKept),
    next: isNew ? state.next + 1 : state.next,
  };
}

function renamed(state: GatewayState, { data }: EventEnvelope): GatewayState {
  const { id, name } = data as Data<'project.renamed'>;
  const project = state.byId.get(id);
  return project === undefined
    ? state
    : { ...state, byId: state.byId.set(id, { ...project, name }) };
}

export const reduceGateway: Readonly<Record<string, Reduce>> = {
  'project.invited': (state, { data }) => {
    const token = data as Data<'project.invited'>;
    return { ...state, tokens: state.tokens.set(token.invite, token) };
  },
  'project.uninvited': (state, { data }) => ({
    ...state,
    tokens: state.tokens.delete((data as Data<'project.uninvited'>).invite),
  }),
  'project.joined': joined,
  'project.renamed': renamed,
  'project.removed': (state, { data }) => ({
    ...state,
    byId: state.byId.delete((data as Data<'project.removed'>).id),
  }),
};
