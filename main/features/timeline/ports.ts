/** What looks at the past need: somebody who folds the log beside the loop, up to any event. */
import type { MarkKind, PastProgress } from '../../../preload/contract/timeline.ts';

export interface PastRow {
  readonly key: string;
  readonly record: unknown;
}

export interface Picture {
  readonly kinds: Readonly<Record<string, { readonly count: number; readonly rows: PastRow[] }>>;
  /** Stories that were not over, by stage. */
  readonly stages: Readonly<Record<string, number>>;
}

export interface RowsPage {
  readonly rows: PastRow[];
  readonly total: number;
  readonly next?: string | undefined;
}

export interface RowsAsk {
  readonly kind: string;
  readonly stage?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** When events were written, from the first of them on: at every so many. */
export interface Overview {
  readonly samples: ReadonlyArray<{ readonly seq: number; readonly atMs: number }>;
  readonly marks: ReadonlyArray<{
    readonly seq: number;
    readonly atMs: number;
    readonly kind: MarkKind;
  }>;
}

/** What is asked of one state. */
export type PastAsk =
  | {
      readonly kind: 'picture';
      readonly seq: number;
      readonly first: number;
      readonly kinds: readonly string[];
    }
  | { readonly kind: 'rows'; readonly seq: number; readonly rows: RowsAsk }
  | { readonly kind: 'overview'; readonly seq: number };

export interface PastAnswers {
  readonly picture: Picture;
  readonly rows: RowsPage;
  readonly overview: Overview;
}

export interface PastWait {
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

export interface Past {
  /**
   * The event must be in the log. Progress when the time is over: what was folded till then is kept, and asking again goes
   * on from there. Rejects when the signal aborts, with SEGMENT_MISSING, and with PAST_UNREADABLE.
   */
  ask<K extends PastAsk['kind']>(
    ask: Extract<PastAsk, { kind: K }>,
    wait: PastWait,
  ): Promise<{ readonly answer: PastAnswers[K] } | { readonly progress: PastProgress }>;
  /** The log has grown: keeps states of it for later looks, in pauses, beside everything else. */
  keepUp(): void;
}
