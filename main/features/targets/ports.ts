/** What targets need from git. */
import type { TargetAlarm } from '../../../preload/contract/targets.ts';
import type { Dispose } from '../../base/disposable.ts';

export type MoveFacts = Omit<TargetAlarm, 'sinceMs' | 'from' | 'to'>;

export interface Targets {
  /**
   * Tells at once and whenever a branch may be at another commit: by events of the disk, and every 30 s where those do not come.
   * Nothing runs while no ref moves. `branches` is asked anew each time. Never throws.
   */
  watch(branches: () => readonly string[], onMoved: (branch: string) => void): Dispose;
  /** Undefined: there is no such branch. */
  commitOf(branch: string, signal?: AbortSignal): Promise<string | undefined>;
  /** What lies between two of its commits, and who says they did it. One that is no more counts as nothing. */
  between(ask: {
    target: string;
    from: string;
    to: string;
    signal?: AbortSignal;
  }): Promise<MoveFacts>;
  /**
   * Keeps `from` by a ref, then moves the branch from it to `to`, with all its checkouts, or nothing. Idempotent. Throws
   * TARGET_MOVED, TARGET_DIRTY, TARGET_UNKNOWN.
   */
  restore(ask: {
    target: string;
    from: string;
    to: string;
    signal?: AbortSignal;
  }): Promise<{ keptRef: string }>;
}
