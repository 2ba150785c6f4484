/**
 * Which triggers led to an event. What a trigger's action did has the trigger and the event that it fired on in its cause; what an effect
 * did has the event that wanted it. So it is followed backwards through the log, a bounded number of steps.
 */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { longestChain } from '../../../preload/contract/trigger-facts.ts';
import type { LogReader } from '../../hub/feature.ts';

/** Effects between two triggers count as well. */
const mostSteps = 4 * longestChain;

/** The id under which the action of a firing is done; what it leads to carries it. */
export function actionId(trigger: string, seq: number): string {
  return `trigger:${trigger}:${seq}`;
}

export function fireId(trigger: string, seq: number): string {
  return `trigger-fire:${trigger}:${seq}`;
}

export function noteId(trigger: string, seq: number): string {
  return `trigger-note:${trigger}:${seq}`;
}

const ofTrigger = /^trigger(?:-[a-z]+)?:([a-z0-9-]+):(\d+)(?!\d)/;
const ofEffect = /^fx(\d+)-/;

/** The newest first; with a trigger that fired on what it did itself among them, it is cut there. */
export function chainOf(event: EventEnvelope, log: Pick<LogReader, 'page'>): string[] {
  const chain: string[] = [];
  let next: EventEnvelope | undefined = event;
  for (let steps = 0; next !== undefined && steps < mostSteps; steps++) {
    const cause = causeOf(next);
    if (cause === undefined) break;
    if (cause.trigger !== undefined && chain.at(-1) !== cause.trigger) chain.push(cause.trigger);
    if (chain.length > longestChain) break;
    next = log.page({ after: cause.seq - 1, limit: 1 })[0];
  }
  return chain;
}

/** Its own action led to it at once. */
export function isOwn(event: EventEnvelope, trigger: string): boolean {
  return causeOf(event)?.trigger === trigger;
}

/** Ids of others mean nothing: whoever chooses one could pretend. */
function causeOf({ actor, via, causeId }: EventEnvelope) {
  if (actor !== 'system' && via !== 'system') return undefined;
  const [, trigger, on] = ofTrigger.exec(causeId) ?? [];
  const seq = on ?? ofEffect.exec(causeId)?.[1];
  return seq === undefined ? undefined : { trigger, seq: Number(seq) };
}
