// What a bench module exports: `export const bench: Bench`. build/bench.mjs runs it in a process of
// its own, with `gc` exposed, and compares the numbers with baseline.json by name.

export interface Bench {
  name: string;
  run(): Promise<BenchNumber[]>;
}

export interface BenchNumber {
  /** Unique over all benches: the key in baseline.json. */
  name: string;
  value: number;
  unit: string;
  /** The bare part's number, measured in the same run: what this machine can do at best. */
  limit?: number;
  /** value / limit. A ratio holds on another machine, where a bare number does not. */
  ratio?: number;
}
