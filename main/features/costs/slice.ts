/**
 * What the hub remembers of costs. Tokens by hour, so that any zone's day can be shown; older ones by day, the oldest by month, profile and
 * model alone: what is beyond is in the log. And how far each record was told, and what was told of budgets.
 */
import type {
  BudgetRecord,
  CostCursor,
  CostRow,
  Tokens,
} from '../../../preload/contract/cost-records.ts';
import { costs as contract } from '../../../preload/contract/costs.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

/** What one agent used of one model for one story in one span of time. */
export interface Cell extends Tokens {
  /** Empty where agents are not told apart any more. */
  readonly agent: string;
  readonly profile: string;
  readonly story?: string | undefined;
  /** Empty for money that a CLI told without tokens. */
  readonly model: string;
  /** Begin of the hour; of a day or month that is kept whole, its middle. Unix ms. */
  readonly atMs: number;
  readonly requests: number;
  /** What the CLI told of it, US dollars. */
  readonly costUsd?: number | undefined;
}

export interface Teller {
  readonly profile: string;
  /** That it had last. */
  readonly story?: string | undefined;
  /** Time of the newest that was told of its conversations, Unix ms. */
  readonly untilMs: number;
  /** What its CLI told last as its own sum, US dollars. */
  readonly lastCostUsd?: number | undefined;
}

export interface CostsState {
  readonly hours: Table<Cell>;
  readonly days: Table<Cell>;
  readonly months: Table<Cell>;
  /** By agent and record, those that were told last at the end. */
  readonly cursors: Table<CostCursor>;
  readonly tellers: Table<Teller>;
  readonly budgets: Table<BudgetRecord>;
  /** One record: see the contract. */
  readonly summary: Table<{ readonly id: 'costs'; readonly tells: number }>;
}

export const initialCosts: CostsState = {
  ...{ hours: Table.empty(), days: Table.empty(), months: Table.empty() },
  ...{ cursors: Table.empty(), tellers: Table.empty(), budgets: Table.empty() },
  summary: Table.empty(),
};

export const selectCosts: (hub: HubState) => CostsState = selectorOf<CostsState>(contract);

/** What is more is folded in one go of a tenth, so that each event pays little for it. */
export const kept = { hours: 8_000, days: 12_000, months: 5_000, cursors: 5_000 } as const;

const dayMs = 86_400_000;

export const cursorKey = (agent: string, record: string) => `${agent} ${record}`;

/** A conversation whose record may bring an earlier one along. What has another part is a subagent’s, which speaks at the same time. */
export const isMain = (record: string) => /^(claude|codex)\/[^/]+$/.test(record);

export function newTeller(profile: string): Teller {
  return { profile, untilMs: 0 };
}

type Who = Pick<Cell, 'agent' | 'profile' | 'story'>;

export function withRow(state: CostsState, who: Who, row: CostRow): CostsState {
  const { hourMs: atMs, ...used } = row;
  const hours = addTo(state.hours, { ...used, ...who, atMs });
  return hours.size > kept.hours * 1.1 ? withoutOldHours({ ...state, hours }) : { ...state, hours };
}

/** Money that no tokens came with. */
export function withMoney(
  state: CostsState,
  who: Who,
  { atMs, costUsd }: { readonly atMs: number; readonly costUsd: number },
): CostsState {
  const none = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, requests: 0 };
  return withRow(state, who, { ...none, model: '', hourMs: atMs - (atMs % 3_600_000), costUsd });
}

function addTo(table: Table<Cell>, cell: Cell): Table<Cell> {
  const { atMs, agent, profile, story = '', model } = cell;
  const key = `${atMs} ${agent} ${profile} ${story} ${model}`;
  const there = table.get(key);
  return table.set(key, there === undefined ? cell : sum(there, cell));
}

function sum(a: Cell, b: Cell): Cell {
  const told = a.costUsd === undefined && b.costUsd === undefined;
  return {
    ...a,
    input: a.input + b.input,
    output: a.output + b.output,
    cacheRead: a.cacheRead + b.cacheRead,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    requests: a.requests + b.requests,
    ...(!told && { costUsd: (a.costUsd ?? 0) + (b.costUsd ?? 0) }),
  };
}

/** The oldest by their time, whenever they were told. */
function withoutOldHours(state: CostsState): CostsState {
  const [old, hours] = parted(state.hours, kept.hours);
  const days = old.reduce(
    (table, cell) => addTo(table, { ...cell, atMs: cell.atMs - (cell.atMs % dayMs) + dayMs / 2 }),
    state.days,
  );
  if (days.size <= kept.days * 1.1) return { ...state, hours, days };
  const [older, left] = parted(days, kept.days);
  const months = older.reduce(
    (table, { story: _, ...cell }) =>
      addTo(table, { ...cell, agent: '', atMs: monthOf(cell.atMs) }),
    state.months,
  );
  const [, newest] = parted(months, kept.months);
  return { ...state, hours, days: left, months: newest };
}

function parted(table: Table<Cell>, keep: number): [old: Cell[], left: Table<Cell>] {
  const oldest = table.entries().toSorted(([, a], [, b]) => a.atMs - b.atMs);
  const gone = oldest.slice(0, Math.max(0, table.size - keep));
  const left = gone.reduce((rest, [key]) => rest.delete(key), table);
  return [gone.map(([, cell]) => cell), left];
}

/** The middle of its month. */
function monthOf(atMs: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 15, 12);
}

export function withCursor(
  { cursors: before, ...state }: CostsState,
  agent: string,
  cursor: CostCursor,
): CostsState {
  const key = cursorKey(agent, cursor.record);
  // The newest at the end, so that those that go are the oldest.
  const cursors = before.delete(key).set(key, cursor);
  if (cursors.size <= kept.cursors * 1.1) return { ...state, cursors };
  const gone = cursors.keys().slice(0, cursors.size - kept.cursors);
  return { ...state, cursors: gone.reduce((left, one) => left.delete(one), cursors) };
}

export function allCells({ hours, days, months }: CostsState): Cell[] {
  return [...months.values(), ...days.values(), ...hours.values()];
}
