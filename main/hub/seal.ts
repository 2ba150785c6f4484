/** Gives events their place: number, name, hash. And reads them back, old versions upcast to the newest. */
import type { Actor, EventEnvelope } from '../../preload/contract/envelope.ts';
import type { EventDef } from '../../preload/contract/define.ts';
import { assert } from '../base/assert.ts';
import { musherError } from '../base/result.ts';
import type { LogReader, NewEvent } from './feature.ts';
import type { StoredEvent } from './log-store.ts';

export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** Hash that the first event is chained to. */
export const genesisHash = '0'.repeat(64);

export interface Seal {
  readonly logId: string;
  readonly sha256: (text: string) => string;
}

export interface Cause {
  readonly actor: Actor;
  /** When the hub acts in the actor's name. */
  readonly via?: 'system' | undefined;
  readonly causeId: string;
  readonly atMs: number;
}

export interface Unsealed {
  readonly head: Head;
  readonly event: NewEvent;
  readonly cause: Cause;
}

/** The envelope and its stored body for the event after `head`. */
export function sealEvent(
  seal: Seal,
  { head, event, cause }: Unsealed,
): { envelope: EventEnvelope; body: string } {
  const seq = head.seq + 1;
  const bare = {
    seq,
    id: `${seal.logId}-${seq.toString(36)}`,
    atMs: cause.atMs,
    type: event.type,
    v: event.v,
    actor: cause.actor,
    // Left out of the stored bytes where it says nothing, as in every log before it was known.
    ...(cause.via === undefined ? {} : { via: cause.via }),
    causeId: cause.causeId,
    data: event.data,
  };
  const body = JSON.stringify(bare);
  // Made once: a copy for the hash is a twentieth of what an event costs.
  return { envelope: Object.assign(bare, { hash: chainHash(seal, head.hash, body) }), body };
}

export function chainHash(seal: Pick<Seal, 'sha256'>, previousHash: string, body: string): string {
  return seal.sha256(previousHash + body);
}

/** A stored event as readers see it. Throws SyntaxError when the body is no JSON. */
export function openStored(stored: Pick<StoredEvent, 'body' | 'hash'>): EventEnvelope {
  return { ...(JSON.parse(stored.body) as Omit<EventEnvelope, 'hash'>), hash: stored.hash };
}

/** The event at its newest version. A type nobody knows, or a version from the future, stays as it is. */
export function upcast(def: EventDef | undefined, event: EventEnvelope): EventEnvelope {
  if (def === undefined || event.v >= def.v) return event;
  let { v, data } = event;
  while (v < def.v) {
    const step = def.upcast?.[v];
    if (step === undefined) return event;
    data = step(data);
    v += 1;
  }
  return { ...event, v, data };
}

/** How many events may be read on the loop by those who do not wait. */
export const fewEvents = 20;

/** The log with every event at its newest version: what is stored is never rewritten, so each read does this. */
export function readUpcast(
  { events }: { readonly events: ReadonlyMap<string, EventDef> },
  log: LogReader,
  stopped: AbortSignal,
): LogReader {
  const newest = (event: EventEnvelope) => upcast(events.get(event.type), event);
  return {
    head: () => log.head(),
    page(ask) {
      assert(ask.limit <= fewEvents, `${ask.limit} events are too many for page(); use read()`);
      return log.page(ask).map(newest);
    },
    async read(ask, signal) {
      const page = await log.read(ask, signal);
      return { events: page.events.map(newest), more: page.more };
    },
    async find(ask, signal) {
      const page = await log.find(ask, signal);
      return { ...page, events: page.events.map(newest) };
    },
    async verify(signal) {
      try {
        return await log.verify(
          AbortSignal.any(signal === undefined ? [stopped] : [stopped, signal]),
        );
      } catch (error) {
        // It takes seconds: whoever waits for it is answered at the stop.
        throw stopped.aborted ? musherError('SHUTTING_DOWN') : error;
      }
    },
  };
}
