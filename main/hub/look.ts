/** How a subscription answers an event; its promises are SUB-1 and the following. */
import type { EventEnvelope } from '../../preload/contract/envelope.ts';
import type { SystemCommand } from './feature.ts';

/**
 * What an event leads to, in the order it is to be done: commands that need no facts, each under an id that is the same when the event
 * is looked at again. Most events lead to nothing, and cost a look alone: keep it below a millisecond, and leave long work to a promise.
 */
export type Look = (event: EventEnvelope) => Led | Promise<Led>;
export type Led = ReadonlyArray<SystemCommand & { readonly id: string }>;
