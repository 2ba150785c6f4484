// A hub in a box: the real one, over a store and a clock that the test holds.

import { afterEach, expect } from 'vitest';
import type { Actor, EventEnvelope, Receipt } from '../../preload/contract/envelope.ts';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Delta, LiveChange, Snapshot } from '../../preload/contract/sync.ts';
import { MusherError } from '../../main/base/result.ts';
import type { EventReader, RecordReader } from '../../main/hub/door.ts';
import type { Feature } from '../../main/hub/feature.ts';
import { type Hub, openHub } from '../../main/hub/hub.ts';
import type { LogStore } from '../../main/hub/log-store.ts';
import { settle, TestClock } from './clock.ts';
import { memoryStore } from './hub-memory-store.ts';
import { memoryLogger } from './memory-logger.ts';

export interface BoxOptions {
  readonly features: readonly Feature[];
  readonly store?: LogStore;
  readonly clock?: TestClock;
  readonly random?: () => number;
  /** Default: started. */
  readonly start?: boolean;
}

export interface Box {
  readonly hub: Hub;
  readonly clock: TestClock;
  readonly store: SpoiltStore;
  readonly logged: Array<{ level: string; message: string; fields: object }>;
  /** Dispatches and lets the turn end. */
  dispatch(
    type: string,
    data?: unknown,
    options?: { actor?: Actor; id?: string },
  ): Promise<Receipt>;
  ask(type: string, data?: unknown, actor?: Actor): Promise<unknown>;
  settle(): Promise<void>;
  advance(byMs: number): Promise<void>;
  /** As `kill -9` would: nothing of this hub reaches the store any more. */
  crash(): void;
}

const open = new Set<Box>();

/** After each test: every box ends, and leaves no timer behind. */
afterEach(async () => {
  const boxes = [...open];
  open.clear();
  for (const { hub, clock } of boxes) {
    const stopped = hub.stop();
    await settle(clock);
    await stopped;
    expect(clock.pending(), 'timers left behind').toEqual([]);
  }
});

export async function openBox(options: BoxOptions): Promise<Box> {
  const clock = options.clock ?? new TestClock();
  const store = spoilt(options.store ?? memoryStore(() => clock.now()));
  const logged: Box['logged'] = [];
  const hub = await afterTurn(
    clock,
    openHub({
      features: options.features,
      store,
      clock,
      random: options.random ?? seededRandom(lifeOf(options.store ?? store)),
      log: memoryLogger(logged),
      freeze: true,
    }),
  );
  const box: Box = {
    hub,
    clock,
    store,
    logged,
    dispatch(type, data = {}, { actor = 'operator', id } = {}) {
      return afterTurn(clock, hub.dispatch({ type, data, id }, actor));
    },
    ask: (type, data = {}, actor = 'operator') =>
      afterTurn(clock, hub.query({ type, data, signal: new AbortController().signal }, actor)),
    settle: () => settle(clock),
    async advance(byMs) {
      clock.advance(byMs);
      await settle(clock);
    },
    crash() {
      store.crash();
      open.delete(box);
    },
  };
  if (options.start !== false) await afterTurn(clock, hub.start());
  open.add(box);
  return box;
}

/** The promise, settled: its turn has ended. A rejection waits to be looked at. */
export async function afterTurn<T>(clock: TestClock, promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  await settle(clock);
  return promise;
}

/** A store that fails on demand, and can be cut off like the process that held it. */
export interface SpoiltStore extends LogStore {
  readonly commits: number;
  /** The next commits throw this; undefined mends it. */
  failWith(error: Error | undefined): void;
  crash(): void;
}

export function spoilt(inner: LogStore): SpoiltStore {
  let failure: Error | undefined;
  let isCrashed = false;
  let commits = 0;
  const commit: LogStore['commit'] = (batch) => {
    if (isCrashed) throw new Error('The process is dead.');
    if (failure !== undefined) throw failure;
    inner.commit(batch);
    commits += 1;
  };
  const own: Partial<SpoiltStore> = {
    commit,
    failWith: (error) => {
      failure = error;
    },
    crash: () => {
      isCrashed = true;
    },
  };
  return new Proxy(inner, {
    get(target, key) {
      if (key === 'commits') return commits;
      const value: unknown = Reflect.get(own, key) ?? Reflect.get(target, key);
      if (!isCrashed || key in own || typeof value !== 'function') return value;
      return () => {
        throw new Error('The process is dead.');
      };
    },
  }) as SpoiltStore;
}

/** The box dies at that commit of its store, 0 for the next: it is not there. Returns what gives the store to another life. */
export function diesAt(store: LogStore, commits: number, die: () => void): () => void {
  const commit = store.commit.bind(store);
  let left = commits;
  store.commit = (batch) => {
    left -= 1;
    if (left >= 0) return commit(batch);
    die();
    throw new Error('The process is dead.');
  };
  return () => {
    store.commit = commit;
  };
}

const lives = new WeakMap<LogStore, number>();

/** Each life of a log makes ids of its own, as each process does. */
function lifeOf(store: LogStore): number {
  const life = (lives.get(store) ?? 0) + 1;
  lives.set(store, life);
  return life;
}

/** Mulberry32: the same numbers for the same seed. */
export function seededRandom(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rejects with this code; returns the error. */
export async function refusedWith(
  code: ErrorCode,
  promise: Promise<unknown>,
): Promise<MusherError> {
  const thrown = await promise.then(
    (value) => expect.fail(`Expected ${code}, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(thrown instanceof MusherError)) throw thrown;
  expect(thrown.wire.code).toBe(code);
  return thrown;
}

/** A page that keeps all it is told. */
export class TestPage implements RecordReader {
  readonly told: Array<{ snapshot: Snapshot } | { delta: Delta }> = [];
  private lives: LiveChange[] = [];
  bytes = 0;
  fails = false;

  onSnapshot(snapshot: Snapshot): void {
    this.note({ snapshot });
  }
  onDelta(delta: Delta): void {
    this.note({ delta });
  }
  onLive(change: LiveChange): void {
    this.lives.push(change);
  }
  pendingBytes(): number {
    return this.bytes;
  }
  /** What came since the last look. */
  take(): TestPage['told'] {
    return this.told.splice(0);
  }
  /** The same of live records. */
  takeLive(): LiveChange[] {
    return this.lives.splice(0);
  }
  private note(one: { snapshot: Snapshot } | { delta: Delta }): void {
    if (this.fails) throw new Error('the page is gone');
    this.told.push(one);
  }
}

/** A reader of events that keeps all it is told. */
export class TestEventReader implements EventReader {
  readonly batches: EventEnvelope[][] = [];
  /** Codes of its ends. */
  readonly ended: string[] = [];
  /** Takes what it is handed, and no more until `drain` is called. */
  isSlow = false;
  drain = (): void => undefined;
  fails = false;

  onEvents(events: readonly EventEnvelope[]): Promise<void> | undefined {
    if (this.fails) throw new Error('the reader is gone');
    this.batches.push([...events]);
    if (!this.isSlow) return undefined;
    return new Promise((resolve) => {
      this.drain = resolve;
    });
  }
  onEnd({ code }: { code: string }): void {
    this.ended.push(code);
  }
  seqs(): number[] {
    return this.batches.flat().map((event) => event.seq);
  }
}
