/**
 * Which pairs are to be looked at. A pair is in it once: what is asked while it waits is the same look, and what is asked
 * while it is looked at is one more look after it, so that the newest state always has the last word.
 */
export type Pair = readonly [string, string];

export interface ChecksDeps {
  /** So many are looked at at once. */
  readonly atOnce: number;
  /** Must not throw. */
  readonly check: (pair: Pair) => Promise<void>;
}

export class PairChecks {
  private readonly deps: ChecksDeps;
  private readonly waiting = new Map<string, Pair>();
  private readonly running = new Set<string>();
  private isOver = false;

  constructor(deps: ChecksDeps) {
    this.deps = deps;
  }

  ask(one: string, other: string): void {
    if (this.isOver || one === other) return;
    const pair = pairOf(one, other);
    this.waiting.set(keyOf(pair), pair);
    this.next();
  }

  /** Nothing more is begun. */
  end(): void {
    this.isOver = true;
    this.waiting.clear();
  }

  private next(): void {
    for (const [key, pair] of this.waiting) {
      if (this.running.size >= this.deps.atOnce) return;
      if (this.running.has(key)) continue;
      this.waiting.delete(key);
      this.running.add(key);
      void this.deps.check(pair).finally(() => {
        this.running.delete(key);
        this.next();
      });
    }
  }
}

/** In an order of their own, whoever is named first. */
export function pairOf(one: string, other: string): Pair {
  return one < other ? [one, other] : [other, one];
}

/** No name of an agent has a line end. */
export function keyOf([one, other]: Pair): string {
  return `${one}\n${other}`;
}
