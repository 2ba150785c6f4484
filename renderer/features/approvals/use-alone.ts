/** Which commit of an approval is shown alone, and the way from one to the next: the oldest first, as they were made. */
import { useCallback, useState } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import type { ApprovalDiff } from './approve-gate.ts';

type Line = ApprovalDiff['commits'][number];

export interface Alone {
  /** Undefined: the whole is shown. */
  readonly line: Line | undefined;
  /** From 1, of so many. */
  readonly position: number;
  readonly count: number;
  choose(commit: string): void;
  /** After the last comes the whole, and before the first. */
  step(by: 1 | -1): void;
  leave(): void;
}

/** `undefined` while the diff is not there. */
export function useAlone(diff: Pick<ApprovalDiff, 'commits'> | undefined): Alone {
  const [commit, setCommit] = useState<string>();
  const oldestFirst = [...(diff?.commits ?? [])].reverse();
  const at = oldestFirst.findIndex((line) => line.commit === commit);
  const leave = useCallback(() => setCommit(undefined), []);
  const step = (by: 1 | -1) => setCommit(stepped(oldestFirst, at, by)?.commit);
  useShortcuts(
    [
      { keys: 'o', run: () => step(1) },
      { keys: 'Shift+o', run: () => step(-1) },
    ],
    oldestFirst.length > 1 || at !== -1,
  );
  useShortcuts([{ keys: 'Escape', run: leave }], at !== -1);
  const count = oldestFirst.length;
  return { line: oldestFirst[at], position: at + 1, count, choose: setCommit, step, leave };
}

/** `at` is -1 for the whole. */
export function stepped<T>(lines: readonly T[], at: number, by: 1 | -1): T | undefined {
  if (at === -1) return by === 1 ? lines[0] : lines.at(-1);
  return lines[at + by];
}
