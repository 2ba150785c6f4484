/** The hub: one ordered log, one writer, pure functions around it. Its promises are numbered in README.md. */
import type { EventEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import type { Table } from '../../preload/contract/table.ts';
import type { Door } from './door.ts';
import { asSystem } from './dispatch.ts';
import { Pace } from '../base/pace.ts';
import type { HubState, SystemCommand } from './feature.ts';
import { startHub } from './lifecycle.ts';
import { closeIntake, stopHub, windDownHub } from './wind-down.ts';
import type { HubDeps } from './parts.ts';
import { assemble } from './parts.ts';
import { runQuery } from './query.ts';
import { rebuild } from './rebuild.ts';
import { buildRegistry } from './registry.ts';

export interface Hub extends Door {
  /** Where an event is found: `inbox/<agent>` and the like. */
  topicsOf(event: EventEnvelope): readonly string[];
  /** Tells the topics of each commit from now on: the cheapest way to know whom it concerns. Returns the undo. */
  onTopics(listener: (topics: readonly string[]) => void): () => void;
  /** Durable state, for those who live with the hub: adapters' callbacks, tests. */
  state(): HubState;
  /** Live records of a kind, of the same. */
  live(kind: string): Table<unknown>;
  /** A command of the hub's own, from an adapter's callback. Throws MusherError. */
  system(command: SystemCommand): Promise<Receipt>;
  /** Recovers from what happened while it was down, resumes effects, starts the ticks. Call before any door opens. */
  start(): Promise<void>;
  /** Resolves when no effect runs or waits, and every subscription has come to the end of the log. */
  drain(): Promise<void>;
  /** Ends what should not outlive the hub, within the bound; false when something is left. Doors may stay open. */
  windDown(boundMs: number): Promise<boolean>;
  /** Refuses new commands and queries, and answers all who wait; what they are told can still be sent. */
  closeIntake(): void;
  /** Refuses new commands, wakes all who wait, lets running effects go, stores a snapshot, closes the log. */
  stop(): Promise<void>;
}

/** Reads the log. Rejects with LOG_DAMAGED when it cannot be read to its end. */
export async function openHub(deps: HubDeps): Promise<Hub> {
  const registry = buildRegistry(deps.features);
  const rebuilt = await rebuild({ ...deps, registry, pace: new Pace(deps.clock) });
  const inside = assemble(deps, registry, rebuilt);
  const { writer, dispatch, records, events, effects, topics, subscriptions } = inside.parts;
  return {
    dispatch: (command, actor, signal) => dispatch(command, { actor, signal }),
    query: (ask, actor) => runQuery(inside, ask, actor),
    logId: deps.store.logId,
    head: () => writer.durable().head,
    openRecords: (sinceSeq, reader) => records.open(sinceSeq, reader),
    openEvents: (afterSeq, reader) => events.open(afterSeq, reader),
    topicsOf: registry.topicsOf,
    onTopics: (listener) => topics.listen(listener),
    state: () => writer.durable().state,
    live: (kind) => inside.parts.live.of(kind),
    system: (command) => dispatch(command, asSystem(command)),
    start: () => startHub(inside),
    async drain() {
      // What one of the two does may be the other's to go on with.
      do {
        await effects.drain();
        await subscriptions.drain();
      } while (effects.size() > 0 || !subscriptions.isLevel());
    },
    windDown: (boundMs) => windDownHub(inside, boundMs),
    closeIntake: () => closeIntake(inside),
    stop: () => stopHub(inside),
  };
}
