/** Works on worktrees: begun by one event, told item by item. Pure. */
import type { CommandData, EventData } from '../../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import { Table } from '../../../../preload/contract/table.ts';
import { worktrees as contract } from '../../../../preload/contract/worktrees.ts';
import type { WorkItem, WorktreeWork } from '../../../../preload/contract/worktree-work.ts';
import { type Kept, keepNewest } from '../../../base/records.ts';
import type { Result } from '../../../base/result.ts';
import { ok, refuse } from '../../../base/result.ts';
import type {
  DecideContext,
  Decision,
  Effect,
  Nothing,
  QueryContext,
} from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';

export type WorksState = Kept<WorktreeWork>;
export const initialWorks: WorksState = { byId: Table.empty(), settled: [] };

const keep = 20;

/** What is to be done with one, and the effect that does it. */
export interface Planned {
  readonly item: WorkItem;
  /** For its effect, beside the work, the path and the agent. */
  readonly data?: object;
}

type Begun = Result<Decision<{ work?: string; items: WorkItem[] }>>;

/** Nothing is begun where nothing is to be done. */
export function beginWork(
  { newId }: Pick<DecideContext<WorksState>, 'newId'>,
  kind: WorktreeWork['kind'],
  planned: readonly Planned[],
): Begun {
  const items = planned.map(({ item }) => item);
  const real = planned.filter(({ item }) => item.deed !== 'none');
  if (real.length === 0) return decided({ items }, []);
  const work = newId('w');
  const begun = newEvent(contract, 'worktree.work_begun', {
    ...{ work, kind, items: real.map(({ item }) => item) },
  });
  return decided(
    { work, items },
    [begun],
    real.map((one) => effectOf(kind, work, one)),
  );
}

/** In the agent's lane: neither its start nor its end comes in between. */
function effectOf(kind: WorktreeWork['kind'], work: string, { item, data }: Planned): Effect {
  const { path, agent, deed } = item;
  return {
    kind: `worktree.${kind}`,
    lane: agent === undefined ? `worktree/${path}` : `agent/${agent}`,
    data: { ...data, work, path, deed, ...(agent !== undefined && { agent }) },
  };
}

export function decideTell(
  { state }: DecideContext<WorksState>,
  data: CommandData<typeof contract, 'worktree.work_tell'>,
): Result<Decision<Nothing>> {
  const item = state.byId.get(data.work)?.items.find(({ path }) => path === data.path);
  const isNews = item !== undefined && item.result === undefined;
  return decided({}, isNews ? [newEvent(contract, 'worktree.work_told', data)] : []);
}

type Reduce = (state: WorksState, event: EventEnvelope) => WorksState;

function begun(state: WorksState, { data, atMs }: EventEnvelope): WorksState {
  const { work: id, kind, items } = data as EventData<typeof contract, 'worktree.work_begun'>;
  return { ...state, byId: state.byId.set(id, { id, kind, items, startedMs: atMs }) };
}

function told(state: WorksState, { data, atMs }: EventEnvelope): WorksState {
  const { work: id, path, ...result } = data as EventData<typeof contract, 'worktree.work_told'>;
  const work = state.byId.get(id);
  if (work === undefined) return state;
  const items = work.items.map((item) => (item.path === path ? { ...item, result } : item));
  const isOver = items.every((item) => item.result !== undefined);
  const next = { ...work, items, ...(isOver && { endedMs: atMs }) };
  const isSettled = ({ endedMs }: WorktreeWork) => endedMs !== undefined;
  return keepNewest({ ...state, byId: state.byId.set(id, next) }, id, { isSettled, keep });
}

export const reduceWorks: Readonly<Record<string, Reduce>> = {
  'worktree.work_begun': begun,
  'worktree.work_told': told,
};

export function workTopics({ data }: EventEnvelope): string[] {
  return [topicOf((data as { work: string }).work)];
}

function topicOf(work: string): string {
  return `worktree-work/${work}`;
}

/** At each news until it ended, or the time is over. */
export async function getWork(
  { work: id, waitMs }: { work: string; waitMs: number },
  ctx: QueryContext<WorksState>,
): Promise<Result<WorktreeWork>> {
  const look = ({ byId }: WorksState) => {
    const found = byId.get(id);
    return found === undefined ? refuse('WORK_UNKNOWN', { work: id }) : ok(found);
  };
  const now = look(ctx.state);
  if (!now.ok || now.value.endedMs !== undefined || waitMs === 0) return now;
  await ctx.untilTopic(topicOf(id), waitMs);
  return look(ctx.fresh().state);
}
