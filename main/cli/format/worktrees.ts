import type { TreeSize, WorktreeRow } from '../../../preload/contract/worktree-commands.ts';
import type { WorkItem, WorktreeWork } from '../../../preload/contract/worktree-work.ts';
import { sayCommand } from '../../../preload/contract/say-command.ts';
import { formatBytes } from './bytes.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table } from './table.ts';
import type { View } from './view.ts';

export const worktreeFormats = {
  'worktree.adopt': ({ agent }) =>
    `${oneLine(agent)} works there now, stopped; start it: musher agent start ${oneLine(agent)}`,
  'worktree.setup': ({ agent, begun }) =>
    begun
      ? `Setting up the worktree of ${oneLine(agent)}.`
      : `The setup commands have run in the worktree of ${oneLine(agent)} already; --again runs them anew.`,
  'worktree.trust': () => 'Confirmed on this machine, as they are now.',
  'worktree.commands': ({ setup, teardown, unconfirmed }) =>
    [
      ...linesOf('setup', setup),
      ...linesOf('teardown', teardown),
      ...(unconfirmed === undefined
        ? []
        : [
            'They come with this repository, and run once they are confirmed on this machine:',
            `  musher worktree trust ${oneLine(unconfirmed.hash)}`,
          ]),
    ].join('\n'),
  'worktree.list': ({ worktrees, more, target }, view) =>
    [
      worktreeTable(worktrees, view),
      ...worktrees.flatMap((row) => notesOf(row, view)),
      ...(more === 0 ? [] : [`${more} more are left out.`]),
      view.style.dim(`Commits are counted against ${oneLine(target)}.`),
    ].join('\n'),
  'worktree.repair': ({ items }, view) => itemsText(items, view),
  'worktree.prune': ({ items }, view) => itemsText(items, view),
  'worktree.work': formatWork,
} satisfies Formatters;

function linesOf(kind: string, lines: readonly string[][]): string[] {
  if (lines.length === 0) return [`${kind}: none`];
  return [`${kind}:`, ...lines.map((words) => `  ${oneLine(sayCommand(words))}`)];
}

function itemsText(items: readonly WorkItem[], { style }: View): string {
  if (items.length === 0) return 'Nothing is wrong with any worktree.';
  return items
    .map((item) => `${style.bold(headOf(item))}  ${style.dim(item.deed)}  ${oneLine(item.say)}`)
    .join('\n');
}

function headOf({ path, agent }: WorkItem): string {
  return oneLine(agent === undefined ? path : `${agent}: ${path}`);
}

/** What became of each, and where its files are kept. */
export function formatWork({ items, endedMs }: WorktreeWork, { style }: View): string {
  const lines = items.flatMap((item) => {
    const { result } = item;
    const head = headOf(item);
    if (result === undefined) return [`${head}  ${style.dim('goes on')}`];
    const { outcome, said, error, snapshotRef } = result;
    const paint = outcome === 'done' ? style.green : style.red;
    return [
      `${head}  ${paint(outcome)}  ${oneLine(said)}`,
      ...(error ? [`  → ${oneLine(error.mend)}`] : []),
      ...(snapshotRef === undefined ? [] : [`  ${style.dim(`kept as ${oneLine(snapshotRef)}`)}`]),
    ];
  });
  const isOver = endedMs !== undefined;
  return [...lines, ...(isOver ? [] : ['It goes on: musher worktree work'])].join('\n');
}

function worktreeTable(rows: readonly WorktreeRow[], view: View): string {
  const isSized = rows.some(({ size }) => size !== undefined);
  return table(
    ['STATE', 'AGENT', 'BRANCH', 'FILES', 'COMMITS', ...(isSized ? ['SIZE'] : []), 'PATH'],
    rows.map((row) => [
      stateCell(row, view),
      row.agent ?? '-',
      row.branch ?? (row.head === undefined ? '-' : `at ${row.head.slice(0, 8)}`),
      row.changed === undefined ? '-' : row.changed === 0 ? 'clean' : `${row.changed} changed`,
      commitsOf(row),
      ...(isSized ? [row.size ? formatBytes(row.size.totalBytes) : '-'] : []),
      row.path,
    ]),
    view,
  );
}

export const bad = new Set(['orphan', 'missing', 'moved', 'forgotten']);

function stateCell({ state, agentState, locked }: WorktreeRow, { style }: View): Cell {
  const life = state === 'agent' && agentState !== undefined ? agentState : state;
  const text = locked === undefined ? life : `${life}, locked`;
  return { text, paint: bad.has(state) ? style.yellow : style.bold };
}

function commitsOf({ unmerged, unpushed }: WorktreeRow): string {
  const most = (count: number) => (count >= 1_000 ? '1000+' : String(count));
  const said = [
    ...(unmerged === undefined ? [] : [unmerged === 0 ? 'merged' : `${most(unmerged)} unmerged`]),
    ...(unpushed ? [`${most(unpushed)} unpushed`] : []),
  ];
  return said.length === 0 ? '-' : said.join(', ');
}

/** What the columns have no room for, one line each. */
function notesOf(row: WorktreeRow, { style }: View): string[] {
  const { path, wasAt, why, locked, trouble, size } = row;
  const said = [
    ...(wasAt === undefined ? [] : [`git looks for it at ${wasAt}: musher worktree repair`]),
    ...(why === undefined ? [] : [why]),
    ...(locked === undefined ? [] : [`locked${locked === '' ? '' : `: ${locked}`}`]),
    ...(trouble === undefined ? [] : [`${trouble.message} ${trouble.mend}`]),
    ...(size === undefined ? [] : sizeNotes(size)),
  ];
  return said.map((text) => `${style.dim(oneLine(path))}  ${oneLine(text)}`);
}

function sizeNotes({ totalBytes, ignoredBytes, sharedBytes, isPartial }: TreeSize): string[] {
  const isMostlyIgnored = ignoredBytes > totalBytes / 2;
  return [
    ...(isPartial ? ['more than this: it took too long to count'] : []),
    ...(isMostlyIgnored ? [`${formatBytes(ignoredBytes)} of it is ignored by git`] : []),
    ...(sharedBytes > 0 ? [`${formatBytes(sharedBytes)} of it is shared with other folders`] : []),
  ];
}
