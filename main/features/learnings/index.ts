/** Learnings: noted once, seen by everyone, written to the file that a team shares. */
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { agentIdOf } from '../../../preload/contract/envelope.ts';
import type { LearningRecord } from '../../../preload/contract/learnings.ts';
import { learnings as contract } from '../../../preload/contract/learnings.ts';
import type { Kept } from '../../base/records.ts';
import { keepNewest, listOrNone } from '../../base/records.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { DecideContext, Decision, EffectHandler, Feature } from '../../hub/feature.ts';
import { decided, feature, newEvent } from '../../hub/feature.ts';
import { isReachable, reachableAgents, requireActingAgent, selectAgents } from '../agents/index.ts';
import { inboxTopic } from '../messages/index.ts';
import type { LearningsFile } from './ports.ts';

export type LearningsState = Kept<LearningRecord>;

const kept = 200;

export function learningsFeature(ports: { readonly file: LearningsFile }): Feature {
  return feature(contract, {
    initial: { byId: Table.empty(), settled: [] } as LearningsState,
    version: 2,
    commands: {
      'learning.add': { decide: decideAdd },
      'learning.announce': { decide: decideAnnounce },
    },
    queries: {
      'learning.list': async (_data, ctx) => ok({ learnings: ctx.state.byId.values() }),
    },
    reduce: { 'learning.added': added },
    topics({ data }) {
      const { to } = data as EventData<typeof contract, 'learning.added'>;
      return to === undefined ? [] : [inboxTopic(to)];
    },
    views: { learning: { items: (state: LearningsState) => state.byId } },
    search: { 'learning.added': { text: ['text'], to: 'to' } },
    describe: { 'learning.added': ({ data }) => `Learned: ${(data as { text: string }).text}` },
    effects: { 'learning.write': writing(ports.file) },
  });
}

function decideAdd(
  ctx: DecideContext<LearningsState>,
  { text }: { text: string },
): Result<Decision<{ learning: string }>> {
  const isAgent = agentIdOf(ctx.actor) !== undefined;
  const agent = isAgent ? requireActingAgent(selectAgents(ctx.hub), ctx.actor) : undefined;
  if (agent?.ok === false) return agent;
  const learning = ctx.newId('l');
  const record: LearningRecord = { id: learning, text, by: ctx.actor, atMs: ctx.nowMs };
  const write = { kind: 'learning.write', lane: 'learnings', data: record };
  return decided({ learning }, [newEvent(contract, 'learning.added', { learning, text })], [write]);
}

function decideAnnounce(
  ctx: DecideContext<LearningsState>,
  { text, to, payload }: CommandData<typeof contract, 'learning.announce'>,
): Result<Decision<{ learning: string }>> {
  const agents = selectAgents(ctx.hub);
  if (to !== 'operator' && !isReachable(agents, to)) {
    const known = listOrNone(reachableAgents(agents).map((agent) => agent.id));
    return refuse('RECIPIENT_UNKNOWN', { to, known });
  }
  const noted = decideAdd(ctx, { text });
  if (!noted.ok) return noted;
  const { learning } = noted.value.result;
  const event = newEvent(contract, 'learning.added', { learning, text, to, payload });
  return ok({ ...noted.value, events: [event] });
}

function added(state: LearningsState, event: EventEnvelope): LearningsState {
  const { learning, text } = event.data as EventData<typeof contract, 'learning.added'>;
  const record = { id: learning, text, by: event.actor, atMs: event.atMs };
  const byId = state.byId.set(learning, record);
  return keepNewest({ ...state, byId }, learning, { isSettled: () => true, keep: kept });
}

/** A file that cannot be written costs the log nothing: the learning stays in Musher, and the log says why. */
function writing(file: LearningsFile): EffectHandler<LearningRecord> {
  return {
    async run(learning) {
      await file.append(learning);
      return undefined;
    },
  };
}
