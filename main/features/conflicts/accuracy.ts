/** How often what was told was right, as far as the merges of approvals have shown. */
import type { ConflictKind } from '../../../preload/contract/conflict-records.ts';
import type { Accuracy } from '../../../preload/contract/conflicts.ts';
import { Table } from '../../../preload/contract/table.ts';

export interface Counts {
  readonly found: number;
  readonly right: number;
  readonly falseAlarm: number;
  readonly avoided: number;
}

export interface Merge {
  readonly agent: string;
  readonly files: readonly string[];
  /** What its work was made on. */
  readonly base: string;
  readonly requestedMs: number;
}

/** A conflict of which nothing came yet. */
export interface Prediction {
  readonly kind: ConflictKind;
  readonly agents: readonly [string, string];
  readonly files: readonly string[];
  readonly sinceMs: number;
  /** The work of one is merged; what becomes of the other's will tell. */
  readonly merged?: Merge & { readonly atMs: number };
  readonly isOver?: true;
}

/** Two whose merges met, and where: a merge that is tried again tells nothing new. */
export interface Met {
  readonly pair: string;
  readonly files: readonly string[];
}

export interface AccuracyState {
  readonly counts: Readonly<Record<ConflictKind, Counts>>;
  readonly missed: number;
  /** How long before the merge that conflicted it was told, milliseconds, the newest last. */
  readonly warningsMs: readonly number[];
  readonly predictions: Table<Prediction>;
  /** Asked for, by approval. */
  readonly asked: Table<Merge>;
  /** The newest last. */
  readonly merged: readonly Merge[];
  readonly met: readonly Met[];
}

/** How much is remembered; beyond it the oldest goes, and what would have come of it counts nowhere. */
export const kept = { warnings: 200, predictions: 1_000, asked: 100, merged: 50, met: 100 };

const none: Counts = { found: 0, right: 0, falseAlarm: 0, avoided: 0 };

export const initialAccuracy: AccuracyState = {
  counts: { forward: none, 'in-flight': none, ownership: none },
  missed: 0,
  warningsMs: [],
  predictions: Table.empty(),
  asked: Table.empty(),
  merged: [],
  met: [],
};

export function accuracyOf({ counts, missed, warningsMs }: AccuracyState): Accuracy {
  const kinds = (['forward', 'in-flight', 'ownership'] as const).map((kind) => {
    const { found, right, falseAlarm, avoided } = counts[kind];
    return { kind, ...counts[kind], pending: found - right - falseAlarm - avoided };
  });
  const sum = (what: 'right' | 'falseAlarm') => kinds.reduce((all, one) => all + one[what], 0);
  const [right, falseAlarm] = [sum('right'), sum('falseAlarm')];
  const sorted = [...warningsMs].sort((a, b) => a - b);
  const medianWarningMs = sorted[Math.floor((sorted.length - 1) / 2)];
  return {
    ...{ kinds, missed },
    ...(right + falseAlarm > 0 && { precision: right / (right + falseAlarm) }),
    ...(right + missed > 0 && { recall: right / (right + missed) }),
    ...(medianWarningMs !== undefined && { medianWarningMs }),
  };
}
