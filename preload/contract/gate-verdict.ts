/** What the runs of a check come to: the same for the hub, which merges by it, and for pages and commands, which show it. Pure. */
import type { GateCheck, GateRun, PlannedGate, Verdict } from './gates.ts';

export type RunOf = (run: string) => GateRun | undefined;

export function hasEnded({ state }: Pick<GateRun, 'state'>): boolean {
  return state !== 'queued' && state !== 'running';
}

/** Those that a merge needs: required, and concerned by it. */
export function neededGates({ gates }: Pick<GateCheck, 'gates'>): PlannedGate[] {
  return gates.filter(({ required, applies }) => required && applies);
}

/** A run that nobody remembers any more proves nothing. */
export function verdictOf(check: Pick<GateCheck, 'gates'>, runOf: RunOf): Verdict {
  const runs = neededGates(check).map((gate) => runOfGate(gate, runOf));
  if (runs.some((run) => run !== undefined && !hasEnded(run))) return 'running';
  return runs.every((run) => run?.state === 'passed') ? 'green' : 'red';
}

/** Of every gate, advisory ones too. */
export function areAllOver({ gates }: Pick<GateCheck, 'gates'>, runOf: RunOf): boolean {
  return gates.every((gate) => {
    const run = runOfGate(gate, runOf);
    return run === undefined || hasEnded(run);
  });
}

export function runOfGate({ run }: PlannedGate, runOf: RunOf): GateRun | undefined {
  return run === undefined ? undefined : runOf(run);
}
