/** What whoever looks at intents and trees tells: conflicts are found by it, changed, and cleared. */
import type { ConflictRecord, Severity } from '../../../preload/contract/conflict-records.ts';
import { isBranchSide } from '../../../preload/contract/conflict-sides.ts';
import { conflicts as contract } from '../../../preload/contract/conflicts.ts';
import type { CommandData, CommandResult } from '../../../preload/contract/define.ts';
import type { Result } from '../../base/result.ts';
import type { Decision, Nothing } from '../../hub/feature.ts';
import { decided, newEvent } from '../../hub/feature.ts';
import { isReachable, selectAgents } from '../agents/index.ts';
import type { Ctx } from './slice.ts';
import { isSameFiles, openConflict } from './slice.ts';

type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;
type Seen = Data<'conflict.seen'>;
type Pair = readonly [string, string];

/** Files flicker while agents write: so long after a change the next is taken, milliseconds. Where lines alone moved, later. */
export const changeEveryMs = { files: 5_000, lines: 60_000 };

const byHand: ReadonlySet<string> = new Set([
  ...['both-added', 'modify-delete', 'rename-rename', 'rename-delete', 'rename-add'],
  ...['directory-file', 'binary', 'submodule'],
]);

/** What a conflict weighs where whoever saw it does not say. */
export function severityOf({ kind, files }: Pick<Seen, 'kind' | 'files'>): Severity {
  if (kind !== 'in-flight') return 'low';
  return files.some(({ reason }) => byHand.has(reason)) ? 'high' : 'medium';
}

export function decideSeen(
  ctx: Ctx,
  seen: Seen,
): Result<Decision<CommandResult<typeof contract, 'conflict.seen'>>> {
  if (!seen.agents.every((side) => isBranchSide(side) || isThere(ctx, side)))
    return decided({}, []);
  const open = openConflict(ctx.state, seen.kind, seen.agents);
  if (open === undefined) return decidedFound(ctx, seen);
  const next = inOrderOf(open.agents, seen);
  const severity = seen.severity ?? severityOf(seen);
  const order = open.orderedBy === 'operator' ? open.order : (seen.order ?? open.order);
  const againMs = dueMs(open, { ...next, severity, order });
  if (againMs === undefined) return decided({ conflict: open.id }, []);
  if (againMs > ctx.nowMs) return decided({ conflict: open.id, againMs }, []);
  const { id: conflict, kind, agents } = open;
  const { files, fileCount } = next;
  const recipients = whoHears(open, { files, severity }).filter((id) => isThere(ctx, id));
  const rest = { files, fileCount, severity, order: [...order] as [string, string] };
  const changed = { conflict, kind, agents, ...rest, recipients };
  return decided({ conflict }, [newEvent(contract, 'conflict.changed', changed)]);
}

function decidedFound(ctx: Ctx, { kind, agents, files, fileCount, ...seen }: Seen) {
  const conflict = ctx.newId('c');
  const severity = seen.severity ?? severityOf({ kind, files });
  const order = seen.order ?? agents;
  const found = {
    conflict,
    kind,
    agents,
    files,
    fileCount,
    severity,
    order,
    recipients: agents.filter((side) => !isBranchSide(side)),
  };
  return decided({ conflict }, [newEvent(contract, 'conflict.found', found)]);
}

/** Files as the record has its agents: `ranges` turned round where they were seen the other way. */
function inOrderOf(agents: Pair, seen: Seen): Pick<Seen, 'files' | 'fileCount'> {
  const { files, fileCount } = seen;
  if (seen.agents[0] === agents[0]) return { files, fileCount };
  const turned = files.map((file) =>
    file.ranges === undefined
      ? file
      : { ...file, ranges: [file.ranges[1], file.ranges[0]] as typeof file.ranges },
  );
  return { files: turned, fileCount };
}

type Next = Pick<ConflictRecord, 'files' | 'fileCount' | 'severity' | 'order'>;

/** From when on a difference is taken, Unix ms; undefined where there is none. */
function dueMs(open: ConflictRecord, next: Next): number | undefined {
  const isOther =
    open.severity !== next.severity ||
    open.fileCount !== next.fileCount ||
    open.order[0] !== next.order[0] ||
    whatOf(open.files) !== whatOf(next.files);
  if (isOther) return open.changedMs + changeEveryMs.files;
  const isMoved = JSON.stringify(open.files) !== JSON.stringify(next.files);
  return isMoved ? open.changedMs + changeEveryMs.lines : undefined;
}

function whatOf(files: ConflictRecord['files']): string {
  return JSON.stringify(files.map(({ path, reason, hint }) => [path, reason, hint]));
}

const weights: readonly Severity[] = ['low', 'medium', 'high'];

/** It was told when it was found. News is what is worse now; of what is only said, each file that was not told; once dismissed, other files. */
function whoHears(
  open: ConflictRecord,
  { files, severity }: Pick<Next, 'files' | 'severity'>,
): readonly string[] {
  if (open.dismissed !== undefined) return isSameFiles(open.files, files) ? [] : open.agents;
  const known = new Set(open.files.map(({ path }) => path));
  const isMore = open.kind !== 'in-flight' && files.some(({ path }) => !known.has(path));
  if (!isMore && weights.indexOf(severity) <= weights.indexOf(open.severity)) return [];
  return open.kind === 'ownership' ? [open.agents[1]] : open.agents;
}

export function decideGone(
  ctx: Ctx,
  { kind, agents, why: end }: Data<'conflict.gone'>,
): Result<Decision<Nothing>> {
  const open = openConflict(ctx.state, kind, agents);
  if (open === undefined) return decided({}, []);
  const isTold = open.dismissed === undefined;
  const recipients = isTold ? open.agents.filter((id) => isThere(ctx, id)) : [];
  const cleared = { conflict: open.id, kind, agents: open.agents, end, recipients };
  return decided({}, [newEvent(contract, 'conflict.cleared', cleared)]);
}

/** No branch is: there is nobody to tell. */
export function isThere({ hub }: Pick<Ctx, 'hub'>, id: string): boolean {
  return isReachable(selectAgents(hub), id);
}
