/**
 * Wakes agents whose CLI only reads what is typed: when something has lain in the inbox unread for a moment, the agent
 * is woken at its prompt; and when a pause ends, of what came meanwhile. It holds no truth: what it misses in a crash it finds again at its next look.
 */
import { MusherError, reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { type Agent, resumedIn, selectAgents } from '../agents/index.ts';
import { handedOut, inboxTopic, recipientsIn } from './inbox.ts';

type WakerLife = Pick<
  Life<unknown>,
  'clock' | 'log' | 'marks' | 'hub' | 'logger' | 'system' | 'onTopics' | 'own' | 'signal'
>;

/** Long enough for an agent that waits on a long poll to have taken it by itself, milliseconds. */
const graceMs = 3_000;

/**
 * One that asks something at its screen takes no words: it is tried again this much later, twice as late each time, up to the last,
 * milliseconds; so often at most. A question that stands for longer has its answer as its end.
 */
const again = { firstMs: 30_000, lastMs: 10 * 60_000, times: 20 };

/** One that comes up just now would lose what is typed: it is looked at again after this long, until it is ready, milliseconds. */
const coming = { againMs: 5_000, readyMs: 20_000 };

/** Told to everybody, to be found at the next look: not worth a turn of a model that is at work. */
const quiet: ReadonlySet<string> = new Set([
  ...['intent.declared', 'intent.expired', 'conflict.cleared'],
]);
const lookedAt = 20;

export function startWaker(life: WakerLife): void {
  const soon = new Map<string, () => void>();

  function wake(agent: string, tries = 0): void {
    soon.delete(agent);
    if (!hasUnread(life, agent)) return;
    const known = selectAgents(life.hub()).byId.get(agent);
    if (tries < again.times && isComing(known, life.clock.now(), tries > 0)) {
      wakeIn(agent, coming.againMs, tries + 1);
      return;
    }
    life.system({ type: 'agent.wake', data: { agent } }).catch((error: unknown) => {
      if (life.signal.aborted) return;
      life.logger.warn({ agent, error: reasonOf(error) }, 'an agent could not be woken');
      if (isBusyElsewhere(error) && tries < again.times && !soon.has(agent))
        wakeIn(agent, Math.min(again.firstMs * 2 ** tries, again.lastMs), tries + 1);
    });
  }

  function wakeIn(agent: string, ms: number, tries: number): void {
    soon.set(
      agent,
      life.clock.schedule(() => wake(agent, tries), ms),
    );
  }

  life.onTopics((topics) => {
    for (const agent of [...recipientsIn(topics), ...resumedIn(topics)]) {
      if (agent === 'operator' || soon.has(agent)) continue;
      wakeIn(agent, graceMs, 0);
    }
  });
  life.own(() => {
    for (const cancel of soon.values()) cancel();
    soon.clear();
  });
}

/** It was started after what it is to be told came, and has not said that it is at its prompt. */
function isComing(agent: Agent | undefined, nowMs: number, wasComing: boolean): boolean {
  const { state, launchedMs, isHooked } = agent ?? {};
  if (state === 'creating' || state === 'starting' || state === 'restarting') return true;
  if (state !== 'running' || isHooked === true || launchedMs === undefined) return false;
  return nowMs - launchedMs < (wasComing ? coming.readyMs : graceMs);
}

function isBusyElsewhere(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'TERMINAL_UNSHOWN';
}

function hasUnread({ log, marks }: WakerLife, agent: string): boolean {
  const { upTo } = handedOut(marks, agent);
  const unread = log.page({ after: upTo, limit: lookedAt, topic: inboxTopic(agent) });
  return unread.length === lookedAt || unread.some(({ type }) => !quiet.has(type));
}
