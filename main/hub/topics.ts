/** Wakes those who wait for an event of a topic. Holds nothing but the waiting. */
import type { Clock } from '../base/clock.ts';

export type TopicsListener = (topics: readonly string[]) => void;

export interface Topics {
  /** Resolves on the next event of the topic, after `waitMs`, on abort, or when closed. Never rejects. */
  until(topic: string, waitMs: number, signal: AbortSignal): Promise<void>;
  /** Told the topics of each commit, in commit order; must not throw. Returns the undo. */
  listen(listener: TopicsListener): () => void;
  publish(topics: readonly string[]): void;
  /** Wakes everyone; later waits resolve at once. */
  close(): void;
}

export function createTopics(clock: Clock): Topics {
  const waiting = new Map<string, Set<() => void>>();
  const listeners = new Set<TopicsListener>();
  let closed = false;
  return {
    until(topic, waitMs, signal) {
      if (closed || signal.aborted || waitMs <= 0) return Promise.resolve();
      return new Promise((resolve) => {
        const wakers = waiting.get(topic) ?? new Set();
        waiting.set(topic, wakers);
        const wake = () => {
          cancel();
          signal.removeEventListener('abort', wake);
          wakers.delete(wake);
          if (wakers.size === 0 && waiting.get(topic) === wakers) waiting.delete(topic);
          resolve();
        };
        const cancel = clock.schedule(wake, waitMs);
        signal.addEventListener('abort', wake);
        wakers.add(wake);
      });
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    publish(topics) {
      for (const listener of listeners) listener(topics);
      if (waiting.size === 0) return;
      for (const topic of topics) for (const wake of [...(waiting.get(topic) ?? [])]) wake();
    },
    close() {
      closed = true;
      for (const wakers of [...waiting.values()]) for (const wake of [...wakers]) wake();
    },
  };
}
