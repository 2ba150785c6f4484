/** Agents: coding CLIs, each in its own worktree, branch and terminal. */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import { dueRows } from '../../base/due-rows.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type { Feature, Life, PrepareContext, SystemCommand } from '../../hub/feature.ts';
import { decided, feature, handler } from '../../hub/feature.ts';
import { readWaits } from '../../hub/waits.ts';
import { adoptHandlers } from './adopting.ts';
import type { AddFacts } from './decide.ts';
import {
  decideAdd,
  decideAge,
  decideDestroy,
  decideFailed,
  decideHalted,
  decideHeard,
  decideLaunched,
  decideProvisioned,
  decidePurge,
  decideRemoved,
  decideReport,
  decideRestart,
  decideRevive,
  decideStart,
  decideStopFor,
} from './decide.ts';
import { decideChosen, decideHook, decideResumeFailed, endedResuming } from './conversations.ts';
import type { AgentsPorts } from './effects.ts';
import { agentEffects } from './effects.ts';
import { evidenceHandlers, evidenceQueries } from './evidence/evidence-handlers.ts';
import { historySearch } from './evidence/history.ts';
import { watchHeartbeats } from './evidence/heartbeats.ts';
import { watchScreens } from './evidence/watch-screens.ts';
import { watchWorktrees } from './evidence/watch-worktrees.ts';
import { typeFirstPrompts } from './first-prompt.ts';
import { decideAnnounce } from './labels.ts';
import { lastHeard, listenToOutput } from './output.ts';
import { decideTrust, listProfiles, prepareTrust } from './profile-rows.ts';
import { dueLimits, nudgeHandlers, upcomingLimits } from './nudges/nudges.ts';
import { watchNudges } from './nudges/watch-nudges.ts';
import { findPaused, pauseHandlers, resumedTopics } from './pausing.ts';
import { decideEquip } from './port-ranges.ts';
import { profileOf, requireConfirmed, requireProgram } from './profiles.ts';
import { readLastScreen, readScreen, typeInto, wake } from './reach.ts';
import { decideTellRebase, describeRebase, rebasedTopics } from './rebasing.ts';
import { reduceAgents } from './reduce.ts';
import { requireNew, requireValidName } from './require.ts';
import { restartSoon } from './restart-soon.ts';
import { describeChores, isRunning } from './setup/chores.ts';
import { showCommands } from './setup/commands.ts';
import { setupHandlers } from './setup/handlers.ts';
import { showChoreLines } from './setup/show-lines.ts';
import { dueRestarts, isAboutToStart, restartHandlers, upcomingRestarts } from './restarts.ts';
import type { Agent, AgentsState } from './slice.ts';
import { initialAgents, requireActingAgent, selectAgents } from './slice.ts';
import { idleAfterMs, livenessAt, newestSignMs, staleAfterMs, toRecord } from './view.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { agentWaits } from './waits.ts';

export type { Profile, Profiles, TreeCommands, TreeSettings } from './ports.ts';
export { findPrompt, isSamePrompt } from './prompts/find-prompt.ts';
export type { ScreenPrompt } from './prompts/prompt-shape.ts';
export { configProfiles } from './config-profiles.ts';
export { endedResumingMs } from './conversations.ts';
export { builtInNames, profilesOf } from './profiles.ts';
export type { AgentsPorts } from './effects.ts';
export { mayRun, requireMayRun, setupHash } from './setup/commands.ts';
export { treeEnv } from './setup/run-chore.ts';
export { runCommands } from './setup/run-commands.ts';
export { placeOf } from './adopting.ts';
export { resumedIn } from './pausing.ts';
export { agentLimit, isFull } from './require.ts';
export { rosterOf } from './roster.ts';
export type { Agent, AgentsState } from './slice.ts';
export {
  isAlive,
  isReachable,
  reachableAgents,
  requireActingAgent,
  requireAgent,
  selectAgents,
} from './slice.ts';
export { statusOf } from './view.ts';

/** `others`: the features that agents wait for something of, by what they declare of their events. */
export function agentsFeature(ports: AgentsPorts, others: readonly Feature[]): Feature {
  const waits = readWaits(others);
  return feature(contract, {
    initial: initialAgents,
    version: 14,
    commands: {
      'agent.add': handler({
        prepare: (data, ctx) => prepareAdd(ports, data, ctx),
        decide: decideAdd,
      }),
      'agent.start': { decide: decideStart },
      'agent.restart': { decide: decideRestart },
      'agent.destroy': { decide: decideDestroy },
      'agent.revive': { decide: decideRevive },
      'agent.purge': { decide: decidePurge },
      'agent.report': { decide: decideReport },
      'agent.announce': { decide: decideAnnounce },
      'agent.type': handler({
        prepare: (data, ctx) => typeInto(ports, data, ctx.hub),
        decide: () => decided({}, []),
      }),
      'agent.wake': handler({
        prepare: (data, ctx) => wake(ports, data, ctx.hub),
        decide: () => decided({}, []),
      }),
      ...adoptHandlers(ports),
      'agent.equip': { decide: decideEquip },
      'agent.tell_rebase': { decide: decideTellRebase },
      ...cliCommands(ports),
      ...setupHandlers(ports),
      ...pauseHandlers(ports),
      ...restartHandlers,
      ...nudgeHandlers,
      ...evidenceHandlers,
      ...workHandlers,
      'agent.age': { decide: decideAge },
      'agent.heard': { decide: decideHeard },
    },
    queries: {
      'agent.list': async (data, ctx) =>
        ok({
          agents: ctx.state.byId
            .values()
            .filter((agent) => data.all || agent.state !== 'destroyed')
            .map((agent) => ({
              ...toRecord(agent),
              lastSeenMs: lastHeard(agent, ctx.live('output')),
            })),
        }),
      'agent.self': async (_data, ctx) => {
        const self = requireActingAgent(ctx.state, ctx.actor);
        return self.ok ? ok(toRecord(self.value)) : self;
      },
      'agent.screen': (data, ctx) => readScreen(ports, data, ctx.hub),
      ...evidenceQueries(reduceAgents(waits), waits.types),
      ...outsideQueries(ports),
    },
    reduce: reduceAgents(waits),
    waits: agentWaits,
    topics: (event) => [...resumedTopics(event), ...rebasedTopics(event)],
    describe: { ...describeRebase, ...describeChores },
    search: historySearch,
    views: { agent: { items: (state: AgentsState) => state.byId, record: toRecord } },
    effects: agentEffects(ports),
    ...byTime,
    start: (life) => startSources(ports, life),
    recover: (state) => recoverAgents(ports, state),
    windDown: stopAll,
  });
}

/** What the work behind transient states reports, and a stop that has a reason. */
const workHandlers = {
  'agent.provisioned': { decide: decideProvisioned },
  'agent.launched': { decide: decideLaunched },
  'agent.stop_for': { decide: decideStopFor },
  'agent.halted': { decide: decideHalted },
  'agent.removed': { decide: decideRemoved },
  'agent.failed': { decide: decideFailed },
};

function startSources(ports: AgentsPorts, life: Life<AgentsState>): void {
  listenToOutput(ports.terminals, life);
  typeFirstPrompts(ports, life);
  restartSoon(life);
  watchScreens(ports, life);
  watchHeartbeats(ports.heartbeats, life);
  watchNudges(ports, life);
  watchWorktrees(ports.worktrees, life);
  showChoreLines(ports, life);
}

/** What is about the CLI in an agent: its hooks, its conversation, its profile. */
function cliCommands(ports: AgentsPorts) {
  return {
    'agent.hook': { decide: decideHook },
    'agent.resume_failed': handler({
      prepare: (data, ctx) => readLastScreen(ports, data, ctx.hub),
      decide: decideResumeFailed,
    }),
    'profile.trust': handler({
      prepare: (data) => prepareTrust(ports, data),
      decide: decideTrust,
    }),
    'agent.conversation_chosen': { decide: decideChosen },
  };
}

/** What is asked of the outside alone. */
function outsideQueries(ports: AgentsPorts) {
  return {
    'worktree.commands': async () => ok(showCommands(ports)),
    'agent.profiles': async () => ok({ profiles: await listProfiles(ports) }),
    'repository.get': async () => ok(await describeRepository(ports)),
  };
}

/** Everything that can be known to fail is refused here, before an agent exists. */
async function prepareAdd(
  ports: AgentsPorts,
  data: CommandData<typeof contract, 'agent.add'>,
  ctx: PrepareContext,
): Promise<Result<AddFacts>> {
  const name = requireValidName(data.name);
  if (!name.ok) return name;
  const free = requireNew(selectAgents(ctx.hub), data.name);
  if (!free.ok) return free;
  const profile = profileOf(ports.profiles, data.profile);
  requireConfirmed(profile, ports.confirmed);
  if (profile.needsCommand && data.command === undefined)
    return refuse('PROFILE_NEEDS_COMMAND', { profile: profile.name, agent: data.name });
  const program = profile.program ?? data.command?.[0] ?? '';
  // A path inside the worktree cannot be checked before the worktree stands; starting it will tell.
  if (!ports.programs.isRelative(program))
    await requireProgram(ports.programs, { profile, program });
  const branch = data.branch ?? `agent/${data.name}`;
  const { base, fetches } = ports.treeSettings();
  const baseRef = data.base ?? base ?? (await ports.worktrees.defaultBase());
  await ports.worktrees.check({
    signal: ctx.signal,
    agent: data.name,
    branch,
    base: baseRef,
  });
  if (data.at !== undefined) return ok({ branch, baseRef, startAt: data.at });
  const isFetched = data.fetch || (fetches && data.base === undefined);
  if (!isFetched) return ok({ branch, baseRef });
  return ok({ branch, baseRef, startAt: await ports.worktrees.fetch(baseRef, ctx.signal) });
}

function dueAgents({ byId }: AgentsState, nowMs: number): SystemCommand[] {
  const aged = ageing(byId, nowMs).map((agent) => ({
    type: 'agent.age',
    data: { agent: agent.id, liveness: livenessAt(newestSignMs(agent) ?? 0, nowMs) },
  }));
  const failed = endedResuming(byId, nowMs).map(({ id, session }) => ({
    type: 'agent.resume_failed',
    data: { agent: id, session },
  }));
  return [...aged, ...failed, ...dueRestarts({ byId }, nowMs), ...dueLimits({ byId }, nowMs)];
}

const byTime = {
  due: dueAgents,
  upcoming: ({ byId }: AgentsState) => [...upcomingRestarts(byId), ...upcomingLimits(byId)],
};

/** When silence makes it older than it is told. Of one that is held, silence says nothing. */
const ageing = dueRows<Agent>((agent) => {
  const { state, liveness, paused } = agent;
  const seenMs = newestSignMs(agent);
  if (paused !== undefined || state !== 'running') return undefined;
  if (seenMs === undefined || liveness === 'stale') return undefined;
  return seenMs + (liveness === 'idle' ? staleAfterMs : idleAfterMs);
});

/**
 * What ended while the hub was away, with how it ended where somebody saw that; and the end of programs that no agent
 * claims any more. Transient states end by their own effects, which come again.
 */
async function recoverAgents(ports: AgentsPorts, state: AgentsState): Promise<SystemCommand[]> {
  const running = await ports.terminals.list();
  const alive = new Set(running.map(({ id }) => id));
  const ended = new Map((await ports.terminals.ended()).map((exit) => [exit.id, exit]));
  await endUnclaimed(ports, state, alive);
  const exits = state.byId.values().flatMap(({ state, terminalId = '' }) => {
    if (state !== 'running' || terminalId === '' || alive.has(terminalId)) return [];
    const { exitCode = null, signal = null } = ended.get(terminalId) ?? {};
    return [{ type: 'terminal.exited', data: { terminalId, exitCode, signal } }];
  });
  return [...exits, ...findPaused(state, running)];
}

/** The commands of a removal are found again by that, those of worktrees that stand ready are ended by who tends them. */
function isElsewhere(terminalId: string): boolean {
  return terminalId.includes('~prune.') || terminalId.startsWith('pool_');
}

async function endUnclaimed(
  { terminals }: AgentsPorts,
  { byId }: AgentsState,
  alive: ReadonlySet<string>,
): Promise<void> {
  const claimed = new Set(
    byId.values().flatMap(({ id, session, chore }) => {
      const own = isRunning(chore) ? [chore.terminalId ?? ''] : [];
      return [terminalIdOf(id, session), ...own];
    }),
  );
  const unclaimed = [...alive].filter((id) => !claimed.has(id) && !isElsewhere(id));
  await Promise.allSettled(unclaimed.map((id) => terminals.end(id, 0)));
}

/** For those who want agents to end with the hub: a stop that is recorded is an orderly one. */
function stopAll(state: AgentsState): SystemCommand[] {
  return state.byId
    .values()
    .filter((agent) => ['running', 'starting'].includes(agent.state) || isAboutToStart(agent))
    .map(({ id }) => ({ type: 'agent.stop', data: { agent: id } }));
}

async function describeRepository({ worktrees, treeSettings }: AgentsPorts) {
  const { root, name, worktreesFolder } = worktrees.repository;
  const [branches, checkedOut] = await Promise.all([worktrees.branches(), worktrees.defaultBase()]);
  const defaultBase = treeSettings().base ?? checkedOut;
  return { root, name, branches: [...branches], defaultBase, worktreesFolder };
}
