/** The states that were looked at last. Those that were folded from one another share what they have in common. */
import type { HubState } from '../feature.ts';

interface Known {
  readonly seq: number;
  readonly state: HubState;
  /** Where the state was taken from that it was folded from: those of one root share nearly everything. */
  readonly root: number;
}

/** Of one root. */
const mostStates = 48;
/** Each may be a whole state of its own. */
const mostRoots = 4;

export class States {
  /** By root, the one that was used last at the end. */
  private readonly roots = new Map<number, Map<number, Known>>();

  at(seq: number): HubState | undefined {
    const found = this.before(seq);
    return found?.seq === seq ? found.state : undefined;
  }

  /** The newest at or before an event. */
  before(seq: number): Known | undefined {
    let best: Known | undefined;
    for (const states of this.roots.values())
      for (const known of states.values())
        if (known.seq <= seq && known.seq >= (best?.seq ?? 0)) best = known;
    if (best !== undefined) this.use(best.root);
    return best;
  }

  add(seq: number, state: HubState, root: number): void {
    const states = this.roots.get(root) ?? new Map<number, Known>();
    this.roots.set(root, states);
    this.use(root);
    states.delete(seq);
    states.set(seq, { seq, state, root });
    dropOldest(states, mostStates);
    dropOldest(this.roots, mostRoots);
  }

  private use(root: number): void {
    const states = this.roots.get(root);
    if (states === undefined) return;
    this.roots.delete(root);
    this.roots.set(root, states);
  }
}

function dropOldest<V>(map: Map<number, V>, most: number): void {
  for (const key of map.keys()) {
    if (map.size <= most) return;
    map.delete(key);
  }
}
