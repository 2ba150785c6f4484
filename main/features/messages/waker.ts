/**
 * Wakes agents whose CLI only reads what is typed: when something has lain in the inbox unread for a moment, the agent
 * is woken at its prompt; and when a pause ends, of what came meanwhile. It holds no truth: what it misses in a crash it finds again at its next look.
 */
import { reasonOf } from '../../base/result.ts';
import type { Life } from '../../hub/feature.ts';
import { resumedIn } from '../agents/index.ts';
import { handedOut, inboxTopic, recipientsIn } from './inbox.ts';

type WakerLife = Pick<
  Life<unknown>,
  'clock' | 'log' | 'marks' | 'logger' | 'system' | 'onTopics' | 'own' | 'signal'
>;

/** Long enough for an agent that waits on a long poll to have taken it by itself, milliseconds. */
const graceMs = 3_000;

/** Told to everybody, to be found at the next look: not worth a turn of a model that is at work. */
const quiet: ReadonlySet<string> = new Set(['intent.declared']);
const lookedAt = 20;

export function startWaker(life: WakerLife): void {
  const soon = new Map<string, () => void>();

  function wake(agent: string): void {
    soon.delete(agent);
    if (!hasUnread(life, agent)) return;
    life.system({ type: 'agent.wake', data: { agent } }).catch((error: unknown) => {
      if (!life.signal.aborted)
        life.logger.warn({ agent, error: reasonOf(error) }, 'an agent could not be woken');
    });
  }

  life.onTopics((topics) => {
    for (const agent of [...recipientsIn(topics), ...resumedIn(topics)]) {
      if (agent === 'operator' || soon.has(agent)) continue;
      const cancel = life.clock.schedule(() => wake(agent), graceMs);
      soon.set(agent, cancel);
    }
  });
  life.own(() => {
    for (const cancel of soon.values()) cancel();
    soon.clear();
  });
}

function hasUnread({ log, marks }: WakerLife, agent: string): boolean {
  const { upTo } = handedOut(marks, agent);
  const unread = log.page({ after: upTo, limit: lookedAt, topic: inboxTopic(agent) });
  return unread.length === lookedAt || unread.some(({ type }) => !quiet.has(type));
}
