/** What a hub is made of, and what happens to a commit among its parts. */
import type { Clock } from '../base/clock.ts';
import { Disposables } from '../base/disposable.ts';
import type { Logger } from '../base/logger.ts';
import { Pace } from '../base/pace.ts';
import { reasonOf } from '../base/result.ts';
import type { Dispatch } from './dispatch.ts';
import { createDispatch } from './dispatch.ts';
import type { Effects } from './effects.ts';
import { createEffects } from './effects.ts';
import { EventsFeed } from './events-feed.ts';
import type { Feature, LogReader } from './feature.ts';
import type { LogStore } from './log-store.ts';
import type { Rebuilt } from './rebuild.ts';
import { Live } from './live.ts';
import { RecordsFeed } from './records-feed.ts';
import { Recent } from './recent.ts';
import type { Registry } from './registry.ts';
import { readUpcast } from './seal.ts';
import { Snapshots } from './snapshots.ts';
import { Subscriptions } from './subscriptions.ts';
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

export interface Parts {
  readonly writer: Writer;
  readonly dispatch: Dispatch;
  readonly effects: Effects;
  readonly live: Live;
  readonly records: RecordsFeed;
  readonly events: EventsFeed;
  readonly subscriptions: Subscriptions;
  readonly topics: Topics;
  readonly recent: Recent;
  /** The log as readers see it. */
  readonly reader: LogReader;
  readonly stopping: AbortController;
  /** Of the queries that run. */
  readonly asked: Set<AbortController>;
  /** What features started, to be ended with the hub. */
  readonly sources: Disposables;
  readonly snapshots: Snapshots;
  stopTicks: () => void;
  stopped: Promise<void> | undefined;
}

export interface Inside {
  readonly deps: HubDeps;
  readonly registry: Registry;
  readonly parts: Parts;
}

/** Puts the parts together around a rebuilt state; nothing runs yet. */
export function assemble(deps: HubDeps, registry: Registry, rebuilt: Rebuilt): Inside {
  const { store, clock, log } = deps;
  const stopping = new AbortController();
  store.searchBy(registry.search);
  const recent = new Recent(store);
  const reader = readUpcast(registry, recent, stopping.signal);
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
  const pace = new Pace(clock);
  const shared = { registry, store, clock, log, stopped: stopping.signal };
  const headSeq = () => writer.durable().head.seq;
  const dispatch = createDispatch({ ...shared, writer, newCommandId: commandIds(deps.random) });
  const effects = createEffects({ ...shared, dispatch, state: () => writer.durable().state });
  const live: Live = new Live(
    deps.features.map(({ contract }) => contract),
    () => parts.records.liveChanged(),
  );
  const events = new EventsFeed({ log: reader, headSeq, pace, logger: log });
  const parts: Parts = {
    writer,
    live,
    dispatch,
    effects,
    stopping,
    asked: new Set(),
    sources: new Disposables(),
    records: new RecordsFeed({ registry, clock, log, live: live.all(), pace }, at),
    events,
    subscriptions: new Subscriptions({
      ...{ ...shared, dispatch, events, headSeq },
      marks: (owner) => writer.marks(owner),
    }),
    recent,
    reader,
    topics: createTopics(clock),
    snapshots: new Snapshots(
      { registry, store, clock, durable: () => writer.durable() },
      rebuilt.stored,
    ),
    stopTicks: () => undefined,
    stopped: undefined,
  };
  return { deps, registry, parts };
}

/** Of commands without an id of their own: this life of the hub, and a count. */
function commandIds(random: () => number): () => string {
  const run = Math.floor(random() * 36 ** 6).toString(36);
  let commands = 0;
  return () => `c-${run}-${(commands++).toString(36)}`;
}

/** After each commit, in commit order. A part that throws is logged and stops no other. */
function publish({ deps, registry, parts }: Inside, committed: Committed): void {
  const { published } = committed;
  const steps = [
    // Before anybody is told: who is woken looks there.
    () => parts.recent.published(published),
    () => parts.records.changed({ seq: committed.head.seq, state: committed.state }),
    () => parts.events.published(published.map(({ event }) => event)),
    () => parts.topics.publish(published.flatMap(({ stored }) => stored.topics)),
    () => parts.effects.add(committed.effects),
    () => deps.store.indexSoon(),
    () => snapshotWhenDue({ deps, registry, parts }),
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

function snapshotWhenDue({ deps, parts: { snapshots } }: Inside): void {
  if (!snapshots.isDue()) return;
  snapshots.save().catch((error: unknown) => {
    deps.log.warn({ error: reasonOf(error) }, 'no snapshot was stored; it is tried again');
  });
}
