/** Conflicts: what agents are about to change. One intent for each agent; a new one replaces it, and time ends it. */
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { IntentRecord } from '../../../preload/contract/conflicts.ts';
import type { CommandData, EventData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { Result } from '../../base/result.ts';
import { ok } from '../../base/result.ts';
import type { DecideContext, Decision, Feature, Nothing } from '../../hub/feature.ts';
import { decided, feature, newEvent } from '../../hub/feature.ts';
import { reachableAgents, requireActingAgent, selectAgents } from '../agents/index.ts';
import { inboxTopic } from '../messages/index.ts';

/** By agent; also those whose time is over, until the agent says something else or goes. */
export type ConflictsState = Table<IntentRecord>;
type Ctx = DecideContext<ConflictsState>;
type Declared = EventData<typeof contract, 'intent.declared'>;

export function conflictsFeature(): Feature {
  return feature(contract, {
    initial: Table.empty() as ConflictsState,
    version: 1,
    commands: {
      'intent.declare': { decide: decideDeclare },
      'intent.withdraw': { decide: decideWithdraw },
    },
    queries: {
      'intent.list': async (_data, { state, nowMs }) =>
        ok({ intents: state.values().filter(({ untilMs }) => untilMs > nowMs) }),
    },
    reduce: {
      'intent.declared': declared,
      'intent.withdrawn': gone,
      'agent.destroyed': gone,
      'agent.purged': gone,
    },
    views: { intent: { items: (state: ConflictsState) => state } },
    topics: ({ type, data }) =>
      type === 'intent.declared' ? (data as Declared).recipients.map(inboxTopic) : [],
    search: { 'intent.declared': { text: ['summary'] }, 'intent.withdrawn': { text: [] } },
    describe: { 'intent.declared': ({ data }) => describe(data as Declared) },
  });
}

function decideDeclare(
  ctx: Ctx,
  { summary, files, validForMs }: CommandData<typeof contract, 'intent.declare'>,
): Result<Decision<{ untilMs: number }>> {
  const agents = selectAgents(ctx.hub);
  const self = requireActingAgent(agents, ctx.actor);
  if (!self.ok) return self;
  const agent = self.value.id;
  const others = reachableAgents(agents).filter(({ id }) => id !== agent);
  const staying = others.filter(({ state }) => state !== 'destroying').map(({ id }) => id);
  const recipients = ['operator', ...staying];
  return decided({ untilMs: ctx.nowMs + validForMs }, [
    newEvent(contract, 'intent.declared', { agent, files, summary, validForMs, recipients }),
  ]);
}

function decideWithdraw(ctx: Ctx): Result<Decision<Nothing>> {
  const self = requireActingAgent(selectAgents(ctx.hub), ctx.actor);
  if (!self.ok) return self;
  const agent = self.value.id;
  const isThere = ctx.state.has(agent);
  return decided({}, isThere ? [newEvent(contract, 'intent.withdrawn', { agent })] : []);
}

function declared(state: ConflictsState, event: EventEnvelope): ConflictsState {
  const { agent, files, summary, validForMs } = event.data as Declared;
  const { seq, atMs: declaredMs } = event;
  const untilMs = declaredMs + validForMs;
  return state.set(agent, { agent, files, summary, declaredMs, untilMs, seq });
}

function gone(state: ConflictsState, event: EventEnvelope): ConflictsState {
  return state.delete((event.data as { agent: string }).agent);
}

const shownFiles = 10;

function describe({ summary, files, validForMs }: Declared): string {
  const paths = files.map((file) => (typeof file === 'string' ? file : file.path));
  const more = paths.length - shownFiles;
  const shown = [...paths.slice(0, shownFiles), ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return `About to change, for ${Math.round(validForMs / 60_000)} min: ${shown}\n${summary}`;
}
