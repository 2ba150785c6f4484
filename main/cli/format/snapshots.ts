import type { Snapshot, SnapshotWhy } from '../../../preload/contract/snapshots.ts';
import { fileLine, patchLines } from './diff-lines.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import { ageOf, type View } from './view.ts';

export const snapshotFormats = {
  'snapshot.list': ({ snapshots, total }, view) =>
    snapshots.length === 0 ? 'Nothing is kept yet.' : formatList(snapshots, total, view),
  'snapshot.diff': (diff, view) => formatDiff(diff, view),
  'snapshot.take': ({ ask, agent }) => `Asked for ${oneLine(agent)}, as ${oneLine(ask)}.`,
  'snapshot.restore': ({ ask, agent }) => `Asked for ${oneLine(agent)}, as ${oneLine(ask)}.`,
  'snapshot.outcome': (outcome) => formatOutcome(outcome),
} satisfies Formatters;

const whys: Readonly<Record<SnapshotWhy, string>> = {
  exit: 'its program ended',
  timer: 'while at work',
  asked: 'asked for',
  destroy: 'before destroy',
  reuse: 'before reuse',
  restore: 'before restore',
  rebase: 'before rebase',
  vanished: 'its folder was gone',
};

function formatList(snapshots: readonly Snapshot[], total: number, view: View): string {
  const rows = table(
    ['ID', 'AGENT', 'AGE', 'WHY', 'CHANGES', 'HEAD', 'BRANCH'],
    snapshots.map((one) => row(one, view)),
    view,
  );
  const more = total - snapshots.length;
  return more === 0
    ? rows
    : `${rows}\n… and ${more} older; --limit ${Math.min(total, 500)} shows more.`;
}

function row(snapshot: Snapshot, view: View): Cell[] {
  const { id, agent, atMs, why, head = '', branch = 'detached' } = snapshot;
  return [
    { text: id, paint: view.style.bold },
    agent,
    ageOf(atMs, view),
    why === undefined ? '-' : whys[why],
    changesOf(snapshot),
    head.slice(0, 10),
    branch,
  ];
}

function changesOf({ files, additions, deletions, nested }: Snapshot): string {
  if (files === undefined) return '-';
  const inside = nested.length === 0 ? '' : `, ${nested.length} inside`;
  return `${files} ${files === 1 ? 'file' : 'files'} +${additions} -${deletions}${inside}`;
}

function formatDiff(diff: ResultOf<'snapshot.diff'>, view: View): string {
  const { snapshot, patch, truncated, files, fileCount, additions, deletions } = diff;
  const { style } = view;
  const head = [
    `${style.bold(oneLine(snapshot.id))} of ${oneLine(snapshot.agent)}, ${ageOf(snapshot.atMs, view)}: ${fileCount} ${fileCount === 1 ? 'file' : 'files'} +${additions} -${deletions}`,
    ...files.map(fileLine),
  ];
  if (fileCount > files.length) head.push(`  … and ${fileCount - files.length} more`);
  if (truncated) head.push(style.yellow('The diff is cut; name paths to see the rest.'));
  return patch === '' ? head.join('\n') : [...head, '', ...patchLines(patch, style)].join('\n');
}

/** One line or two that say how it ended. */
export function formatOutcome(outcome: ResultOf<'snapshot.outcome'>): string {
  const { state, agent, snapshot, isNew, path, files, left = [], error } = outcome;
  if (state === 'running')
    return `It is still being done; \`musher snapshot outcome ${oneLine(outcome.ask)}\` says how it ends.`;
  if (state === 'failed')
    return `${oneLine(error?.message ?? 'It failed.')}\n→ ${oneLine(error?.mend ?? '')}`;
  if (state === 'kept')
    return isNew
      ? `The files of ${oneLine(agent)} are kept as ${snapshot?.id}.`
      : `The files of ${oneLine(agent)} are as in ${snapshot?.id} already.`;
  const before = snapshot === undefined ? '' : ` What was there is kept as ${snapshot.id}.`;
  const kept = left.length === 0 ? '' : `\nLeft as they are: ${left.map(oneLine).join(', ')}`;
  return `${files} ${files === 1 ? 'file was' : 'files were'} written or removed in ${oneLine(path ?? '')}.${before}${kept}`;
}
