/** From what is known and seen of all agents to what is to be done about it. Pure. */
import type { WaitingItem } from '../../../preload/contract/inbox.ts';
import type { SystemCommand } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { statusOf } from '../agents/index.ts';
import { isToKick } from './kick.ts';
import { limitError, nearNoMore, newlyNear, reachedOf, usesOf } from './limits.ts';
import type { WatchedProfile, WatchSettings } from './ports.ts';
import type { Sighting } from './stuck.ts';
import { changesOf, findStuck } from './stuck.ts';
import type { Watch } from './slice.ts';

/** One agent that runs and is not held. */
export interface Looked {
  readonly nowMs: number;
  readonly agent: Agent;
  readonly watch: Watch;
  readonly settings: WatchSettings;
  readonly profile: WatchedProfile | undefined;
  readonly waiting: readonly WaitingItem[];
  readonly screen: {
    readonly asks?: Sighting | undefined;
    readonly unsent?: Sighting | undefined;
    readonly broken?: Sighting | undefined;
    readonly tokens?: number | undefined;
  };
  readonly outputMs: number | undefined;
  /** Of its files and commits; asked only where nothing else tells of progress. */
  readonly changedMs: number | undefined;
}

/** A limit that is reached is all that there is to say. */
export function commandsFor(looked: Looked): SystemCommand[] {
  const { isReached, commands } = limitCommands(looked);
  return isReached ? commands : [...commands, ...stuckCommands(looked), ...kicks(looked)];
}

export function limitCommands({
  agent,
  watch,
  settings,
  nowMs,
}: Pick<Looked, 'agent' | 'watch' | 'settings' | 'nowMs'>): {
  readonly isReached: boolean;
  readonly commands: SystemCommand[];
} {
  const { run, limits: own, near } = watch;
  const uses = usesOf({ profile: agent.profile, own, config: settings.limits, run, nowMs });
  const reached = reachedOf(uses);
  const { id, session } = agent;
  if (reached !== undefined) {
    const error = limitError(id, reached);
    const stop = { type: 'agent.stop_for', data: { agent: id, session, error } };
    return { isReached: true, commands: [stop] };
  }
  const over = nearNoMore(uses, near).map((kind) => ({
    type: 'watchdog.clear_near',
    data: { agent: id, kind },
  }));
  const nearing = newlyNear(uses, near).map(({ kind, used, of }) => ({
    type: 'watchdog.near_limit',
    data: { agent: id, kind, used, of },
  }));
  return { isReached: false, commands: [...over, ...nearing] };
}

function stuckCommands(looked: Looked): SystemCommand[] {
  const { agent, watch, nowMs, screen, outputMs, settings, profile } = looked;
  const { run } = watch;
  const [oldest] = looked.waiting
    .filter((item) => item.agent === agent.id && item.isBlocking)
    .toSorted((a, b) => a.sinceMs - b.sinceMs);
  const { value, source } = statusOf(agent);
  const found = findStuck({
    ...{ nowMs, screen, outputMs, waiting: oldest, hook: agent.hook },
    status: { value, source },
    contextTokens: run.contextTokens ?? screen.tokens,
    progressMs: run.progressMs && Math.max(run.progressMs, looked.changedMs ?? 0),
  });
  const { begun, over } = changesOf(found, watch, nowMs);
  const isBloated = begun.some(({ shape }) => shape === 'context-bloat');
  const nudge = { agent: agent.id, text: compactText };
  return [
    ...over.map((shape) => ({ type: 'watchdog.find_free', data: { agent: agent.id, shape } })),
    ...begun.map((one) => ({ type: 'watchdog.find_stuck', data: { agent: agent.id, ...one } })),
    ...(isBloated && settings.nudgesCompact && profile?.wakeable
      ? [{ type: 'agent.nudge', data: nudge }]
      : []),
  ];
}

const compactText =
  'Your context has grown large. Commit what you have, note what is left to do, then compact your conversation.';

function kicks({ agent, settings, profile, watch, nowMs }: Looked): SystemCommand[] {
  const isWakeable = profile?.wakeable === true;
  const { kickedIn } = watch.run;
  const isDue = isToKick({ agent, wish: settings.kick, isWakeable, kickedIn, nowMs });
  return isDue ? [{ type: 'agent.kick', data: { agent: agent.id } }] : [];
}

/** Whether its worktree is worth a look: it is at work, and nothing that the hub knows says that it gets on. */
export function isSuspect(
  agent: Agent,
  { run }: Watch,
  { nowMs, forMs }: { nowMs: number; forMs: number },
): boolean {
  return statusOf(agent).value === 'working' && nowMs - (run.progressMs ?? nowMs) >= forMs;
}
