/** Which gates concern a merge, and which of them are run, joined, or known already. Pure. */
import { hasEnded } from '../../../preload/contract/gate-verdict.ts';
import type { GateCheck, PlannedGate } from '../../../preload/contract/gates.ts';
import { withoutCase } from '../../base/without-case.ts';
import { asPattern, metBy, normalPath } from '../conflicts/index.ts';
import type { Gate } from './ports.ts';
import { type GatesState, newestRun, type Run } from './slice.ts';

/** Longer ones are not held against patterns, so that they concern every gate: who wants to pass none could hide a file that deep. */
const longestPath = 255;

/** True when the merge changes something that the gate is about. */
export function concerns({ paths }: Pick<Gate, 'paths'>, files: readonly string[]): boolean {
  if (paths.length === 0) return true;
  // As the patterns are held against them: without case.
  const names = files.map((file) => withoutCase(file.normalize('NFC')));
  if (names.some((name) => name.length > longestPath)) return true;
  return paths.some((path) => names.some(metBy(asPattern(normalPath(path)))));
}

export interface Wanted {
  readonly purpose: GateCheck['purpose'];
  readonly tree: string;
  readonly files: readonly string[];
  readonly gates: readonly Gate[];
  /** Also what has passed on this tree. */
  readonly again: boolean;
  /** The id of a new run. */
  readonly newRun: (gate: Gate) => string;
}

export interface Chosen {
  readonly planned: PlannedGate[];
  /** To be run, each with its id. */
  readonly fresh: ReadonlyArray<{ readonly gate: Gate; readonly run: string }>;
}

export function chooseRuns(state: GatesState, wanted: Wanted): Chosen {
  const fresh: Array<{ gate: Gate; run: string }> = [];
  const planned = wanted.gates.map((gate): PlannedGate => {
    const { name, hash, required } = gate;
    const row = { gate: name, hash, required };
    if (!concerns(gate, wanted.files)) return { ...row, applies: false };
    const known = newestRun(state, { gate: name, hash, tree: wanted.tree });
    if (known !== undefined && stands(known, wanted)) {
      const isCached = known.state === 'passed';
      return { ...row, applies: true, run: known.id, ...(isCached && { isCached }) };
    }
    const run = wanted.newRun(gate);
    fresh.push({ gate, run });
    return { ...row, applies: true, run };
  });
  return { planned, fresh };
}

/**
 * What is under way is joined. A red result stands until somebody asks for it again; what was cancelled or lost says nothing of the
 * files.
 */
function stands(run: Run, { purpose, again }: Wanted): boolean {
  if (!hasEnded(run)) return run.ending === undefined;
  if (again) return false;
  if (run.state === 'passed') return true;
  const isVerdict = run.state === 'failed' || run.state === 'timed_out';
  return isVerdict && purpose !== 'run';
}
