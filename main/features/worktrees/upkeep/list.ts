/** `worktree.list`: what is there, with what is known of each already, and the rest asked of git, a few at a time. */
import type {
  TreeCounts,
  WorktreeRow,
  WorktreeState,
} from '../../../../preload/contract/worktree-commands.ts';
import type { WorktreeRecord } from '../../../../preload/contract/worktrees.ts';
import { toWireError } from '../../../../preload/contract/errors.ts';
import { MusherError, ok, reasonOf } from '../../../base/result.ts';
import { sideBySide } from '../../../base/side-by-side.ts';
import type { HubState, QueryContext } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import type { Measure, Upkeep } from '../ports.ts';
import { sayChore, sayMember } from '../pool/say-member.ts';
import { rowsOf } from './rows.ts';

export interface ListPorts {
  readonly upkeep: Upkeep;
  readonly worktrees: { defaultBase(): Promise<string> };
}

const mostRows = 500;
/** Each is a process or two; more of them only wait for each other's disk. */
const width = 4;

/** All rows that there are; `agents` of which destroyed ones count too, as they can be revived. */
export async function surveyRows(
  { upkeep }: Pick<ListPorts, 'upkeep'>,
  { hub, signal, near = [] }: { hub: HubState; signal: AbortSignal; near?: readonly string[] },
): Promise<WorktreeRow[]> {
  const agents = selectAgents(hub).byId.values();
  const places = agents.flatMap(({ worktreePath }) => worktreePath ?? []);
  const found = await upkeep.survey({ near: [...places, ...near], signal });
  return rowsOf(found, { agents, worktreesFolder: upkeep.worktreesFolder });
}

export async function listWorktrees(
  ports: ListPorts,
  { sizes }: { sizes: boolean },
  ctx: QueryContext<unknown>,
) {
  const [rows, target] = await Promise.all([surveyRows(ports, ctx), ports.worktrees.defaultBase()]);
  const measure = await ports.upkeep.measure(target, ctx.signal);
  const seen = ctx.live('worktree');
  const agents = selectAgents(ctx.hub).byId;
  const worktrees = await sideBySide(rows.slice(0, mostRows), width, async (row) => {
    const live = row.state === 'agent' ? (seen.get(row.agent ?? '') as Seen) : undefined;
    const size = sizes ? await ports.upkeep.size(row.path, ctx.signal) : undefined;
    return {
      ...row,
      ...(row.state === 'pool' && sayMember(ctx.live('poolMember').get(row.path))),
      ...(row.state === 'agent' && sayChore(agents.get(row.agent ?? '')?.chore)),
      ...(await countOf(ports, { row, live, measure }, ctx.signal)),
      ...(size && { size }),
    };
  });
  return ok({ worktrees, more: Math.max(0, rows.length - mostRows), target });
}

type Seen = WorktreeRecord | undefined;

const readable: ReadonlySet<WorktreeState> = new Set([
  'main',
  'agent',
  'kept',
  'orphan',
  'outside',
]);

/** Of an agent's tree the watch knows what changed; only its commits are counted then. */
async function countOf(
  { upkeep }: ListPorts,
  { row, live, measure }: { row: WorktreeRow; live: Seen; measure: Measure },
  signal: AbortSignal,
): Promise<TreeCounts & Pick<WorktreeRow, 'trouble'>> {
  const isKnown = live !== undefined && live.trouble === undefined && live.path === row.path;
  const { path, head, state } = row;
  if (!readable.has(state) && head === undefined) return {};
  const tree = { path, ...(head !== undefined && { head }) };
  try {
    const counts = await upkeep.count({
      tree,
      measure,
      isFiles: readable.has(state) && !isKnown,
      signal,
    });
    return isKnown ? { ...counts, changed: live.changeCount } : counts;
  } catch (error) {
    if (signal.aborted) throw error;
    // Such as a folder that went away while it was looked at: the others are there.
    const failed = { subcommand: 'status', reason: reasonOf(error) };
    const isKnownError = error instanceof MusherError;
    return { trouble: isKnownError ? error.wire : toWireError('GIT_FAILED', failed) };
  }
}
