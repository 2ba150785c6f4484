/** What can be asked of gates. */
import type { QueryData, QueryResult } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { areAllOver, runOfGate, verdictOf } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck, gates as contract } from '../../../preload/contract/gates.ts';
import { ok, type Result, refuse } from '../../base/result.ts';
import type { QueryContext } from '../../hub/feature.ts';
import { gatesTopic } from './board.ts';
import type { GatesPorts } from './ports.ts';
import { type GatesState, runIn, toRunRecord } from './slice.ts';
import { toDefinition } from './watch.ts';

type Ctx = QueryContext<GatesState>;
type Found<K extends keyof (typeof contract)['queries']> = Promise<
  Result<QueryResult<typeof contract, K>>
>;

export async function listGates(
  { settings }: GatesPorts,
  _data: object,
  { state }: Ctx,
): Found<'gate.list'> {
  const { gates, when, parallel } = settings();
  const runs = state.runs.byId.values();
  return ok({
    ...{ when, parallel },
    gates: gates.map((gate) => {
      const newest = runs.findLast((run) => run.gate === gate.name);
      return { ...toDefinition(gate), ...(newest && { newest: toRunRecord(newest) }) };
    }),
  });
}

/** Until all have ended, advisory ones too. */
export async function showOutcome(
  { check: id, waitMs }: QueryData<typeof contract, 'gate.outcome'>,
  ctx: Ctx,
): Found<'gate.outcome'> {
  const endMs = ctx.nowMs + waitMs;
  let { state } = ctx;
  let leftMs = waitMs;
  for (;;) {
    const check = requireVisible(state, id, ctx);
    if (!check.ok) return check;
    if (leftMs <= 0 || areAllOver(check.value, runIn(state)))
      return ok(outcomeOf(state, check.value));
    const before = state;
    await ctx.untilTopic(gatesTopic, leftMs);
    state = ctx.fresh().state;
    // The wait ended by its time, by the hub's stop or by the caller's going.
    if (state === before || ctx.signal.aborted) leftMs = 0;
    else leftMs = Math.min(leftMs, endMs - ctx.nowMs);
  }
}

function outcomeOf(
  state: GatesState,
  check: GateCheck,
): QueryResult<typeof contract, 'gate.outcome'> {
  const runOf = runIn(state);
  const runs = check.gates.flatMap((gate) => {
    const run = runOfGate(gate, runOf);
    return run === undefined ? [] : [toRunRecord(run)];
  });
  return { check, verdict: verdictOf(check, runOf), runs };
}

/** To other agents it does not exist. */
function requireVisible({ checks }: GatesState, id: string, { actor }: Ctx): Result<GateCheck> {
  const check = checks.get(id);
  const self = agentIdOf(actor);
  return check === undefined || (self !== undefined && check.agent !== self)
    ? refuse('GATE_CHECK_UNKNOWN', { check: id })
    : ok(check);
}
