/** `worktree.prune`: what was shown goes, and nothing else; each after its files were kept. */
import type { worktrees as contract } from '../../../../preload/contract/worktrees.ts';
import { toAgentId } from '../../../../preload/contract/agent-id.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { WorktreeRow } from '../../../../preload/contract/worktree-commands.ts';
import type { WorkItem } from '../../../../preload/contract/worktree-work.ts';
import { listOrNone } from '../../../base/records.ts';
import type { Result } from '../../../base/result.ts';
import { musherError, ok, refuse, wireOf } from '../../../base/result.ts';
import type { EffectContext, EffectHandler, PrepareContext } from '../../../hub/feature.ts';
import { handler } from '../../../hub/feature.ts';
import { selectAgents } from '../../agents/index.ts';
import type { Upkeep } from '../ports.ts';
import { surveyRows } from './list.ts';
import { tearDown, type TeardownPorts } from './teardown.ts';
import { beginWork, type Planned, type WorksState } from './works.ts';

interface PrunePorts extends TeardownPorts {
  readonly upkeep: Upkeep;
}

type Ask = CommandData<typeof contract, 'worktree.prune'>;

export function pruneCommand(ports: PrunePorts) {
  return handler<WorksState, Ask, { work?: string; items: WorkItem[] }, Planned[]>({
    prepare: (data, ctx) => plan(ports, data, ctx),
    decide: (ctx, _data, planned) => beginWork(ctx, 'prune', planned),
  });
}

/** All of what was shown, or nothing: what is another by now was not looked at by anybody. */
async function plan(
  ports: Pick<PrunePorts, 'upkeep'>,
  { items, force }: Ask,
  { hub, signal }: PrepareContext,
): Promise<Result<Planned[]>> {
  const rows = await surveyRows(ports, { hub, signal });
  const byId = new Map(rows.flatMap((row) => (row.pruneId ? [[row.pruneId, row] as const] : [])));
  const wanted = [...new Set(items)];
  const changed = wanted.filter((id) => !byId.has(id));
  if (changed.length > 0) return refuse('WORKTREE_CHANGED', { items: listOrNone(changed) });
  return ok(wanted.flatMap((id) => planned(byId.get(id), force)));
}

function planned(row: WorktreeRow | undefined, force: boolean): Planned[] {
  if (row?.pruneId === undefined) return [];
  const { path, state, agent, pruneId: id, branch } = row;
  const keepAs = agent ?? toAgentId(path.split(/[/\\]/).at(-1) ?? '');
  const stays = branch === undefined ? '' : `; branch ${branch} stays`;
  const say = state === 'trash' ? 'left over, kept before' : `${state}${stays}`;
  return [{ item: { path, deed: 'remove', say }, data: { id, keepAs, ...(force && { force }) } }];
}

interface PruneData {
  readonly work: string;
  readonly path: string;
  readonly id: string;
  readonly keepAs: string;
  readonly force?: boolean;
}

/** Deleting folders of a hundred thousand files side by side only makes the disk seek. */
const atOnce = 2;

export function pruneEffect(ports: PrunePorts): EffectHandler<PruneData> {
  return {
    atOnce,
    async run({ work, path, id, keepAs, force = false }, ctx) {
      requireNobody(path, ctx);
      const gone = await ports.upkeep.remove({
        ...{ tree: { path, id }, keepAs, signal: ctx.signal },
        onKept: () => tearDown(ports, { path, name: keepAs, force }, ctx),
      });
      const { snapshotRef, isGone } = gone;
      const said = isGone
        ? 'it was gone already'
        : snapshotRef === undefined
          ? 'removed; there was nothing in it that is not kept elsewhere'
          : 'removed, its files kept';
      const told = { outcome: 'done', said, ...(snapshotRef !== undefined && { snapshotRef }) };
      return { type: 'worktree.work_tell', data: { work, path, ...told } };
    },
    failed({ work, path }, error) {
      const wire = wireOf(error);
      const told = { outcome: 'left', said: wire.message, error: wire };
      return { type: 'worktree.work_tell', data: { work, path, ...told } };
    },
  };
}

/** An agent may have come to work there since it was shown. */
function requireNobody(path: string, { hub }: EffectContext): void {
  const agents = selectAgents(hub).byId.values();
  if (agents.some(({ worktreePath, adoptedPath }) => [worktreePath, adoptedPath].includes(path)))
    throw musherError('WORKTREE_CHANGED', { items: path });
}
