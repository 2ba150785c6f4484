/**
 * Wakes agents whose CLI only reads what is typed: when something has lain in the inbox unread for a moment, a short
 * prompt is pasted into their terminal. It holds no truth: what it misses in a crash it finds again at its next look.
 */
import type { Clock } from '../../base/clock.ts';
import type { Logger } from '../../base/logger.ts';
import { reasonOf } from '../../base/result.ts';
import type { Terminals } from './ports.ts';

export interface WakerDeps {
  readonly clock: Clock;
  readonly log: Logger;
  readonly terminals: Pick<Terminals, 'paste'>;
  /** The terminal to type into when the agent runs, is of a kind that can be woken, and has unread items; else undefined. */
  readonly terminalToWake: (agent: string) => string | undefined;
}

/** Long enough for an agent that waits on a long poll to have taken it by itself, milliseconds. */
const graceMs = 3_000;

const prompt = 'You have new messages from Musher. Run `musher inbox --ack` and act on them.';

export interface Waker {
  /** Something came into the inboxes of these. */
  onDelivered(agents: readonly string[]): void;
  dispose(): void;
}

export function createWaker(deps: WakerDeps): Waker {
  const soon = new Map<string, () => void>();

  function wake(agent: string): void {
    soon.delete(agent);
    const terminalId = deps.terminalToWake(agent);
    if (terminalId === undefined) return;
    deps.terminals.paste(terminalId, prompt, true).catch((error: unknown) => {
      deps.log.warn(
        { agent, error: reasonOf(error) },
        'an agent could not be woken through its terminal',
      );
    });
  }

  return {
    onDelivered(agents) {
      for (const agent of agents) {
        if (!soon.has(agent))
          soon.set(
            agent,
            deps.clock.schedule(() => wake(agent), graceMs),
          );
      }
    },
    dispose() {
      for (const cancel of soon.values()) cancel();
      soon.clear();
    },
  };
}
