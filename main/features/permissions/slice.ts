/** What the hub remembers of permissions: all that are open, the newest that were decided, and what is always allowed. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type {
  PermissionRecord,
  PermissionRule,
  PermissionScreen,
  permissions as contract,
} from '../../../preload/contract/permissions.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest } from '../../base/records.ts';

export interface PermissionsState extends Kept<PermissionRecord> {
  readonly rules: Table<PermissionRule>;
}

export const initialPermissions: PermissionsState = {
  byId: Table.empty(),
  settled: [],
  rules: Table.empty(),
};

const settledKept = 200;

type Reduce = (state: PermissionsState, event: EventEnvelope) => PermissionsState;
type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;

/** Of its screen; at most one, for a screen ends with one prompt. */
export function openOnScreen(state: PermissionsState, agent: string): ScreenPermission | undefined {
  return openOf(state, agent).find(isOnScreen);
}

export type ScreenPermission = PermissionRecord & { readonly screen: PermissionScreen };

export function isOnScreen(one: PermissionRecord): one is ScreenPermission {
  return one.screen !== undefined;
}

export function openOf(state: PermissionsState, agent: string): PermissionRecord[] {
  return state.byId.values().filter((one) => one.agent === agent && one.state === 'open');
}

function asked(state: PermissionsState, event: EventEnvelope): PermissionsState {
  const { permission, ...data } = event.data as Data<'permission.asked'>;
  const record: PermissionRecord = { ...data, id: permission, state: 'open', askedMs: event.atMs };
  return { ...state, byId: state.byId.set(permission, record) };
}

function allowed(state: PermissionsState, event: EventEnvelope): PermissionsState {
  const { permission, agent, tool, subject, byRule, rule } =
    event.data as Data<'permission.allowed'>;
  const known = state.byId.get(permission);
  // One that a rule allowed was never asked about: it is kept to be seen, without its input.
  const base = known ?? {
    ...{ id: permission, agent, tool, subject, input: '', risk: 'medium', reasons: [] },
    ...{ state: 'open', askedMs: event.atMs },
  };
  const withIt = { ...state, byId: state.byId.set(permission, base as PermissionRecord) };
  const always = rule !== undefined || byRule;
  const next = settled(withIt, event, { id: permission, state: 'allowed', byRule, always });
  if (rule === undefined) return next;
  const made: PermissionRule = { id: rule, agent, tool, subject, sinceMs: event.atMs };
  return { ...next, rules: next.rules.set(rule, made) };
}

function settled(
  state: PermissionsState,
  event: EventEnvelope,
  { id, ...change }: Pick<PermissionRecord, 'id' | 'state'> & Partial<PermissionRecord>,
): PermissionsState {
  const byId = state.byId.update(id, (record) => ({
    ...record,
    ...change,
    settledBy: event.actor,
    settledMs: event.atMs,
  }));
  if (byId === state.byId) return state;
  const isSettled = ({ settledMs }: PermissionRecord) => settledMs !== undefined;
  return { ...state, ...keepNewest({ ...state, byId }, id, { isSettled, keep: settledKept }) };
}

/** Its program is gone, or back at its prompt: nobody waits for an answer there. */
function closeAll(state: PermissionsState, event: EventEnvelope): PermissionsState {
  const { agent } = event.data as { agent: string };
  return openOf(state, agent).reduce(
    (left, { id }) => settled(left, event, { id, state: 'lapsed' }),
    state,
  );
}

export const reducePermissions: Readonly<Record<string, Reduce>> = {
  'permission.asked': asked,
  'permission.allowed': allowed,
  'permission.denied': (state, event) => {
    const { permission, note } = event.data as Data<'permission.denied'>;
    return settled(state, event, { id: permission, state: 'denied', note });
  },
  'permission.closed': (state, event) => {
    const { permission, how } = event.data as Data<'permission.closed'>;
    return settled(state, event, { id: permission, state: how });
  },
  'permission.revoked': (state, event) => {
    const { rule } = event.data as Data<'permission.revoked'>;
    return { ...state, rules: state.rules.delete(rule) };
  },
  'permission.keyed': (state, event) => {
    const { permission, outcome, reason } = event.data as Data<'permission.keyed'>;
    const change = outcome === 'taken' ? { isKeyed: true } : { state: 'stale' as const };
    const why = reason === undefined ? {} : { problem: reason };
    const byId = state.byId.update(permission, (one) => ({ ...one, ...change, ...why }));
    return byId === state.byId ? state : { ...state, byId };
  },
  'terminal.exited': closeAll,
  'agent.hooked': (state, event) =>
    (event.data as { event: string }).event === 'idle' ? closeAll(state, event) : state,
  'agent.purged': (state, event) => {
    const { agent } = event.data as { agent: string };
    const own = state.rules.values().filter((rule) => rule.agent === agent);
    return { ...state, rules: own.reduce((rules, { id }) => rules.delete(id), state.rules) };
  },
};
