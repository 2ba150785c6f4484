/** Steps that failed are tried again later and later, and told once for each reason. Kept for one life of the hub. */
export interface Failed {
  readonly tries: number;
  readonly reason: string;
  /** Not before, on the monotonic clock. */
  readonly againMs: number;
}

const ms = { first: 2_000, factor: 3, most: 5 * 60_000 };

export class BackOff {
  private readonly byKey = new Map<string, Failed>();

  /** Milliseconds until it may be tried; 0: now. */
  waitMs(key: string, elapsedMs: number): number {
    return Math.max(0, (this.byKey.get(key)?.againMs ?? 0) - elapsedMs);
  }

  /** True when it is worth telling: the first of its kind. */
  fail(key: string, reason: string, elapsedMs: number): boolean {
    const before = this.byKey.get(key);
    const tries = (before?.tries ?? 0) + 1;
    const waitMs = Math.min(ms.first * ms.factor ** (tries - 1), ms.most);
    this.byKey.set(key, { tries, reason, againMs: elapsedMs + waitMs });
    return before?.reason !== reason;
  }

  clear(key: string): void {
    this.byKey.delete(key);
  }

  /** What nobody asks for any more is forgotten. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of this.byKey.keys()) if (!keys.has(key)) this.byKey.delete(key);
  }
}
