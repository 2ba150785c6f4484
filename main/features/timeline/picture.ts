/** What is shown of a state: its records, as pages mirrored them then. Pure; made beside the loop, where the state is. */
import type { HubState } from '../../hub/feature.ts';
import { type RecordsOfKind, recordsOf } from '../../hub/records-of.ts';
import type { Registry } from '../../hub/registry.ts';
import { selectStories } from '../stories/index.ts';
import { type OverviewState, overviewName } from './overview.ts';
import type {
  Overview,
  PastAnswers,
  PastAsk,
  PastRow,
  Picture,
  RowsAsk,
  RowsPage,
} from './ports.ts';

export function answerOf(
  registry: Registry,
  state: HubState,
  ask: PastAsk,
): PastAnswers[PastAsk['kind']] {
  if (ask.kind === 'picture') return pictureOf(registry, state, ask);
  if (ask.kind === 'rows') return rowsOf(registry, state, ask.rows);
  return overviewOf(state);
}

export function pictureOf(
  registry: Registry,
  state: HubState,
  { kinds, first }: { readonly kinds: readonly string[]; readonly first: number },
): Picture {
  const found = kinds.flatMap((kind) => {
    const records = recordsOf(registry, state, kind);
    if (records === undefined) return [];
    const rows = rowsIn(records, records.items.keys().slice(0, first));
    return [[kind, { count: records.items.size, rows }] as const];
  });
  return { kinds: Object.fromEntries(found), stages: stagesOf(state) };
}

function stagesOf(state: HubState): Record<string, number> {
  const stages: Record<string, number> = {};
  selectStories(state)?.open.forEach(({ place: { stage } }) => {
    stages[stage] = (stages[stage] ?? 0) + 1;
  });
  return stages;
}

export function rowsOf(registry: Registry, state: HubState, ask: RowsAsk): RowsPage {
  const records = recordsOf(registry, state, ask.kind);
  if (records === undefined) return { rows: [], total: 0 };
  const { stage, after, limit } = ask;
  const isOf = (key: string) => stage === undefined || stageOf(records.items.get(key)) === stage;
  const keys = records.items.keys().filter(isOf);
  const from = after === undefined ? 0 : keys.indexOf(after) + 1;
  const shown = keys.slice(from, from + limit);
  const next = from + limit < keys.length ? shown.at(-1) : undefined;
  return { rows: rowsIn(records, shown), total: keys.length, ...(next !== undefined && { next }) };
}

function stageOf(item: unknown): unknown {
  return (item as { place?: { stage?: unknown } } | undefined)?.place?.stage;
}

function rowsIn(records: RecordsOfKind, keys: readonly string[]): PastRow[] {
  return keys.map((key) => ({ key, record: records.record(key) }));
}

function overviewOf(state: HubState): Overview {
  const { samples, marks } = state[overviewName] as OverviewState;
  return { samples, marks };
}
