/** The life of one run, as its commands lead on. What ended it before its program did says what it came to. Pure. */
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import { type GateEnding, gates as contract } from '../../../preload/contract/gates.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Decision, Effect, Nothing, SystemCommand } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Ctx } from './decide.ts';
import { activeRuns, type GatesState, type Run } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Ended = Result<Decision<Nothing>>;

export function decideStarted(ctx: Ctx, { run: id, slot }: Data<'gate.started'>): Ended {
  return whileActive(ctx, id, ({ gate }) =>
    decided({}, [newEvent(contract, 'gate.started', { run: id, gate, slot })]),
  );
}

export function decideOpened(ctx: Ctx, { run: id }: Data<'gate.opened'>): Ended {
  return whileActive(ctx, id, ({ gate }) =>
    decided({}, [newEvent(contract, 'gate.opened', { run: id, gate })]),
  );
}

export function decideCancel(
  ctx: Ctx,
  { run: id }: Data<'gate.cancel'>,
): Result<Decision<{ run: string }>> {
  const found = requireActive(ctx.state, id);
  if (!found.ok) return found;
  const run = found.value;
  if (run.ending !== undefined) return decided({ run: id }, []);
  // Nothing of it runs yet: it is over at once, and whoever waits for its turn goes.
  if (run.state === 'queued')
    return decided(
      { run: id },
      [endedEvent(run, { state: 'cancelled', lastLines: [] })],
      [end(run)],
    );
  return decided({ run: id }, [ending(run, 'cancel')], [end(run)]);
}

export function decideExpire(ctx: Ctx, { run: id }: Data<'gate.expire'>): Ended {
  return whileActive(ctx, id, (run) =>
    run.ending === undefined ? decided({}, [ending(run, 'timeout')], [end(run)]) : decided({}, []),
  );
}

const overdue = dueRows<Run>(({ state, startedMs, ending: over, timeoutMs }) =>
  state !== 'running' || startedMs === undefined || over !== undefined
    ? undefined
    : startedMs + timeoutMs,
);

export function dueRuns({ runs, moot }: GatesState, nowMs: number): SystemCommand[] {
  const late = overdue(runs.byId, nowMs).map(({ id }) => ({
    type: 'gate.expire',
    data: { run: id },
  }));
  const idle = moot
    .filter((id) => runs.byId.get(id)?.ending === undefined)
    .map((id) => ({ type: 'gate.cancel', data: { run: id } }));
  return [...late, ...idle];
}

export function decideEnded(ctx: Ctx, { run: id, ...data }: Data<'gate.ended'>): Ended {
  return whileActive(ctx, id, (run) => {
    const { exit, lastLines, error, isLate } = data;
    const ran = run.startedMs === undefined || isLate ? undefined : ctx.nowMs - run.startedMs;
    const facts = {
      ...(exit && { exitCode: exit.exitCode, signal: exit.signal }),
      ...(ran !== undefined && { durationMs: Math.max(0, ran) }),
      ...(error && { error }),
    };
    const state = cameTo(run, data);
    const isRed = state === 'failed' || state === 'timed_out';
    const tells = isRed && run.required ? askerOf(ctx.state, run) : undefined;
    return decided({}, [endedEvent(run, { state, lastLines, ...facts, ...(tells && { tells }) })]);
  });
}

/** Who may mend it before the operator has looked; of a merge that was approved, its failure tells. */
function askerOf({ checks }: GatesState, { id }: Run) {
  const check = checks
    .values()
    .findLast((one) => one.purpose === 'request' && one.gates.some((gate) => gate.run === id));
  if (check?.agent === undefined || check.approval === undefined) return undefined;
  return { agent: check.agent, approval: check.approval };
}

/** A definition that cannot be run is the operator's to mend; what else goes wrong says nothing of the gate. */
const unusable: ReadonlySet<string> = new Set([
  ...['GATE_PROGRAM_MISSING', 'PROGRAM_UNUSABLE', 'SPAWN_FAILED'],
]);

const endings: Readonly<Record<GateEnding, 'cancelled' | 'timed_out'>> = {
  cancel: 'cancelled',
  timeout: 'timed_out',
};

function cameTo({ ending: why }: Run, { exit, error }: Omit<Data<'gate.ended'>, 'run'>) {
  // A program that is told to end may well end with 0.
  if (why !== undefined) return endings[why];
  if (error !== undefined) return unusable.has(error.code) ? 'failed' : 'lost';
  if (exit === undefined || (exit.exitCode === null && exit.signal === null)) return 'lost';
  return exit.exitCode === 0 ? 'passed' : 'failed';
}

function endedEvent(
  { id, gate, tree }: Run,
  data: Omit<EventData<typeof contract, 'gate.ended'>, 'run' | 'gate' | 'tree'>,
) {
  return newEvent(contract, 'gate.ended', { run: id, gate, tree, ...data });
}

function ending({ id, gate }: Run, why: GateEnding) {
  return newEvent(contract, 'gate.ending', { run: id, gate, why });
}

function end({ id, terminalId }: Run): Effect {
  return { kind: 'gate.end', lane: `gate-end/${id}`, data: { run: id, terminalId } };
}

function requireActive(state: GatesState, id: string): Result<Run> {
  const run = state.runs.byId.get(id);
  if (run === undefined) {
    const known = listOrNone(activeRuns(state).map((one) => one.id));
    return refuse('GATE_RUN_UNKNOWN', { run: id, known });
  }
  return hasEnded(run)
    ? refuse('GATE_OVER', { run: id, gate: run.gate, state: run.state })
    : ok(run);
}

/** What is reported of a run that is over by now changes nothing. */
function whileActive(ctx: Ctx, id: string, lead: (run: Run) => Ended): Ended {
  const run = ctx.state.runs.byId.get(id);
  return run === undefined || hasEnded(run) ? decided({}, []) : lead(run);
}
