/** The gates of one request, as the page knows them now. */
import { useCallback, useMemo } from 'react';
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
  const of = useGatesByApproval();
  return useMemo(() => of(approval), [of, approval]);
}

function useGatesByApproval(): (approval: string) => GatesOf {
  const checks = useRecords('gateCheck');
  const runs = useRecords('gateRun');
  const table = useLiveTable('gate');
  return useMemo(() => {
    const definitions = table?.values() ?? [];
    const byId = new Map(runs.map((run) => [run.id, run]));
    const runOf = (id: string) => byId.get(id);
    return (approval) => {
      const own = checks.filter((one) => one.approval === approval);
      const newest = own.findLast((one) => !one.isPartial) ?? own.at(-1);
      return { definitions, check: newest && withNewest(newest, runs), runOf };
    };
  }, [checks, runs, table]);
}

/** What a yes comes to; undefined where there is no gate that a merge needs. */
export function useStanding(approval: ApprovalRecord): Standing | undefined {
  return useStandings()(approval);
}

/** The same of any. */
export function useStandings(): (approval: ApprovalRecord) => Standing | undefined {
  const of = useGatesByApproval();
  return useCallback(({ id, pin }) => standingOf({ ...of(id), target: pin.target }), [of]);
}
