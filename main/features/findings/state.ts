/** What the hub remembers for findings: what was found, and what has begun and is not over. */
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { Table } from '../../../preload/contract/table.ts';
import type { HubState } from '../../hub/feature.ts';
import { selectorOf } from '../../hub/feature.ts';
import { findings as contract } from '../../../preload/contract/findings.ts';
import { type InboxState, initialInbox } from '../inbox/index.ts';
import { type Findings, noFindings } from './hit.ts';

/** An agent that is down: why, and since which event. */
export interface Down {
  readonly cause: string;
  readonly sinceMs: number;
}

/** Bounded by itself: `found` by category, `down` by agents, `stuck` by agents and shapes, `collided` by conflicts, `waiting` by what waits for the operator. */
export interface FindingsState {
  readonly found: Findings;
  readonly down: Table<Down>;
  /** Of an agent: since when it is stuck in which shape, Unix ms. */
  readonly stuck: Table<Readonly<Record<string, number>>>;
  /** Of a conflict that is open: which of its files were counted. */
  readonly collided: Table<readonly string[]>;
  /** What agents cannot go on without, by the very fold of the operator's inbox. */
  readonly waiting: InboxState;
}

export const initialFindings: FindingsState = {
  found: noFindings,
  down: Table.empty(),
  stuck: Table.empty(),
  collided: Table.empty(),
  waiting: initialInbox,
};

export const selectFindingsState: (hub: HubState) => FindingsState =
  selectorOf<FindingsState>(contract);

/** By event type. Logs are older and newer than this code: a field that is not there counts for nothing. */
export type Folds = Readonly<
  Record<string, (state: FindingsState, event: EventEnvelope) => FindingsState>
>;

/** A duration; a clock that was set back makes none negative. */
export function sinceMs(beginMs: number, { atMs }: EventEnvelope): number {
  return Math.max(0, atMs - beginMs);
}
