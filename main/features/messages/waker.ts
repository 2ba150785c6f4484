/**
 * Wakes agents whose CLI only reads what is typed: when something has lain in the inbox unread for a moment, the agent
 * is woken at its prompt; and when a pause ends, of what came meanwhile. It holds no truth: what it misses in a crash it finds again at its next look.
 */
import { MusherError, reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { resumedIn } from '../agents/index.ts';
import { handedOut, inboxTopic, recipientsIn } from './inbox.ts';

type WakerLife = Pick<
  Life<unknown>,
  'clock' | 'log' | 'marks' | 'logger' | 'system' | 'onTopics' | 'own' | 'signal'
>;

/** Long enough for an agent that waits on a long poll to have taken it by itself, milliseconds. */
const graceMs = 3_000;

/**
 * One that asks something at its screen takes no words: it is tried again this much later, twice as late each time, up to the last,
 * milliseconds; so often at most. A question that stands for longer has its answer as its end.
 */
const again = { firstMs: 30_000, lastMs: 10 * 60_000, times: 20 };

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

function isBusyElsewhere(error: unknown): boolean {
  return error instanceof MusherError && error.wire.code === 'TERMINAL_UNSHOWN';
}

function hasUnread({ log, marks }: WakerLife, agent: string): boolean {
  const { upTo } = handedOut(marks, agent);
  const unread = log.page({ after: upTo, limit: lookedAt, topic: inboxTopic(agent) });
  return unread.length === lookedAt || unread.some(({ type }) => !quiet.has(type));
}
