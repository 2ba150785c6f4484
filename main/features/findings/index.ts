/** Findings: how the work goes, counted from the events of other features. A pure fold: it decides nothing and starts nothing. */
import { type FindingRecord, findings as contract } from '../../../preload/contract/findings.ts';
import type { Table } from '../../../preload/contract/table.ts';
import type { Feature, HubState } from '../../hub/feature.ts';
import { feature } from '../../hub/feature.ts';
import { readWaits } from '../../hub/waits.ts';
import { foldFindings } from './fold.ts';
import { type FindingsState, initialFindings, selectFindingsState } from './state.ts';

/** `others`: the features whose events it reads, by what they declare of what waits. */
export function findingsFeature(others: readonly Feature[]): Feature {
  return feature(contract, {
    initial: initialFindings,
    version: 2,
    commands: {},
    queries: {},
    reduce: foldFindings(readWaits(others)),
    views: { finding: { items: (state: FindingsState) => state.found.byId } },
  });
}

/** All that are remembered, told or not. */
export function selectFindings(hub: HubState): Table<FindingRecord> {
  return selectFindingsState(hub).found.byId;
}
