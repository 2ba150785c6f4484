/** Every feature's contract: one line each. What the doors, the CLI and the renderer read. */
import { agents } from './agents.ts';
import { approvals } from './approvals.ts';
import { cluster } from './cluster.ts';
import { commits } from './commits.ts';
import { conflicts } from './conflicts.ts';
import { costs } from './costs.ts';
import type { CommandDef, EventDef, FeatureContract, QueryDef } from './define.ts';
import { doctor } from './doctor.ts';
import { editor } from './editor.ts';
import { findings } from './findings.ts';
import { gates } from './gates.ts';
import { landing } from './landing.ts';
import { learnings } from './learnings.ts';
import { inbox } from './inbox.ts';
import { log } from './log.ts';
import { messages } from './messages.ts';
import { permissions } from './permissions.ts';
import { pipeline } from './pipeline.ts';
import { proposals } from './proposals.ts';
import { questions } from './questions.ts';
import { registration } from './registration.ts';
import { recordings } from './recordings.ts';
import { reviews } from './reviews.ts';
import { settings } from './settings.ts';
import { targets } from './targets.ts';
import { snapshots } from './snapshots.ts';
import { stories } from './stories.ts';
import { timers } from './timers.ts';
import { terminals } from './terminals.ts';
import { timeline } from './timeline.ts';
import { waits } from './waits.ts';
import { triggers } from './triggers.ts';
import { trace } from './trace.ts';
import { watchdog } from './watchdog.ts';
import { worktrees } from './worktrees.ts';

export const featureContracts = [
  agents,
  terminals,
  recordings,
  messages,
  questions,
  permissions,
  approvals,
  gates,
  reviews,
  worktrees,
  commits,
  targets,
  snapshots,
  stories,
  timers,
  landing,
  pipeline,
  cluster,
  registration,
  triggers,
  conflicts,
  learnings,
  findings,
  watchdog,
  costs,
  editor,
  inbox,
  waits,
  log,
  timeline,
  settings,
  proposals,
  trace,
  doctor,
] as const satisfies readonly FeatureContract[];

type Contracts = (typeof featureContracts)[number];
/** Every command, by type. */
export type Commands = UnionToIntersection<Contracts['commands']>;
/** Every query, by type. */
export type Queries = UnionToIntersection<Contracts['queries']>;
type UnionToIntersection<U> = (U extends unknown ? (u: U) => void : never) extends (
  i: infer I,
) => void
  ? I
  : never;

export const commandDefs: ReadonlyMap<string, CommandDef> = new Map(
  featureContracts.flatMap(
    (feature): Array<[string, CommandDef]> => Object.entries(feature.commands),
  ),
);
export const queryDefs: ReadonlyMap<string, QueryDef> = new Map(
  featureContracts.flatMap((feature): Array<[string, QueryDef]> => Object.entries(feature.queries)),
);
export const eventDefs: ReadonlyMap<string, EventDef> = new Map(
  featureContracts.flatMap((feature): Array<[string, EventDef]> => Object.entries(feature.events)),
);
