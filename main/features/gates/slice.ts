/** What the hub remembers of gates: what is under way, and the newest results. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { hasEnded, verdictOf } from '../../../preload/contract/gate-verdict.ts';
import {
  type GateCheck,
  type GateRun,
  gates as contract,
} from '../../../preload/contract/gates.ts';
import { Table } from '../../../preload/contract/table.ts';
import { type Kept, keepNewest } from '../../base/records.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';

export interface Run extends GateRun {
  /** Its checkout, from when it has one until it is over. */
  readonly slot?: number | undefined;
}

export interface GatesState {
  /** Runs of which those that are over are bounded. */
  readonly runs: Kept<Run>;
  /** The newest, oldest first. */
  readonly checks: Table<GateCheck>;
  /** Runs that nobody waits for any more, to be ended. */
  readonly moot: readonly string[];
}

export const initialGates: GatesState = {
  runs: { byId: Table.empty(), settled: [] },
  checks: Table.empty(),
  moot: [],
};

export const selectGates: (hub: HubState) => GatesState = selectorOf<GatesState>(contract);

/** A green result that was forgotten is run again: so many are enough for what waits for a merge. */
const rememberedRuns = 400;
const rememberedChecks = 100;

type Data<K extends keyof (typeof contract)['events']> = EventData<typeof contract, K>;
type Reduce = (state: GatesState, event: EventEnvelope) => GatesState;

function planned(state: GatesState, event: EventEnvelope): GatesState {
  const { check: id, ...data } = event.data as Data<'gate.planned'>;
  const checks = state.checks.set(id, { ...data, id, atMs: event.atMs });
  const [oldest] = checks.size > rememberedChecks ? checks.keys() : [];
  const joined = new Set(data.gates.map(({ run }) => run));
  return {
    ...state,
    checks: oldest === undefined ? checks : checks.delete(oldest),
    moot: state.moot.some((run) => joined.has(run))
      ? state.moot.filter((run) => !joined.has(run))
      : state.moot,
  };
}

function queued(state: GatesState, event: EventEnvelope): GatesState {
  const { run: id, ...data } = event.data as Data<'gate.queued'>;
  const run: Run = { ...data, id, state: 'queued', queuedMs: event.atMs };
  return { ...state, runs: { ...state.runs, byId: state.runs.byId.set(id, run) } };
}

function on<K extends keyof (typeof contract)['events']>(
  change: (run: Run, data: Data<K>, event: EventEnvelope) => Run,
): Reduce {
  return (state, event) => {
    const data = event.data as Data<K> & { run: string };
    const byId = state.runs.byId.update(data.run, (run) => change(run, data, event));
    if (byId === state.runs.byId) return state;
    const keeping = { isSettled: hasEnded, keep: rememberedRuns };
    return { ...state, runs: keepNewest({ ...state.runs, byId }, data.run, keeping) };
  };
}

const over = on<'gate.ended'>((run, data, event) => {
  const { state, exitCode, signal, durationMs, lastLines, error } = data;
  const { slot: _slot, ending: _ending, ...rest } = run;
  return {
    ...rest,
    ...{ state, exitCode, signal, durationMs, lastLines, error },
    endedMs: event.atMs,
  };
});

function ended(state: GatesState, event: EventEnvelope): GatesState {
  const { run } = event.data as Data<'gate.ended'>;
  const next = over(state, event);
  return next.moot.includes(run) ? { ...next, moot: next.moot.filter((one) => one !== run) } : next;
}

/** Of a request that is over, nobody needs what still runs; unless another check waits for it too. */
function mootOf(isMeant: (check: GateCheck, data: never) => boolean): Reduce {
  return (state, event) => {
    const gone = state.checks
      .values()
      .filter((check) => check.purpose !== 'run' && isMeant(check, event.data as never));
    if (gone.length === 0) return state;
    const others = state.checks.values().filter((check) => !gone.includes(check));
    const needed = new Set([...others.flatMap(runsOf), ...state.moot]);
    const idle = gone
      .flatMap(runsOf)
      .filter((run) => !needed.has(run) && isActive(state.runs.byId.get(run)));
    return idle.length === 0 ? state : { ...state, moot: [...state.moot, ...new Set(idle)] };
  };
}

function runsOf({ gates }: GateCheck): string[] {
  return gates.flatMap(({ run }) => (run === undefined ? [] : [run]));
}

function isActive(run: Run | undefined): boolean {
  return run !== undefined && !hasEnded(run);
}

const requestOver = mootOf((check, data: { approval: string }) => check.approval === data.approval);

/** What waits for the same branch is planned anew before it is merged. */
function targetAdvanced(state: GatesState, event: EventEnvelope): GatesState {
  const data = event.data as { target: string; mergeCommit?: string; to?: string };
  const to = data.mergeCommit ?? data.to;
  const isOld = (check: GateCheck) =>
    check.target === data.target && check.from !== to && !check.isStale;
  const old = state.checks.values().filter(isOld);
  const checks = old.reduce(
    (left, { id }) => left.update(id, (check) => ({ ...check, isStale: true })),
    state.checks,
  );
  return checks === state.checks ? state : { ...state, checks };
}

export const reduceGates: Readonly<Record<string, Reduce>> = {
  'gate.planned': planned,
  'gate.queued': queued,
  'gate.started': on<'gate.started'>((run, { slot }) => ({ ...run, state: 'running', slot })),
  'gate.opened': on<'gate.opened'>((run, _data, { atMs }) => ({ ...run, startedMs: atMs })),
  'gate.ending': on<'gate.ending'>((run, { why }) => ({ ...run, ending: why })),
  'gate.ended': ended,
  'approval.merged': targetAdvanced,
  'approval.superseded': requestOver,
  'approval.withdrawn': requestOver,
  'approval.denied': requestOver,
  'agent.destroyed': mootOf((check, data: { agent: string }) => check.agent === data.agent),
  'target.moved': targetAdvanced,
};

export function toRunRecord({ slot: _slot, ...run }: Run): GateRun {
  return run;
}

export function runIn(state: GatesState): (id: string) => Run | undefined {
  return (id) => state.runs.byId.get(id);
}

export function activeRuns({ runs }: GatesState): Run[] {
  return runs.byId.values().filter((run) => !hasEnded(run));
}

/** The newest of this gate, as it is defined, on these files. */
export function newestRun(
  { runs }: GatesState,
  { gate, hash, tree }: { gate: string; hash: string; tree: string },
): Run | undefined {
  return runs.byId.values().findLast((r) => r.tree === tree && r.hash === hash && r.gate === gate);
}

export function newestCheck(
  { checks }: GatesState,
  isMeant: (check: GateCheck) => boolean,
): GateCheck | undefined {
  return checks.values().findLast(isMeant);
}

/** A yes was said, and its gates still run: nothing of Musher's moves the target meanwhile. */
export function isHeldByGates(hub: HubState, approval: string): boolean {
  const state = selectGates(hub);
  const check = newestCheck(state, (one) => one.approval === approval && one.purpose === 'merge');
  return check !== undefined && verdictOf(check, runIn(state)) === 'running';
}
