/** The gates of one request, as the page knows them now. */
import { useMemo } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { GateCheck, GateDefinition, GateRun } from '../../../preload/contract/gates.ts';
import { useLiveTable, useRecords } from '../../hub/use-records.ts';
import { type Standing, standingOf, withNewest } from './present-gates.ts';

export interface GatesOf {
  readonly definitions: readonly GateDefinition[];
  /** The newest; undefined: they have not run. */
  readonly check: GateCheck | undefined;
  readonly runOf: (id: string) => GateRun | undefined;
}

export function useGatesOf(approval: string): GatesOf {
  const checks = useRecords('gateCheck');
  const runs = useRecords('gateRun');
  const table = useLiveTable('gate');
  const definitions = useMemo(() => table?.values() ?? [], [table]);
  const check = useMemo(() => {
    const own = checks.filter((one) => one.approval === approval);
    const newest = own.findLast((one) => !one.isPartial) ?? own.at(-1);
    return newest && withNewest(newest, runs);
  }, [checks, runs, approval]);
  const runOf = useMemo(() => {
    const byId = new Map(runs.map((run) => [run.id, run]));
    return (id: string) => byId.get(id);
  }, [runs]);
  return { definitions, check, runOf };
}

/** What a yes comes to; undefined where there is no gate that a merge needs. */
export function useStanding({ id, pin }: ApprovalRecord): Standing | undefined {
  const { definitions, check, runOf } = useGatesOf(id);
  return standingOf({ definitions, check, runOf, target: pin.target });
}
