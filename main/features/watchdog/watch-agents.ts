/**
 * Looks every 30 seconds: what runs, what screens show, and where nothing else tells of progress, when files were changed; at a limit
 * as soon as what it is of is told, so that nobody goes on for half a minute beyond it. It keeps no truth: what is to be done is decided by pure functions and asked for as commands, which look again.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life, SystemCommand } from '../../hub/feature.ts';
import type { Agent } from '../agents/index.ts';
import { selectAgents } from '../agents/index.ts';
import { selectWaiting } from '../inbox/index.ts';
import { terminalIdOf } from '../terminals/index.ts';
import { commandsFor, isSuspect, limitCommands } from './look.ts';
import { findEnded, findUnclaimed } from './orphans.ts';
import type { WatchdogPorts } from './ports.ts';
import { readScreens, type Screens } from './read-screens.ts';
import { type CheckSleep, watchSleep } from './sleep.ts';
import type { WatchdogState } from './slice.ts';
import { newWatch } from './slice.ts';
import { boundaries } from './stuck.ts';

export const lookMs = 30_000;
/** From a use or a limit that changed to a look at that limit; what is told in one go is looked at once. Milliseconds. */
const limitMs = 500;

interface Memory {
  readonly screens: Screens;
  /** Terminals that no agent claimed at the look before. */
  unclaimed: ReadonlySet<string>;
}

export function watchAgents(ports: WatchdogPorts, life: Life<WatchdogState>): void {
  const memory: Memory = { screens: new Map(), unclaimed: new Set() };
  const checkSleep = watchSleep(life, { everyMs: lookMs, onSlept: () => memory.screens.clear() });
  let cancel = (): void => undefined;
  const look = async (): Promise<void> => {
    for (const part of [checkSleep, orphans, agents]) {
      try {
        await part(ports, life, memory);
      } catch (error) {
        // A terminal host that is away knows nothing: nobody is an orphan by that.
        if (!life.signal.aborted)
          life.logger.warn({ error: reasonOf(error) }, 'the watchdog could not look');
      }
    }
    if (!life.signal.aborted) cancel = life.clock.schedule(look, lookMs);
  };
  cancel = life.clock.schedule(look, lookMs);
  life.own(() => cancel());
  watchLimits(ports, life, checkSleep);
}

function watchLimits(
  ports: WatchdogPorts,
  life: Life<WatchdogState>,
  checkSleep: CheckSleep,
): void {
  let known = life.state();
  let cancel: (() => void) | undefined;
  const changed = new Set<string>();
  const look = async (): Promise<void> => {
    cancel = undefined;
    const ids = [...changed];
    changed.clear();
    await checkSleep();
    for (const id of ids) {
      const agent = selectAgents(life.hub()).byId.get(id);
      const watch = life.state().get(id);
      if (agent === undefined || watch === undefined || !isWatched(agent)) continue;
      const settings = ports.config.watchSettings(agent.profile);
      const { commands } = limitCommands({ agent, watch, settings, nowMs: life.clock.now() });
      for (const command of commands) await ask(life, command);
    }
  };
  life.onTopics(() => {
    const before = known;
    known = life.state();
    if (known === before || life.signal.aborted) return;
    for (const { id } of before.differencesTo(known)) changed.add(id);
    if (changed.size > 0) cancel ??= life.clock.schedule(() => void look().catch(ended), limitMs);
  });
  const ended = (error: unknown): void => {
    if (!life.signal.aborted)
      life.logger.warn({ error: reasonOf(error) }, 'limits could not be looked at');
  };
  life.own(() => cancel?.());
}

async function orphans(
  { terminals }: WatchdogPorts,
  life: Life<WatchdogState>,
  memory: Memory,
): Promise<void> {
  const now = () => selectAgents(life.hub()).byId.values();
  const before = now();
  const runs = new Set((await terminals.list()).map(({ id }) => id));
  const ended = findEnded({ before, now: now() }, runs);
  const exits = ended.length === 0 ? [] : await terminals.ended();
  for (const terminalId of ended) {
    const { exitCode = null, signal = null } = exits.find(({ id }) => id === terminalId) ?? {};
    life.logger.warn({ terminal: terminalId }, 'a program is gone, and its end was not told');
    await ask(life, { type: 'terminal.exited', data: { terminalId, exitCode, signal } });
  }
  const unclaimed = findUnclaimed(now(), runs, terminalIdOf);
  for (const terminalId of unclaimed) {
    if (memory.unclaimed.has(terminalId))
      await ask(life, { type: 'watchdog.reap', data: { terminalId } });
    else life.logger.warn({ terminal: terminalId }, 'a program runs that no record knows');
  }
  memory.unclaimed = new Set(unclaimed);
}

async function agents(
  ports: WatchdogPorts,
  life: Life<WatchdogState>,
  { screens }: Memory,
): Promise<void> {
  const watched = selectAgents(life.hub()).byId.values().filter(isWatched);
  const outputs = await readScreens(ports, { watched, screens, life });
  for (const { id } of watched) {
    // As it is now: each look before took its time.
    const agent = selectAgents(life.hub()).byId.get(id);
    if (agent === undefined || !isWatched(agent) || life.signal.aborted) continue;
    const watch = life.state().get(id) ?? newWatch(id);
    const nowMs = life.clock.now();
    const changedMs = await changedOf(ports, agent, life);
    const commands = commandsFor({
      ...{ nowMs, agent, watch, changedMs },
      settings: ports.config.watchSettings(agent.profile),
      profile: ports.profiles.get(agent.profile),
      waiting: selectWaiting(life.hub()).values(),
      screen: screens.get(id)?.seen ?? {},
      outputMs: outputs.get(agent.terminalId ?? ''),
    });
    for (const command of commands) await ask(life, command);
  }
}

/** One that is held does nothing, and spends nothing. */
const isWatched = ({ state, paused }: Agent) => state === 'running' && paused === undefined;

async function changedOf(
  { changes }: WatchdogPorts,
  agent: Agent,
  life: Life<WatchdogState>,
): Promise<number | undefined> {
  const watch = life.state().get(agent.id) ?? newWatch(agent.id);
  const at = { nowMs: life.clock.now(), forMs: boundaries.progressMs };
  if (agent.worktreePath === undefined || !isSuspect(agent, watch, at)) return undefined;
  return changes.lastMs(agent.worktreePath, life.signal);
}

/** One that is refused says nothing of the others: it is asked for again at the next look, where it is still so. */
async function ask(life: Life<WatchdogState>, command: SystemCommand): Promise<void> {
  try {
    await life.system(command);
  } catch (error) {
    if (life.signal.aborted) throw error;
    life.logger.warn({ command: command.type, error: reasonOf(error) }, 'the watchdog was refused');
  }
}
