/** How events change what is remembered of gates. Pure and total. */
import type { EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck, gates as contract } from '../../../preload/contract/gates.ts';
import { keepNewest } from '../../base/records.ts';
import { type GatesState, isActive, type Run } from './slice.ts';

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
