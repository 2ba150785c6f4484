/** What has to be known of a merge before its gates are decided about. */
import { isRange } from '../../../preload/contract/approval-range.ts';
import type { Pin } from '../../../preload/contract/change-facts.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { Actor } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { gates as contract } from '../../../preload/contract/gates.ts';
import { listOrNone } from '../../base/records.ts';
import { musherError, ok, type Result, refuse } from '../../base/result.ts';
import type { HubState, PrepareContext } from '../../hub/feature.ts';
import { requireActingAgent, selectAgents } from '../agents/index.ts';
import { selectApprovals } from '../approvals/index.ts';
import type { PlanFacts } from './decide.ts';
import type { Gate, GatesPorts } from './ports.ts';

type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Subject = Pick<PlanFacts, 'approval' | 'agent' | 'target'> & {
  readonly commit: string;
  readonly range?: Pick<Pin, 'base' | 'fork'> | undefined;
};

export async function prepareRun(
  ports: GatesPorts,
  { subject }: Data<'gate.run'>,
  ctx: PrepareContext,
): Promise<Result<PlanFacts>> {
  const gates = requireGates(ports);
  if (gates.length === 0) return refuse('GATES_NONE');
  const found = /^[0-9a-f]{4,64}$/i.test(subject)
    ? await findCommit(ports, subject.toLowerCase(), ctx)
    : findApproval(ctx.hub, subject, ctx.actor);
  return found.ok ? ok(await withPlan(ports, { ...found.value, gates }, ctx)) : found;
}

export async function preparePlan(
  ports: GatesPorts,
  { approval }: Data<'gate.plan'>,
  ctx: PrepareContext,
): Promise<Result<PlanFacts>> {
  const found = findApproval(ctx.hub, approval, ctx.actor);
  if (!found.ok) return found;
  return ok(await withPlan(ports, { ...found.value, gates: requireGates(ports) }, ctx));
}

/** The result is there already: it is what the merge has made. */
export async function prepareRequire(
  ports: GatesPorts,
  { approval, commit: result, from }: Data<'gate.require'>,
  { hub, actor, signal }: PrepareContext,
): Promise<Result<PlanFacts>> {
  const found = findApproval(hub, approval, actor);
  if (!found.ok) return found;
  const { commit, range: _, ...rest } = found.value;
  const facts = await ports.gateTrees.look({ commit: result, from, signal });
  return ok({ ...rest, gates: requireGates(ports), plan: { ...facts, commit, result, from } });
}

function requireGates(ports: GatesPorts): readonly Gate[] {
  const { gates, unreadable } = ports.settings();
  if (unreadable !== undefined) throw musherError('GATES_UNREADABLE', { path: unreadable });
  return gates;
}

async function withPlan(
  { gateTrees }: GatesPorts,
  { commit, range, ...rest }: Subject & { readonly gates: readonly Gate[] },
  { signal }: PrepareContext,
): Promise<PlanFacts> {
  const plan = await gateTrees.plan({ commit, target: rest.target, range, signal });
  return { ...rest, plan };
}

/** To others than its agent and the operator, an approval does not exist. */
function findApproval(hub: HubState, id: string, actor: Actor): Result<Subject> {
  const { byId } = selectApprovals(hub);
  const self = agentIdOf(actor);
  const found = byId.get(id);
  if (found !== undefined && (self === undefined || found.agent === self)) {
    const { commit, target, base, fork } = found.pin;
    const range = isRange(found.pin) ? { base, fork } : undefined;
    return ok({ approval: id, agent: found.agent, commit, target, range });
  }
  const own = byId
    .values()
    .filter(({ state, agent }) => state === 'pending' && (self ?? agent) === agent);
  return refuse('APPROVAL_UNKNOWN', { approval: id, known: listOrNone(own.map((one) => one.id)) });
}

/** An agent's is on its own branch. The operator's may be any: it is merged into what they have checked out. */
async function findCommit(
  ports: GatesPorts,
  commit: string,
  { hub, actor, signal }: PrepareContext,
): Promise<Result<Subject>> {
  if (agentIdOf(actor) === undefined)
    return ok({ commit, target: await ports.worktrees.defaultBase() });
  const agent = requireActingAgent(selectAgents(hub), actor);
  if (!agent.ok) return agent;
  const { id, branch, baseRef: target } = agent.value;
  const { pin } = await ports.review.examine({ agent: id, branch, commit, target, signal });
  return ok({ agent: id, commit: pin.commit, target });
}
