/** An agent as pages see it: its record, with its status and how alive it is by what was heard of it and when. Pure. */
import type { AgentRecord, AgentStatus, Liveness } from '../../../preload/contract/agents.ts';
import { screenStatus } from './evidence/screen-status.ts';
import type { Agent, HookEvidence } from './slice.ts';

/** Silence this long makes an agent idle, then stale (the boundaries belong to the older side). */
export const idleAfterMs = 5 * 60_000;
export const staleAfterMs = 30 * 60_000;

export function livenessAt(lastSeenMs: number, nowMs: number): Liveness {
  const age = nowMs - lastSeenMs;
  if (age < idleAfterMs) return 'active';
  return age < staleAfterMs ? 'idle' : 'stale';
}

/** Output of one terminal is told again after this long: what streams all day costs the log 15 events an hour, and is never idle. */
const heardAgainMs = 4 * 60_000;

/** Whether output at this time says more of an agent than is known. */
export function isNewlyHeard(agent: Agent, heardMs: number): boolean {
  return isNews(agent, agent.lastSeenMs, heardMs);
}

/** The same of a heartbeat; where its terminal says something all the time, it says nothing new. */
export function isNewBeat(agent: Agent, beatMs: number): boolean {
  return isNews(agent, newestSignMs(agent), beatMs);
}

function isNews({ liveness }: Agent, knownMs: number | undefined, heardMs: number): boolean {
  if (knownMs === undefined) return true;
  return heardMs - knownMs >= (liveness === 'active' ? heardAgainMs : 1);
}

/**
 * Status from the strongest evidence there is: no process, an open question, a pending approval, another wait, a hook of its
 * CLI, the agent's word, its screen. What is at work and silent is unknown.
 */
export function statusOf(agent: Agent): AgentStatus {
  if (agent.state !== 'running')
    return { value: 'unknown', source: 'process', sinceMs: agent.stateSinceMs };
  const waits = agent.waits.values();
  for (const source of ['question', 'approval', 'wait'] as const) {
    const times = waits.filter(({ kind }) => sourceOf(kind) === source).map((one) => one.sinceMs);
    if (times.length > 0) return { value: 'waiting', source, sinceMs: Math.max(...times) };
  }
  return unlessSilent(agent, spokenStatus(agent));
}

function spokenStatus({ hook, isHooked, screen, reported }: Agent): AgentStatus {
  if (hook !== undefined) return hookStatus(hook, reported);
  return isHooked || screen === undefined ? reported : screenStatus(screen, reported);
}

/** Silence speaks against work, and against nothing else; heartbeats alone do not speak for it. */
function unlessSilent(agent: Agent, status: AgentStatus): AgentStatus {
  const { lastSeenMs, beatMs, liveness, launchedMs = agent.stateSinceMs } = agent;
  const heardMs = lastSeenMs ?? launchedMs;
  const isSilent = liveness === 'stale' || (beatMs ?? 0) - heardMs >= staleAfterMs;
  if (status.value !== 'working' || !isSilent) return status;
  return { value: 'unknown', source: 'silence', sinceMs: heardMs + staleAfterMs };
}

/** When anything that the log knows of was last heard of it, heartbeats too; undefined when nothing was. */
export function newestSignMs({ lastSeenMs, beatMs }: Agent): number | undefined {
  return beatMs === undefined ? lastSeenMs : Math.max(beatMs, lastSeenMs ?? 0);
}

const hookValues = { busy: 'working', idle: 'idle', waiting: 'waiting', limit: 'blocked' } as const;

/** What it said in this very turn goes on where the hook does not speak against it: at its prompt it may well be done. */
function hookStatus({ event, detail, atMs, turnMs }: HookEvidence, said: AgentStatus): AgentStatus {
  const isOfTurn = said.source === 'report' && said.sinceMs >= turnMs;
  if (isOfTurn && event === 'idle' && (said.value === 'done' || said.value === 'blocked'))
    return said;
  const value = hookValues[event];
  const note = isOfTurn && said.value === value ? said.note : detail;
  return { value, source: 'hook', ...(note !== undefined && { note }), sinceMs: atMs };
}

function sourceOf(kind: string): AgentStatus['source'] {
  return kind === 'question' || kind === 'approval' ? kind : 'wait';
}

export function toRecord(agent: Agent): AgentRecord {
  const {
    wanted: _w,
    baseRef: _b,
    reported: _r,
    label: _l,
    waits: _s,
    endedBy: _e,
    hook: _h,
    isHooked: _i,
    screen: _c,
    beatMs: _a,
    use: _u,
    wantsNew: _n,
    launchedMs: _m,
    heldMs: _d,
    typesPromptIn: _t,
    isChoreCut: _k,
    ...seen
  } = agent;
  return { ...seen, status: statusOf(agent) };
}
