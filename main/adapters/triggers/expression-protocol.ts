/** What a thread of expressions is asked and answers. What it is at, and what it has found, stands in memory that both see: a thread that hangs says nothing any more. */
export interface Batch {
  readonly id: number;
  readonly texts: readonly string[];
  /** JSON of each: one text is handed over at a tenth of what its objects cost. */
  readonly subjects: readonly string[];
  /** Two numbers for each that is asked: which subject, which text. */
  readonly pairs: Int32Array;
  /** From this one on. */
  readonly from: number;
  /** One byte for each: see `verdictCodes`. */
  readonly verdicts: Uint8Array;
  /** One number: which one it is at. */
  readonly at: Int32Array;
}

export const verdictCodes = { open: 0, no: 1, yes: 2, fault: 3 } as const;

export type FromExpressions =
  | { readonly batch: number; readonly index: number; readonly fault: string }
  | { readonly batch: number; readonly isDone: true };
