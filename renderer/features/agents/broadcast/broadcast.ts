/** Saying something to several agents at once: who gets it, who does not and why, and what became of it. Pure. */
import type { AgentRecord } from '../../../../preload/contract/agents.ts';
import { presentAgent } from '../present-agent.ts';

/** `type`: at its prompt, as keys. `message`: into its inbox. */
export type Way = 'type' | 'message';

export interface Audience {
  readonly receivers: readonly string[];
  /** Chosen, but cannot be reached this way. */
  readonly left: readonly { readonly agent: string; readonly why: string }[];
}

/** Keys go to running programs alone; an inbox has every agent that is not destroyed. */
export function audienceOf(agents: readonly AgentRecord[], way: Way): Audience {
  const canReceive = ({ state, terminalId, paused }: AgentRecord) =>
    way === 'type'
      ? state === 'running' && terminalId !== undefined && !paused
      : state !== 'destroyed';
  return {
    receivers: agents.filter(canReceive).map(({ id }) => id),
    left: agents
      .filter((agent) => !canReceive(agent))
      .map((agent) => ({ agent: agent.id, why: presentAgent(agent).word })),
  };
}

/** What is told of one agent after sending. */
export interface Outcome {
  readonly agent: string;
  readonly isThere: boolean;
  readonly text: string;
}

/** All from one to the other in the order they are seen, both included; the second alone when the first is gone. */
export function rangeOf(
  order: readonly string[],
  from: string | undefined,
  to: string,
): readonly string[] {
  const [start, end] = [order.indexOf(from ?? ''), order.indexOf(to)];
  if (start < 0 || end < 0) return [to];
  return order.slice(Math.min(start, end), Math.max(start, end) + 1);
}

const named = 4;

/** `backend, docs and 3 others`. */
export function nameAll(names: readonly string[]): string {
  if (names.length <= named) return new Intl.ListFormat('en').format(names);
  return `${names.slice(0, named - 1).join(', ')} and ${names.length - named + 1} others`;
}
