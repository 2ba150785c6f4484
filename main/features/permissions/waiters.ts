/**
 * Who waits for an answer: the hook of a CLI, by one long poll after another. A hook that was killed comes back no more, and what
 * it asked is then of no use to anybody.
 */
import type { Life } from '../../hub/feature.ts';
import { isOnScreen, type PermissionsState } from './slice.ts';

/** Between two polls, and until a hook that a restart of the hub interrupted is back. */
const patienceMs = 10_000;
const lookMs = 2_000;

interface Seen {
  polls: number;
  /** Since when no poll of it was seen, by the hub's clock; undefined until the next look. */
  idleSinceMs: number | undefined;
}

export class Waiters {
  private readonly seen = new Map<string, Seen>();

  /** For as long as one poll of it lasts. */
  async during<T>(permission: string, poll: () => Promise<T>): Promise<T> {
    const one = this.seenOf(permission);
    one.polls += 1;
    try {
      return await poll();
    } finally {
      one.polls -= 1;
      // From the next look on its patience is counted.
      one.idleSinceMs = undefined;
    }
  }

  /** Tells of those that nobody waits for, for as long as the hub lives. */
  watch(life: Life<PermissionsState>): void {
    let cancel = (): void => undefined;
    const look = (): void => {
      for (const permission of this.left(life)) void lapse(life, permission);
      cancel = life.clock.schedule(look, lookMs);
    };
    cancel = life.clock.schedule(look, lookMs);
    life.own(() => cancel());
  }

  private left(life: Life<PermissionsState>): string[] {
    const nowMs = life.clock.elapsed();
    const open = life
      .state()
      .byId.values()
      .filter((one) => one.state === 'open' && !isOnScreen(one))
      .map(({ id }) => id);
    for (const id of this.seen.keys()) if (!open.includes(id)) this.seen.delete(id);
    return open.filter((id) => {
      const one = this.seenOf(id);
      one.idleSinceMs ??= nowMs;
      return one.polls === 0 && nowMs - one.idleSinceMs > patienceMs;
    });
  }

  private seenOf(permission: string): Seen {
    const known = this.seen.get(permission) ?? { polls: 0, idleSinceMs: undefined };
    this.seen.set(permission, known);
    return known;
  }
}

async function lapse(life: Life<PermissionsState>, permission: string): Promise<void> {
  try {
    await life.system({ type: 'permission.lapse', data: { permission } });
  } catch (error) {
    if (!life.signal.aborted) life.logger.warn({ permission, error }, 'it could not be closed');
  }
}
