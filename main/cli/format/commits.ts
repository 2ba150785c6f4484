import type { TargetRecord } from '../../../preload/contract/targets.ts';
import type { Formatters } from './formatter.ts';
import { oneLine } from './plain-text.ts';
import { table } from './table.ts';
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
      : targets.map((target) => formatTarget(target, view)).join('\n'),
  'target.accept': ({ commit }) => `It stays at ${short(commit)}.`,
  'target.restore': ({ commit }) =>
    `Moving it back to ${short(commit)}. \`musher target list\` says when it is there.`,
} satisfies Formatters;

function formatTarget({ target, commit, ...record }: TargetRecord, view: View): string {
  const { style } = view;
  const { alarm, failure, isRestoring } = record;
  const name = style.bold(oneLine(target));
  if (alarm === undefined) return `${name}  ${short(commit)}`;
  const counts = `${alarm.added} added, ${alarm.removed} taken away`;
  const moves = alarm.moves.map(
    ({ to, who, what, atMs }) =>
      `  ${short(to)}  ${oneLine(`${what}, by ${who}, ${ageOf(atMs, view)}`)}`,
  );
  const state = isRestoring ? ['  It is being moved back.'] : [];
  const why = failure === undefined ? [] : [`  ${oneLine(`${failure.message} ${failure.mend}`)}`];
  const words = `  \`musher target accept ${oneLine(target)}\` lets it be, \`musher target restore ${oneLine(target)}\` moves it back.`;
  return [
    `${name}  ${style.yellow('moved without Musher')} ${ageOf(alarm.sinceMs, view)}: ${short(commit)} -> ${short(alarm.to)}, ${counts}`,
    ...moves,
    ...state,
    ...why,
    style.dim(words),
  ].join('\n');
}

function short(commit: string): string {
  return oneLine(commit).slice(0, 12);
}
