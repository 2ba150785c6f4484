/** The hub: one ordered log, one writer, pure functions around it. Its promises are numbered in README.md. */
import type { Actor, EventEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import type { Clock } from '../base/clock.ts';
import type { Logger } from '../base/logger.ts';
import { musherError, reasonOf, unwrap } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import { createDispatch, parseData, requireRole } from './dispatch.ts';
import type { Ask, Door } from './door.ts';
import type { Effects } from './effects.ts';
import { createEffects } from './effects.ts';
import type { EventsFeed } from './events-feed.ts';
import { createEventsFeed } from './events-feed.ts';
import type { Feature, HubState, LogReader, QueryContext, SystemCommand } from './feature.ts';
import type { LogStore } from './log-store.ts';
import type { Rebuilt } from './rebuild.ts';
import { rebuild, snapshotEvery } from './rebuild.ts';
import { RecordsFeed } from './records-feed.ts';
import type { Registry } from './registry.ts';
import { buildRegistry } from './registry.ts';
import { readUpcast } from './seal.ts';
import { startTicks } from './tick.ts';
import type { Topics } from './topics.ts';
import { createTopics } from './topics.ts';
import type { Committed } from './writer.ts';
import { Writer } from './writer.ts';

export interface HubDeps {
  readonly features: readonly Feature[];
  readonly store: LogStore;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Logger;
  /** Freeze every state; default false. On in development and tests. */
  readonly freeze?: boolean;
}

export interface Hub extends Door {
  /** Where an event is found: `inbox/<agent>` and the like. */
  topicsOf(event: EventEnvelope): readonly string[];
  /** Durable state, for those who live with the hub: adapters' callbacks, tests. */
  state(): HubState;
  /** A command of the hub's own, from an adapter's callback. Throws MusherError. */
  system(command: SystemCommand): Promise<Receipt>;
  /** Recovers from what happened while it was down, resumes effects, starts the ticks. Call before any door opens. */
  start(): Promise<void>;
  /** Resolves when no effect runs or waits. */
  drain(): Promise<void>;
  /** Refuses new commands, wakes all who wait, lets running effects go, stores a snapshot, closes the log. */
  stop(): Promise<void>;
}

const receiptsKeptMs = 7 * 24 * 3_600_000;

/** Reads the log. Throws LOG_DAMAGED when it cannot be read to its end. */
export function openHub(deps: HubDeps): Hub {
  const registry = buildRegistry(deps.features);
  const rebuilt = rebuild(registry, deps.store);
  const parts = assemble(deps, registry, rebuilt);
  const { writer, dispatch } = parts;
  return {
    dispatch: (command, actor) => dispatch(command, actor),
    query: (ask, actor) => runQuery({ deps, registry, parts }, ask, actor),
    head: () => writer.durable().head,
    openRecords: (sinceSeq, reader) => parts.records.open(sinceSeq, reader),
    openEvents: (afterSeq, reader) => parts.events.open(afterSeq, reader),
    topicsOf: registry.topicsOf,
    state: () => writer.durable().state,
    system: (command) => dispatch(command, 'system'),
    start: () => start(deps, registry, parts),
    drain: () => parts.effects.drain(),
    stop() {
      parts.stopped ??= stop(deps, registry, parts);
      return parts.stopped;
    },
  };
}

interface Parts {
  readonly writer: Writer;
  readonly dispatch: Dispatch;
  readonly effects: Effects;
  readonly records: RecordsFeed;
  readonly events: EventsFeed;
  readonly topics: Topics;
  /** The log as readers see it. */
  readonly reader: LogReader;
  readonly stopping: AbortController;
  snapshotSeq: number;
  stopTicks: () => void;
  stopped: Promise<void> | undefined;
}

function assemble(deps: HubDeps, registry: Registry, rebuilt: Rebuilt): Parts {
  const { store, clock, log } = deps;
  const reader = readUpcast(registry, store);
  const stopping = new AbortController();
  const at = { seq: rebuilt.head.seq, state: rebuilt.state };
  const writer = new Writer(
    {
      ...deps,
      registry,
      freeze: deps.freeze ?? false,
      onCommitted: (c) => publish({ deps, registry, parts }, c),
    },
    rebuilt,
  );
  let commands = 0;
  const run = Math.floor(deps.random() * 36 ** 6).toString(36);
  const dispatch = createDispatch({
    registry,
    store,
    writer,
    stopped: stopping.signal,
    newCommandId: () => `c-${run}-${(commands++).toString(36)}`,
  });
  const effects = createEffects({
    registry,
    store,
    clock,
    log,
    dispatch,
    state: () => writer.durable().state,
    stopped: stopping.signal,
  });
  const parts: Parts = {
    writer,
    dispatch,
    effects,
    stopping,
    records: new RecordsFeed({ registry, clock, log }, at),
    events: createEventsFeed({ log: reader, clock, logger: log }),
    reader,
    topics: createTopics(clock),
    snapshotSeq: rebuilt.snapshotSeq,
    stopTicks: () => undefined,
    stopped: undefined,
  };
  return parts;
}

interface Inside {
  readonly deps: HubDeps;
  readonly registry: Registry;
  readonly parts: Parts;
}

/** After each commit, in commit order. A part that throws is logged and stops no other. */
function publish({ deps, registry, parts }: Inside, committed: Committed): void {
  const steps = [
    () => parts.records.changed({ seq: committed.head.seq, state: committed.state }),
    () => parts.events.published(committed.events),
    () => parts.topics.publish(committed.topics),
    () => parts.effects.add(committed.effects),
    () => snapshotWhenDue(deps, registry, parts),
  ];
  for (const step of steps) {
    try {
      step();
    } catch (error) {
      deps.log.error(
        { error: reasonOf(error), seq: committed.head.seq },
        'publishing a commit failed in one part',
      );
    }
  }
}

function snapshotWhenDue(deps: HubDeps, registry: Registry, parts: Parts): void {
  if (parts.writer.durable().head.seq - parts.snapshotSeq >= snapshotEvery)
    saveSnapshot(deps, registry, parts);
}

function saveSnapshot(deps: HubDeps, registry: Registry, parts: Parts): void {
  const { state, head } = parts.writer.durable();
  if (head.seq === parts.snapshotSeq) return;
  deps.store.saveSnapshot({ ...head, shape: registry.shape, state: JSON.stringify(state) });
  parts.snapshotSeq = head.seq;
}

async function start(deps: HubDeps, registry: Registry, parts: Parts): Promise<void> {
  deps.store.pruneReceipts(deps.clock.now() - receiptsKeptMs);
  // First what was left over, so that within a lane it stays before what recovery adds.
  parts.effects.add(deps.store.pendingEffects());
  for (const feature of registry.features) await recover({ deps, registry, parts }, feature);
  if (parts.stopping.signal.aborted) return;
  parts.stopTicks = startTicks({
    ...deps,
    registry,
    dispatch: parts.dispatch,
    state: () => parts.writer.durable().state,
  });
}

/** What cannot be looked at now is no reason not to start: the log is whole, and the operator is told. */
async function recover({ deps, parts }: Inside, feature: Feature): Promise<void> {
  const { name } = feature.contract;
  const fail = (error: unknown) =>
    deps.log.error({ feature: name, error: reasonOf(error) }, 'recovering failed');
  try {
    const commands = (await feature.recover?.(parts.writer.durable().state[name])) ?? [];
    for (const command of commands) await parts.dispatch(command, 'system').catch(fail);
  } catch (error) {
    fail(error);
  }
}

async function stop(deps: HubDeps, registry: Registry, parts: Parts): Promise<void> {
  parts.stopTicks();
  parts.writer.flush();
  parts.stopping.abort();
  parts.topics.close();
  parts.records.close();
  parts.events.close();
  await parts.effects.drain();
  try {
    saveSnapshot(deps, registry, parts);
  } catch (error) {
    deps.log.warn({ error: reasonOf(error) }, 'no snapshot was stored; the next start is longer');
  } finally {
    deps.store.close();
  }
}

async function runQuery(hub: Inside, ask: Ask, actor: Actor): Promise<unknown> {
  const { deps, registry, parts } = hub;
  const found = registry.queries.get(ask.type);
  if (found === undefined) throw musherError('NOT_FOUND', { route: ask.type });
  if (parts.stopping.signal.aborted) throw musherError('SHUTTING_DOWN');
  requireRole(found.def, actor, ask.type);
  const data = parseData(found.def.data, ask.data, ask.type);
  const name = found.feature.contract.name;
  const fresh = () => ({
    state: parts.writer.durable().state[name],
    hub: parts.writer.durable().state,
  });
  const ctx: QueryContext<unknown> = {
    ...fresh(),
    fresh,
    actor,
    signal: ask.signal,
    nowMs: deps.clock.now(),
    log: parts.reader,
    describe: registry.describe,
    untilTopic: (topic, waitMs) => parts.topics.until(topic, waitMs, ask.signal),
  };
  return unwrap(await found.run(data, ctx));
}
