/** How events change what is remembered of costs. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { BudgetRecord, BudgetRef } from '../../../preload/contract/cost-records.ts';
import type { costs as contract } from '../../../preload/contract/costs.ts';
import type { CostsState, Teller } from './slice.ts';
import { cursorKey, isMain, newTeller, withCursor, withMoney, withRow } from './slice.ts';

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Reduce = (state: CostsState, event: EventEnvelope) => CostsState;

function told(state: CostsState, { data, atMs }: EventEnvelope): CostsState {
  const { agent, profile, story, record, rows, ...rest } = data as Data<'cost.told'>;
  const { to, identity, untilMs, memo } = rest;
  const at = (state.cursors.get(cursorKey(agent, record))?.at ?? 0) + 1;
  const cursor = { record, at, to, identity, untilMs, memo, toldMs: atMs };
  const teller = state.tellers.get(agent) ?? newTeller(profile);
  // Only of its conversations: a subagent speaks at the same time.
  const until = isMain(record) ? Math.max(teller.untilMs, untilMs) : teller.untilMs;
  const next: Teller = { ...teller, profile, story, untilMs: until };
  const who = { agent, profile, story };
  const all = rows.reduce((left, row) => withRow(left, who, row), state);
  return counted({
    ...withCursor(all, agent, cursor),
    tellers: all.tellers.set(agent, next),
  });
}

function counted(state: CostsState): CostsState {
  const tells = (state.summary.get('costs')?.tells ?? 0) + 1;
  return { ...state, summary: state.summary.set('costs', { id: 'costs', tells }) };
}

function onTeller(change: (teller: Teller, data: never) => Teller): Reduce {
  return (state, { data }) => {
    const { agent } = data as { agent?: string };
    if (agent === undefined) return state;
    const tellers = state.tellers.update(agent, (one) => change(one, data as never));
    return tellers === state.tellers ? state : { ...state, tellers };
  };
}

/** A sum that is smaller than the one before has begun anew. */
function usageTold(state: CostsState, { data, atMs }: EventEnvelope): CostsState {
  const { agent, costUsd: now } = data as { agent: string; costUsd?: number };
  const teller = state.tellers.get(agent);
  if (now === undefined || teller === undefined) return state;
  const { lastCostUsd: before = 0, profile, story } = teller;
  const costUsd = now >= before ? now - before : now;
  const tellers = state.tellers.set(agent, { ...teller, lastCostUsd: now });
  if (costUsd === 0) return { ...state, tellers };
  return counted(withMoney({ ...state, tellers }, { agent, profile, story }, { atMs, costUsd }));
}

export const budgetId = ({ budget, unit }: Pick<BudgetRef, 'budget' | 'unit'>) =>
  `${budget}.${unit}`;

function onBudget(ref: BudgetRef, change: (record: BudgetRecord) => BudgetRecord): Reduce {
  return (state) => {
    const id = budgetId(ref);
    const { budget, unit } = ref;
    const record = state.budgets.get(id) ?? { id, budget, unit, told: [] };
    const next = change(record);
    const isNothing = next.told.length === 0 && next.raised === undefined;
    const budgets = isNothing ? state.budgets.delete(id) : state.budgets.set(id, next);
    return { ...state, budgets };
  };
}

export const reduceCosts: Readonly<Record<string, Reduce>> = {
  'agent.added': (state, { data }) => {
    const { agent, profile } = data as { agent: string; profile: string };
    return { ...state, tellers: state.tellers.set(agent, newTeller(profile)) };
  },
  'agent.purged': (state, { data }) => {
    const { agent } = data as { agent: string };
    const gone = state.cursors.keys().filter((key) => key.startsWith(`${agent} `));
    const cursors = gone.reduce((left, key) => left.delete(key), state.cursors);
    return { ...state, cursors, tellers: state.tellers.delete(agent) };
  },
  'story.assigned': onTeller((teller, { story }: { story: string }) => ({ ...teller, story })),
  'watchdog.usage_told': usageTold,
  'cost.told': told,
  'cost.budget_told': (state, event) => {
    const one = event.data as Data<'cost.budget_told'>;
    return onBudget(one, (record) => ({
      ...record,
      told: [...record.told.filter(({ is }) => is !== one.is), one],
    }))(state, event);
  },
  'cost.budget_settled': (state, event) => {
    const one = event.data as Data<'cost.budget_settled'>;
    return onBudget(one, (record) => ({
      ...record,
      told: record.told.filter(({ is, period }) => is !== one.is || period !== one.period),
    }))(state, event);
  },
  'cost.budget_raised': (state, event) => {
    const { to, period, ...one } = event.data as Data<'cost.budget_raised'>;
    return onBudget({ ...one, period }, (record) => ({ ...record, raised: { to, period } }))(
      state,
      event,
    );
  },
};
