/** What the commands of learnings lead to. Pure. */
import type { CommandData } from '../../../preload/contract/define.ts';
import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import { learnings as contract } from '../../../preload/contract/learnings.ts';
import { isTold, sayFinding } from '../../../preload/contract/say-finding.ts';
import { listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { DecideContext, Decision, NewEvent } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { isReachable, reachableAgents, requireActingAgent, selectAgents } from '../agents/index.ts';
import { selectFindings } from '../findings/index.ts';
import { findSame, type LearningsState } from './slice.ts';

type Ctx = DecideContext<LearningsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Noted = Result<Decision<{ learning: string }>>;

export function decideAdd(ctx: Ctx, { text }: Data<'learning.add'>): Noted {
  const isAgent = agentIdOf(ctx.actor) !== undefined;
  const agent = isAgent ? requireActingAgent(selectAgents(ctx.hub), ctx.actor) : undefined;
  if (agent?.ok === false) return agent;
  const { event, learning } = noted(ctx, text);
  return decided({ learning }, [event]);
}

export function decideAnnounce(ctx: Ctx, { text, to, payload }: Data<'learning.announce'>): Noted {
  const agents = selectAgents(ctx.hub);
  if (to !== 'operator' && !isReachable(agents, to)) {
    const known = listOrNone(reachableAgents(agents).map((agent) => agent.id));
    return refuse('RECIPIENT_UNKNOWN', { to, known });
  }
  const sender = decideAdd(ctx, { text });
  if (!sender.ok) return sender;
  const { event, learning } = noted(ctx, text, { to, payload });
  return decided({ learning }, [event]);
}

/** What says the same as a note that is there is that note, once more. */
function noted(
  ctx: Ctx,
  text: string,
  more: Omit<Data<'learning.announce'>, 'text'> | Record<never, never> = {},
): { readonly event: NewEvent; readonly learning: string } {
  const id = ctx.newId('l');
  const same = findSame(ctx.state, text);
  const data = { learning: id, text, ...more, ...(same !== undefined && { same }) };
  return { event: newEvent(contract, 'learning.added', data), learning: same ?? id };
}

export function decideDrop(
  ctx: Ctx,
  { id }: Data<'learning.drop'>,
): Result<Decision<{ id: string }>> {
  if (ctx.state.byId.has(id))
    return decided({ id }, [newEvent(contract, 'learning.dropped', { id })]);
  const finding = requireFinding(ctx, id);
  if (!finding.ok) return finding;
  return decided({ id }, [newEvent(contract, 'learning.dropped', { id })]);
}

export function decidePromote(ctx: Ctx, { finding: id, text }: Data<'learning.promote'>): Noted {
  const finding = requireFinding(ctx, id);
  if (!finding.ok) return finding;
  const { event, learning } = noted(ctx, text ?? sayFinding(finding.value));
  return decided({ learning }, [event, newEvent(contract, 'learning.dropped', { id })]);
}

/** Of what nobody is told nobody can know the id. */
function requireFinding({ hub, state }: Ctx, id: string): Result<FindingRecord> {
  const found = selectFindings(hub).get(id);
  if (found !== undefined && isTold(found)) return ok(found);
  const known = selectFindings(hub).values().filter(isTold);
  const newest = [...known.map((one) => one.id), ...[...state.settled].reverse()].slice(0, 8);
  return refuse('LEARNING_UNKNOWN', { id, known: listOrNone(newest) });
}
