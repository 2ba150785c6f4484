/** What wishes for gates lead to. Pure: what a merge comes to was looked at before. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import { areAllOver } from '../../../preload/contract/gate-verdict.ts';
import { gates as contract } from '../../../preload/contract/gates.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, Effect, NewEvent, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { chooseRuns } from './choose.ts';
import type { Gate, MergePlan } from './ports.ts';
import { gateOwnerPrefix } from './ports.ts';
import { activeRuns, type GatesState, newestCheck, runIn } from './slice.ts';

export type Ctx = DecideContext<GatesState>;

/** What was found out about the merge, and the gates as they are configured now. */
export interface PlanFacts {
  readonly plan: MergePlan;
  readonly gates: readonly Gate[];
  readonly target: string;
  readonly approval?: string | undefined;
  readonly agent?: string | undefined;
}

export interface RunData {
  readonly run: string;
  readonly gate: Gate;
  readonly commit: string;
  readonly terminalId: string;
}

/** Runs that wait or are under way, over all approvals. */
const mostActive = 60;
/** What one agent has asked for by itself and is not over. */
const mostOfAgent = 2;

export function decideRun(
  ctx: Ctx,
  { gate, again }: CommandData<typeof contract, 'gate.run'>,
  facts: PlanFacts,
): Result<Decision<{ check: string }>> {
  if (facts.gates.length === 0) return refuse('GATES_NONE');
  const wanted = facts.gates.filter(({ name }) => gate === undefined || name === gate);
  if (wanted.length === 0) {
    const known = listOrNone(facts.gates.map(({ name }) => name));
    return refuse('GATE_UNKNOWN', { gate: gate ?? '', known });
  }
  const free = requireFew(ctx);
  if (!free.ok) return free;
  const isPartial = wanted.length < facts.gates.length;
  return planned(ctx, { ...facts, gates: wanted }, { purpose: 'run', again, isPartial });
}

/** In the background, for a request that nobody has looked at yet. */
export function decidePlan(
  ctx: Ctx,
  { approval }: CommandData<typeof contract, 'gate.plan'>,
  facts: PlanFacts,
): Result<Decision<Nothing>> {
  const isKnown = newestCheck(ctx.state, (check) => check.approval === approval) !== undefined;
  if (isKnown || facts.gates.length === 0) return decided({}, []);
  return withoutResult(planned(ctx, facts, { purpose: 'request', again: false }));
}

/** A merge waits for it: it is not refused because others are many. */
export function decideRequire(
  ctx: Ctx,
  _data: CommandData<typeof contract, 'gate.require'>,
  facts: PlanFacts,
): Result<Decision<Nothing>> {
  return withoutResult(planned(ctx, facts, { purpose: 'merge', again: false }));
}

function withoutResult({ ...result }: ReturnType<typeof planned>): Result<Decision<Nothing>> {
  return result.ok ? ok({ ...result.value, result: {} }) : result;
}

function planned(
  ctx: Ctx,
  { plan, gates, target, approval, agent }: PlanFacts,
  how: { purpose: 'request' | 'run' | 'merge'; again: boolean; isPartial?: boolean },
): Result<Decision<{ check: string }>> {
  const check = ctx.newId('gc');
  const { files, tree, result, from, commit, changesGates } = plan;
  const newRun = () => ctx.newId('g');
  const { planned: rows, fresh } = chooseRuns(ctx.state, { ...how, tree, files, gates, newRun });
  const events: NewEvent[] = [
    newEvent(contract, 'gate.planned', {
      ...{ check, purpose: how.purpose, approval, agent, commit, target },
      ...{ result, from, tree, gates: rows, changesGates },
      ...(how.isPartial && { isPartial: true }),
    }),
  ];
  const effects: Effect[] = [];
  for (const { gate, run } of fresh) {
    // Numbers of events never come twice, so neither does a terminal.
    const session = ctx.nextSeq + events.length;
    const terminalId = terminalIdOf(`${gateOwnerPrefix}${gate.name}`, session);
    const { name, hash, command, required, timeoutMs } = gate;
    const row = { run, gate: name, hash, command: [...command], required, timeoutMs, terminalId };
    events.push(newEvent(contract, 'gate.queued', { ...row, tree, commit: result }));
    const data: RunData = { run, gate, commit: result, terminalId };
    effects.push({ kind: 'gate.run', lane: `gate/${run}`, data });
  }
  return decided({ check }, events, effects);
}

function requireFew({ state, actor }: Ctx): Result<true> {
  const active = activeRuns(state).length;
  if (active >= mostActive) return refuse('GATES_BUSY', { count: active });
  const agent = agentIdOf(actor);
  if (agent === undefined) return ok(true);
  const own = state.checks
    .values()
    .filter((check) => check.agent === agent && check.purpose === 'run');
  const open = own.filter((check) => !areAllOver(check, runIn(state)));
  return open.length >= mostOfAgent ? refuse('GATES_BUSY', { count: open.length }) : ok(true);
}
