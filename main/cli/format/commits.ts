import type { TargetRecord } from '../../../preload/contract/targets.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { type Cell, table, wrappedTable } from './table.ts';
import { ageOf, type View } from './view.ts';

export const commitFormats = {
  'commit.list': ({ branch, commits, hasMore, lost }, view) => {
    const rows = commits.map(({ commit, committedMs, author, subject, ...change }) => [
      { text: short(commit), paint: view.style.yellow },
      ageOf(committedMs, view),
      author,
      `${change.fileCount} ${change.fileCount === 1 ? 'file' : 'files'} +${change.additions} -${change.deletions}`,
      subject,
    ]);
    const shown =
      rows.length === 0
        ? `Nothing on ${oneLine(branch)} that its target does not have.`
        : table(['COMMIT', 'AGE', 'AUTHOR', 'CHANGES', 'SUBJECT'], rows, view);
    const more = hasMore ? ['There are older ones: --limit shows more.'] : [];
    return [shown, ...more, ...formatLost(lost, view)].join('\n');
  },
} satisfies Formatters;

type Lost = { ref: string; subject: string; committedMs: number }[];

function formatLost(lost: Lost, view: View): string[] {
  if (lost.length === 0) return [];
  const rows = lost.map(({ ref, committedMs, subject }) => [
    ref,
    ageOf(committedMs, view),
    subject,
  ]);
  const title = 'Left behind when it was rewritten; `git branch <name> <ref>` brings one back:';
  return ['', title, table(['REF', 'AGE', 'SUBJECT'], rows, view)];
}

export const targetFormats = {
  'target.list': ({ targets }, view) =>
    targets.length === 0
      ? 'Nothing is merged anywhere yet: there are no agents.'
      : wrappedTable(
          ['TARGET', 'AT', 'STATE', 'SINCE', 'WHAT'],
          targets.flatMap((target) => rowsOf(target, view)),
          view,
        ),
  'target.accept': ({ commit }) => `It stays at ${short(commit)}.`,
  'target.restore': ({ commit }) =>
    `Moving it back to ${short(commit)}. \`musher target list\` says when it is there.`,
} satisfies Formatters;

/** What became of it, and below that the moves that are known and what can be done. */
function rowsOf({ target, commit, ...record }: TargetRecord, view: View): Cell[][] {
  const { style } = view;
  const { alarm, left } = record;
  const name: Cell = { text: target, paint: style.bold };
  if (alarm === undefined) {
    const kept = left === undefined ? '' : `moved back; what it left is at ${left.keptRef}`;
    return [
      [name, short(commit), { text: 'ok', paint: style.green }, ageOf(left?.atMs, view), kept],
    ];
  }
  const counts = `was at ${short(commit)}: ${alarm.added} added, ${alarm.removed} taken away`;
  const facts: Cell[] = [
    ...[name, short(alarm.to), { text: 'moved', paint: style.yellow }],
    ageOf(alarm.sinceMs, view),
  ];
  const blank = facts.map(() => '');
  return [[...facts, counts], ...notesOf(target, record, view).map((note) => [...blank, note])];
}

function notesOf(
  target: string,
  { alarm, failure, isRestoring }: Omit<TargetRecord, 'target' | 'commit'>,
  view: View,
): Cell[] {
  const moves = (alarm?.moves ?? []).map(
    ({ to, who, what, atMs }) => `${short(to)}  ${what}, by ${who}, ${ageOf(atMs, view)}`,
  );
  const words = `musher target accept ${target}: it may stay; musher target restore ${target}: back to where it was`;
  return [
    ...moves,
    ...(isRestoring ? ['It is being moved back.'] : []),
    ...(failure === undefined ? [] : [`${failure.message} ${failure.mend}`]),
    { text: words, paint: view.style.dim },
  ];
}

function short(commit: string): string {
  return oneLine(commit).slice(0, 12);
}
