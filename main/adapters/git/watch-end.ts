/** One signal that fires when a call was aborted or took too long, and a last bound for a process that ignores it. */
import type { Clock } from '../../base/clock.ts';

export interface EndWatch {
  readonly signal: AbortSignal;
  /** Rejects when the process did not end within the grace after the signal. */
  readonly overdue: Promise<never>;
  /** Throws the caller's reason when the caller aborted. */
  throwIfAborted(): void;
  timedOut(): boolean;
  dispose(): void;
}

/**
 * Time for a git that was called off to end by itself, before SIGINT. Nearly all do. Git takes its lock files away on a
 * signal, but not one that it has made and does not know yet: that one stays, and the branch is locked for ever.
 */
const settleMs = 500;
/** Time for git to take its lock files away after SIGINT. */
const graceMs = 2_000;

export function watchEnd(
  clock: Clock,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | undefined },
): EndWatch {
  const controller = new AbortController();
  const overdue = Promise.withResolvers<never>();
  overdue.promise.catch(() => {});
  let timedOut = false;
  const cancels: (() => void)[] = [];
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    cancels.push(clock.schedule(() => overdue.reject(new Error('git ignored SIGINT')), graceMs));
  };
  const expire = () => {
    timedOut = true;
    stop();
  };
  const callOff = () => {
    cancels.push(clock.schedule(stop, settleMs));
  };
  cancels.push(clock.schedule(expire, timeoutMs));
  if (signal?.aborted) stop();
  else signal?.addEventListener('abort', callOff);
  return {
    signal: controller.signal,
    overdue: overdue.promise,
    throwIfAborted: () => signal?.throwIfAborted(),
    timedOut: () => timedOut,
    dispose() {
      signal?.removeEventListener('abort', callOff);
      for (const cancel of cancels) cancel();
    },
  };
}
