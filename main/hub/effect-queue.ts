/**
 * Whose turn it is: effects of one lane one after another, and of one kind no more at once than it says. Plain queues,
 * no promise for one that only waits: ten thousand of those would cost the loop tens of milliseconds.
 */
import type { StoredEffect } from './log-store.ts';

export interface EffectQueueDeps {
  /** How many of a kind run at once. */
  readonly atOnce: (kind: string) => number;
  /** Once whatever is under way in this turn of the loop has gone on. */
  readonly soon: () => Promise<void>;
  /** Must not reject. */
  readonly run: (effect: StoredEffect) => Promise<void>;
}

/** Effects of one kind that their lanes let go on: those in work are counted, the others wait, first come first served. */
interface Kind {
  free: number;
  readonly waiting: StoredEffect[];
}

interface Waiter {
  readonly from: number;
  left: number;
  readonly done: () => void;
}

export class EffectQueue {
  private readonly deps: EffectQueueDeps;
  /** By lane, in order: the first one runs or waits for a place, the others wait for it. */
  private readonly lanes = new Map<string, StoredEffect[]>();
  private readonly kinds = new Map<string, Kind>();
  /** By id, the how-many-th it is. */
  private readonly held = new Map<string, number>();
  private readonly inWork = new Set<string>();
  private readonly waiters = new Set<Waiter>();
  private count = 0;

  constructor(deps: EffectQueueDeps) {
    this.deps = deps;
  }

  add(effect: StoredEffect): void {
    // What was decided before the start is met again among what the start finds left over.
    if (this.held.has(effect.id)) return;
    this.held.set(effect.id, this.count);
    this.count += 1;
    for (const waiter of this.waiters) waiter.left += 1;
    const lane = this.lanes.get(effect.lane);
    if (lane !== undefined) {
      lane.push(effect);
      return;
    }
    this.lanes.set(effect.lane, [effect]);
    this.wait(effect);
  }

  /** Running and waiting. */
  size(): number {
    return this.held.size;
  }

  running(): readonly string[] {
    return [...this.inWork];
  }

  /** How many were ever added: where `drain` may begin. */
  added(): number {
    return this.count;
  }

  /** Resolves when nothing runs and nothing waits of what was added from the `from`th on, later ones included. */
  drain(from = 0): Promise<void> {
    const left = [...this.held.values()].filter((at) => at >= from).length;
    if (left === 0) return Promise.resolve();
    return new Promise((done) => this.waiters.add({ from, left, done }));
  }

  private tell(ended: number): void {
    for (const waiter of this.waiters) {
      if (ended < waiter.from) continue;
      waiter.left -= 1;
      if (waiter.left > 0) continue;
      this.waiters.delete(waiter);
      waiter.done();
    }
  }

  private wait(effect: StoredEffect): void {
    const kind = this.kindOf(effect.kind);
    kind.waiting.push(effect);
    this.fill(kind);
  }

  private fill(kind: Kind): void {
    while (kind.free > 0) {
      const effect = kind.waiting.shift();
      if (effect === undefined) return;
      kind.free -= 1;
      void this.work(effect, kind);
    }
  }

  private async work(effect: StoredEffect, kind: Kind): Promise<void> {
    // Not before the commit that brought it has been told to everyone, and answered: to begin may take as long as it takes to start
    // a process or two.
    await this.deps.soon();
    this.inWork.add(effect.id);
    try {
      await this.deps.run(effect);
    } finally {
      this.inWork.delete(effect.id);
      const at = this.held.get(effect.id) ?? 0;
      this.held.delete(effect.id);
      kind.free += 1;
      this.fill(kind);
      this.goOn(effect.lane);
      this.tell(at);
    }
  }

  private goOn(name: string): void {
    const lane = this.lanes.get(name);
    lane?.shift();
    const next = lane?.[0];
    if (next === undefined) this.lanes.delete(name);
    else this.wait(next);
  }

  private kindOf(name: string): Kind {
    let kind = this.kinds.get(name);
    if (kind === undefined) {
      kind = { free: this.deps.atOnce(name), waiting: [] };
      this.kinds.set(name, kind);
    }
    return kind;
  }
}
