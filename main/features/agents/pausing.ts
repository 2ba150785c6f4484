/**
 * Pausing. The terminal host holds the program before the log says so, so that a refusal is the caller's to see; a hub that
 * dies in between finds the difference when it recovers. Whatever ends or restarts the program ends the pause as well.
 */
import { agents as contract } from '../../../preload/contract/agents.ts';
import type { CommandData } from '../../../preload/contract/define.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { Result } from '../../base/result.ts';
import { ok, refuse } from '../../base/result.ts';
import type {
  DecideContext,
  Decision,
  NewEvent,
  Nothing,
  PrepareContext,
  SystemCommand,
} from '../../hub/feature.ts';
import { decided, handler, newEvent } from '../../hub/feature.ts';
import type { Terminals } from '../terminals/index.ts';
import { requireState } from './require.ts';
import type { Agent, AgentsState } from './slice.ts';
import { requireAgent, selectAgents } from './slice.ts';

type Ctx = DecideContext<AgentsState>;
type Target = { readonly agent: string };
interface Ports {
  readonly terminals: Pick<Terminals, 'pause' | 'resume'>;
}

export function pauseHandlers({ terminals }: Ports) {
  return {
    'agent.pause': handler({
      prepare: (data: Target, ctx) =>
        reach(ctx, { agent: data.agent, command: 'pause', act: (id) => terminals.pause(id) }),
      decide: decidePause,
    }),
    'agent.resume': handler({
      prepare: (data: Target, ctx) =>
        reach(ctx, { agent: data.agent, command: 'resume', act: (id) => terminals.resume(id) }),
      decide: decideResume,
    }),
    'agent.pause_found': { decide: decidePauseFound },
  };
}

interface Reach {
  readonly agent: string;
  readonly command: string;
  act(terminalId: string): Promise<void>;
}

/** Whether or not the log knows of a pause: the host's word is the truth, and both are idempotent there. */
async function reach(
  { hub }: PrepareContext,
  { agent, command, act }: Reach,
): Promise<Result<undefined>> {
  const found = requireRunning(selectAgents(hub), agent, command);
  if (!found.ok) return found;
  const { terminalId } = found.value;
  if (terminalId === undefined) return refuse('TERMINAL_GONE', { agent });
  await act(terminalId);
  return ok(undefined);
}

function requireRunning(state: AgentsState, agent: string, command: string): Result<Agent> {
  return requireState(state, { agent, command, states: ['running'] });
}

function decidePause({ state }: Ctx, { agent }: Target): Result<Decision<{ agent: string }>> {
  const found = requireRunning(state, agent, 'pause');
  if (!found.ok) return found;
  if (found.value.paused === undefined) return decided({ agent }, [paused(agent)]);
  const hint = `Let it go on: \`musher agent resume ${agent}\`.`;
  const at = { agent, state: 'paused', command: 'pause', expected: 'running', hint };
  return refuse('AGENT_NOT_IN_STATE', at);
}

function decideResume({ state }: Ctx, { agent }: Target): Result<Decision<{ agent: string }>> {
  const found = requireRunning(state, agent, 'resume');
  if (!found.ok) return found;
  if (found.value.paused !== undefined) return decided({ agent }, [resumed(agent)]);
  const hint = 'It goes on already.';
  const at = { agent, state: 'running', command: 'resume', expected: 'paused', hint };
  return refuse('AGENT_NOT_IN_STATE', at);
}

function decidePauseFound(
  { state }: Ctx,
  data: CommandData<typeof contract, 'agent.pause_found'>,
): Result<Decision<Nothing>> {
  const found = requireAgent(state, data.agent);
  if (!found.ok) return found;
  const { id, session, paused: known, state: where } = found.value;
  const isNews = (known !== undefined) !== data.isPaused;
  if (session !== data.session || where !== 'running' || !isNews) return decided({}, []);
  return decided({}, [data.isPaused ? paused(id) : resumed(id)]);
}

const paused = (agent: string): NewEvent => newEvent(contract, 'agent.paused', { agent });
const resumed = (agent: string): NewEvent => newEvent(contract, 'agent.resumed', { agent });

/** Where log and terminal host differ: the hub died between the two. */
export function findPaused(
  { byId }: AgentsState,
  running: ReadonlyArray<{ readonly id: string; readonly isPaused?: boolean }>,
): SystemCommand[] {
  const held = new Map(running.map(({ id, isPaused = false }) => [id, isPaused]));
  return byId.values().flatMap(({ id, session, state, terminalId = '', paused: known }) => {
    const isPaused = held.get(terminalId);
    const isSame = isPaused === undefined || isPaused === (known !== undefined);
    if (state !== 'running' || isSame) return [];
    return [{ type: 'agent.pause_found', data: { agent: id, session, isPaused } }];
  });
}

export function afterPause(agent: Agent, { actor, atMs }: EventEnvelope): Agent {
  return { ...agent, paused: { by: actor === 'operator' ? 'operator' : 'system', sinceMs: atMs } };
}

/** No pause lasts any more, by whatever it ended; how long it was held is kept for as long as the session. */
export function pauseOver(agent: Agent, atMs: number): Agent {
  const { paused: held, heldMs = 0 } = agent;
  if (held === undefined) return agent;
  return { ...agent, paused: undefined, heldMs: heldMs + Math.max(0, atMs - held.sinceMs) };
}

/** How long its program ran until it ended, milliseconds: while it is held it does not run. */
export function ranMs({ exit, launchedMs = 0, heldMs = 0 }: Agent): number {
  return (exit?.atMs ?? 0) - launchedMs - heldMs;
}

/** The time in which it was held is no silence of its own: that begins anew. */
export function afterResume(agent: Agent, { atMs }: EventEnvelope): Agent {
  const next = pauseOver(agent, atMs);
  return agent.lastSeenMs === undefined ? next : { ...next, lastSeenMs: atMs, liveness: 'active' };
}

/** Under which the end of a pause is published: what came meanwhile is told to the agent then. */
export function resumedTopics({ type, data }: EventEnvelope): string[] {
  return type === 'agent.resumed' ? [`${resumedPrefix}${(data as Target).agent}`] : [];
}

const resumedPrefix = 'resumed/';

export function resumedIn(topics: readonly string[]): string[] {
  return topics
    .filter((topic) => topic.startsWith(resumedPrefix))
    .map((topic) => topic.slice(resumedPrefix.length));
}
