/**
 * Stores the state by slice, so that a start need not fold what is folded already. Only slices that changed are
 * written, in pieces over many turns of the loop; what is written counts once all of it is there.
 */
import type { Clock } from '../base/clock.ts';
import { Pace } from '../base/pace.ts';
import type { Feature, HubState } from './feature.ts';
import type { LogStore } from './log-store.ts';
import type { Registry } from './registry.ts';
import { encodeSlice } from './slice-json.ts';
import type { Position } from './writer.ts';

/** How many events are folded between two snapshots. More: faster writing, slower start. */
export const snapshotEvery = 10_000;

/** Old pieces removed in one step: about 2 MiB. */
const droppedAtOnce = 32;

export interface SnapshotsDeps {
  readonly registry: Registry;
  readonly store: LogStore;
  readonly clock: Clock;
  /** Newest durable position. */
  readonly durable: () => Position;
}

/** What the store holds: each slice as it was when it was stored, by feature, and the event they stand for. */
export interface Stored {
  readonly seq: number;
  readonly slices: ReadonlyMap<string, unknown>;
}

export class Snapshots {
  private readonly deps: SnapshotsDeps;
  private stored: Stored;
  private saving: Promise<void> | undefined;
  /** A disk that was full is not tried again with every commit. */
  private triedSeq: number;

  constructor(deps: SnapshotsDeps, stored: Stored) {
    this.deps = deps;
    this.stored = stored;
    this.triedSeq = stored.seq;
  }

  isDue(): boolean {
    const { seq } = this.deps.durable().head;
    return this.saving === undefined && seq - this.triedSeq >= snapshotEvery;
  }

  /** Stores what is durable now, or joins the one that is being stored. Rejects when it cannot be written. */
  save(): Promise<void> {
    this.saving ??= this.write().finally(() => {
      this.saving = undefined;
    });
    return this.saving;
  }

  /** For the end: nothing that is durable is left out. */
  async saveAll(): Promise<void> {
    await this.saving?.catch(() => undefined);
    await this.save();
  }

  private async write(): Promise<void> {
    const { store, clock, registry } = this.deps;
    const { head, state } = this.deps.durable();
    const [unchanged, changed] = this.divide(registry.features, state);
    // Before the first event there is nothing that a snapshot could stand for.
    if (head.seq === 0 || (head.seq === this.stored.seq && changed.length === 0)) return;
    this.triedSeq = head.seq;
    const pace = new Pace(clock);
    const written = [];
    for (const { contract, version } of changed) {
      const feature = contract.name;
      const pieces = encodeSlice(state[feature]);
      let parts = 0;
      const writeNext = (): boolean => {
        const { value: json, done } = pieces.next();
        if (done !== true) store.saveSlicePart({ feature, seq: head.seq, part: parts++, json });
        return done !== true;
      };
      while (await pace.step(writeNext));
      written.push({ feature, version, parts });
    }
    store.saveSnapshot({ ...head, written, unchanged: unchanged.map((f) => f.contract.name) });
    this.stored = { seq: head.seq, slices: new Map(Object.entries(state)) };
    while (await pace.step(() => store.dropOldParts(droppedAtOnce)));
  }

  private divide(features: readonly Feature[], state: HubState): [Feature[], Feature[]] {
    const { slices } = this.stored;
    const isStored = ({ contract: { name } }: Feature) =>
      slices.has(name) && slices.get(name) === state[name];
    return [features.filter(isStored), features.filter((feature) => !isStored(feature))];
  }
}
