/**
 * The state as it was after any event: from the nearest place where it is kept, and the events from there on. What is not
 * kept yet, or is of another version of a feature, is folded and kept on the way. Works in steps of a page each, so that
 * whoever drives it can serve others in between, say how far it is, and stop; what was done till then is not lost.
 */
import { must } from '../../base/assert.ts';
import type { Feature, HubState, LogReader } from '../feature.ts';
import { initialState } from '../fold.ts';
import type { Registry } from '../registry.ts';
import type { Head } from '../seal.ts';
import { foldAlone } from './fold-alone.ts';
import { States } from './states.ts';
import { type KeptSlice, placesTo, type Spacing, type Waypoints } from './waypoints.ts';

export interface PastLog extends Pick<LogReader, 'page' | 'head'> {
  /** Whether what was kept after this event is of this very history. */
  holds(place: Head): boolean;
}

export interface PastDeps {
  readonly registry: Registry;
  readonly log: PastLog;
  readonly waypoints: Waypoints;
  readonly spacing: Spacing;
}

/** How far it is on its way. */
export interface Progress {
  readonly at: number;
  readonly to: number;
}

/** Events between two states that are remembered on the way: what a step back costs at most. */
const rememberEvery = 1_000;

export class Past {
  private readonly deps: PastDeps;
  private readonly states = new States();
  /** By place: the hash that was found to be of this log. */
  private readonly held = new Map<number, string>();
  private keeping: Generator<Progress, void> | undefined;
  /** All places up to here have every slice. */
  private completeTo = 0;
  /** What was kept last, so that the next place goes on from there. */
  private last: { readonly seq: number; readonly slices: HubState } | undefined;

  constructor(deps: PastDeps) {
    this.deps = deps;
  }

  /** The event must be there. Throws as the log does. */
  *stateAt(seq: number): Generator<Progress, HubState> {
    const known = this.states.at(seq);
    if (known !== undefined) return known;
    const place = this.places(this.deps.log.head().seq).findLast((one) => one <= seq) ?? 0;
    const remembered = this.states.before(seq);
    if (remembered === undefined || remembered.seq < place) yield* this.keepTo(place, seq);
    return yield* this.foldTo(seq);
  }

  /** Brings what is kept level with the log. */
  *keepAll(): Generator<Progress, void> {
    const { seq } = this.deps.log.head();
    yield* this.keepTo(seq, seq);
  }

  /** One way at a time: whoever asks drives the same one. */
  private *keepTo(place: number, to: number): Generator<Progress, void> {
    while (this.completeTo < place) {
      this.keeping ??= this.keep(this.deps.log.head().seq);
      const step = this.drive(this.keeping);
      if (step !== undefined) yield { at: step.at, to };
    }
  }

  private drive(keeping: Generator<Progress, void>): Progress | undefined {
    try {
      const step = keeping.next();
      if (step.done !== true) return step.value;
    } catch (error) {
      this.keeping = undefined;
      throw error;
    }
    this.keeping = undefined;
    return undefined;
  }

  private *keep(head: number): Generator<Progress, void> {
    const { registry, waypoints } = this.deps;
    const { level } = waypoints;
    let former = 0;
    for (const seq of this.places(head)) {
      if (seq > this.completeTo) {
        const versions = this.versionsAt(seq);
        const missing = registry.features.filter(
          ({ contract, version }) => versions.get(contract.name) !== version,
        );
        if (missing.length > 0) yield* this.keepAt(seq, { former, missing });
        this.completeTo = seq;
        // It became too much, and other places are kept from now on: whoever drives it begins anew from here.
        if (waypoints.level !== level) {
          waypoints.keepOnly(this.places(head));
          return;
        }
        yield { at: seq, to: head };
      }
      former = seq;
    }
    this.completeTo = Math.max(this.completeTo, head);
    waypoints.keepOnly(this.places(head));
  }

  private places(head: number): number[] {
    return placesTo(head, this.deps.spacing, this.deps.waypoints.level);
  }

  private *keepAt(
    seq: number,
    { former, missing }: { former: number; missing: readonly Feature[] },
  ): Generator<Progress, void> {
    const before: Record<string, unknown> = {};
    for (const feature of missing)
      before[feature.contract.name] = yield* this.slice(feature, former);
    const stretch = { slices: before, from: former, upTo: seq };
    const folding = foldAlone(this.deps, missing, stretch);
    let after: HubState = before;
    for (;;) {
      const step = folding.next();
      after = step.done === true ? step.value : step.value.slices;
      if (step.done === true) break;
      yield { at: step.value.seq, to: seq };
    }
    const isSame = (name: string) => former > 0 && before[name] === after[name];
    const slices = missing.map(({ contract: { name }, version }): KeptSlice => {
      const sameAs = isSame(name) ? former : undefined;
      return { feature: name, version, slice: after[name], sameAs };
    });
    this.deps.waypoints.write({ seq, hash: this.hashAt(seq) }, slices);
    this.last = { seq, slices: after };
    // Though nothing could be written, whoever asks next need not fold it again.
    if (missing.length === this.deps.registry.features.length) this.states.add(seq, after, seq);
  }

  /** One slice at a place: kept there, or folded from the nearest before it. */
  private *slice(feature: Feature, seq: number): Generator<Progress, unknown> {
    const { name } = feature.contract;
    if (seq === 0) return feature.initial;
    if (this.last?.seq === seq && name in this.last.slices) return this.last.slices[name];
    const from = this.keptBefore(feature, seq);
    const stretch = { slices: { [name]: from.slice }, from: from.seq, upTo: seq };
    for (const folding = foldAlone(this.deps, [feature], stretch); ; ) {
      const step = folding.next();
      if (step.done === true) return step.value[name];
      yield { at: step.value.seq, to: seq };
    }
  }

  /** The newest that can be read, at or before it; what cannot be is forgotten, and made again some time. */
  private keptBefore(feature: Feature, seq: number): { seq: number; slice: unknown } {
    const { name } = feature.contract;
    for (const place of this.deps.waypoints.places().toReversed()) {
      if (place.seq > seq || this.versionsAt(place.seq).get(name) !== feature.version) continue;
      const slice = this.deps.waypoints.read(place.seq, name);
      if (slice !== undefined) return { seq: place.seq, slice };
      this.deps.waypoints.forget(place.seq, name);
      this.completeTo = Math.min(this.completeTo, place.seq - 1);
    }
    return { seq: 0, slice: feature.initial };
  }

  /** What is of another history is nothing. */
  private versionsAt(seq: number): ReadonlyMap<string, number> {
    const { log, waypoints } = this.deps;
    const place = waypoints.places().find((one) => one.seq === seq);
    if (place === undefined) return new Map();
    const isHeld = this.held.get(seq) === place.hash || log.holds(place);
    if (isHeld) this.held.set(seq, place.hash);
    else waypoints.forget(seq);
    return isHeld ? waypoints.versionsAt(seq) : new Map();
  }

  private *foldTo(seq: number): Generator<Progress, HubState> {
    const { registry } = this.deps;
    let from = this.states.before(seq) ?? { seq: 0, state: initialState(registry), root: 0 };
    const place = this.deps.waypoints.places().findLast((one) => one.seq <= seq);
    if (place !== undefined && place.seq > from.seq) {
      const state: Record<string, unknown> = {};
      for (const feature of registry.features)
        state[feature.contract.name] = yield* this.slice(feature, place.seq);
      from = { seq: place.seq, state, root: place.seq };
      this.states.add(place.seq, state, place.seq);
    }
    let remembered = from.seq;
    const folding = foldAlone(this.deps, registry.features, {
      ...{ slices: from.state, from: from.seq, upTo: seq },
    });
    for (;;) {
      const step = folding.next();
      if (step.done === true) {
        this.states.add(seq, step.value, from.root);
        return step.value;
      }
      if (step.value.seq - remembered >= rememberEvery) {
        this.states.add(step.value.seq, step.value.slices, from.root);
        remembered = step.value.seq;
      }
      yield { at: step.value.seq, to: seq };
    }
  }

  private hashAt(seq: number): string {
    const [event] = this.deps.log.page({ after: seq - 1, limit: 1 });
    return must(event, `event ${seq} is missing`).hash;
  }
}
