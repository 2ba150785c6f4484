import { sayRange } from '../../../preload/contract/approval-range.ts';
import { isUndecided } from '../../../preload/contract/approval-states.ts';
import type { ApprovalRecord, ApprovalState } from '../../../preload/contract/approvals.ts';
import { nextSteps } from '../../../preload/contract/merge-failures.ts';
import { touchesConfig } from '../../../preload/contract/say-config.ts';
import { sayUnpublished } from '../../../preload/contract/say-unpublished.ts';
import { lifecycleLines, stateWords } from './approval-lifecycle.ts';
import { fileLine, patchLines } from './diff-lines.ts';
import type { Formatters, ResultOf } from './formatter.ts';
import { indented, oneLine } from './plain-text.ts';
import { table } from './table.ts';
import { ageOf, type Style, type View } from './view.ts';

export const approvalFormats = {
  'approval.request': ({ approval, commit }) =>
    `Requested as ${oneLine(approval)} for ${short(commit)}; the decision comes to your inbox.`,
  'approval.approve': ({ approval }) =>
    `Approved ${oneLine(approval)}; \`musher queue\` says when it is merged.`,
  'approval.deny': ({ approval }) => `Denied ${oneLine(approval)}.`,
  'approval.withdraw': ({ approval }) => `Withdrew ${oneLine(approval)}.`,
  'approval.list': ({ approvals }, view) =>
    approvals.length === 0
      ? 'No approvals.'
      : table(
          ['APPROVAL', 'AGENT', 'STATE', 'AGE', 'COMMIT', 'INTO', 'CHANGES', 'TITLE'],
          approvals.map((approval) => approvalRow(approval, view)),
          view,
        ),
  'approval.get': (approval, view) => formatApproval(approval, view),
  'approval.diff': (diff, view) => formatDiff(diff, view),
} satisfies Formatters;

function short(commit: string): string {
  return oneLine(commit).slice(0, 12);
}

function approvalRow(approval: ApprovalRecord, view: View) {
  return [
    { text: approval.id, paint: view.style.bold },
    approval.agent,
    { text: stateWords(approval), paint: statePaint(approval.state, view.style) },
    ageOf(approval.requestedMs, view),
    short(approval.pin.commit),
    approval.pin.target,
    changesOf(approval),
    approval.title,
  ];
}

function statePaint(state: ApprovalState, style: Style): (text: string) => string {
  if (state === 'pending') return style.yellow;
  if (state === 'merged') return style.green;
  return state === 'failed' || state === 'conflicted' || state === 'denied' ? style.red : style.dim;
}

function changesOf({
  fileCount,
  additions,
  deletions,
}: Pick<ApprovalRecord, 'fileCount' | 'additions' | 'deletions'>): string {
  return `${fileCount} ${fileCount === 1 ? 'file' : 'files'} +${additions} -${deletions}`;
}

function formatApproval(approval: ApprovalRecord, view: View): string {
  const { style } = view;
  const { pin } = approval;
  const state = statePaint(approval.state, style)(approval.state);
  const lines = [
    `${style.bold(oneLine(approval.id))} ${oneLine(approval.agent)} ${style.dim(ageOf(approval.requestedMs, view))} ${state}`,
    `  ${oneLine(approval.title)}`,
    `  commit ${oneLine(pin.commit)} into ${oneLine(pin.target)}`,
    `  ${changesOf(approval)} in ${sayRange(approval)}; diff hash ${oneLine(pin.diffHash)}`,
  ];
  const notes = configNote(approval, style);
  return [...lines, ...notes, ...outcomeOf(approval, view), ...approval.files.map(fileLine)].join(
    '\n',
  );
}

/** A yes to the merge is one to that too. */
function configNote({ id, files }: Pick<ApprovalRecord, 'id' | 'files'>, style: Style): string[] {
  if (!files.some(touchesConfig)) return [];
  const how = `musher config in-approval ${oneLine(id)} says which keys`;
  return [`  ${style.red('! it changes Musher’s own configuration')}; ${how}`];
}

function outcomeOf(approval: ApprovalRecord, { style }: View): string[] {
  const lines = lifecycleLines(approval, style);
  const { undoes, undoneBy, push } = approval;
  if (undoes !== undefined)
    lines.push(`  takes back ${oneLine(undoes.approval)} of ${oneLine(undoes.agent)}`);
  if (undoneBy !== undefined) lines.push(`  taken back by ${oneLine(undoneBy)}`);
  if (push !== undefined) lines.push(`  ${push.state} to ${oneLine(push.remote)}`);
  if (push?.error !== undefined) lines.push(`  ${style.red(oneLine(push.error.message))}`);
  if (approval.strategy !== undefined) lines.push(`  strategy ${approval.strategy}`);
  if (approval.mergeCommit !== undefined)
    lines.push(`  ${style.green('merged as')} ${oneLine(approval.mergeCommit)}`);
  if (approval.failure !== undefined) {
    const { failure, failureKind } = approval;
    const next = failureKind === undefined ? failure.mend : nextSteps[failureKind].operator;
    lines.push(`  ${style.red(oneLine(failure.message))}`, `  → ${oneLine(next)}`);
  }
  if (approval.unpinned !== undefined && isUndecided(approval.state)) {
    lines.push(
      `  ${style.yellow(`No ref keeps the commit: ${oneLine(approval.unpinned.message)}`)}`,
      `  → ${oneLine(approval.unpinned.mend)}`,
    );
  }
  for (const path of approval.conflicts ?? []) lines.push(`  conflict: ${oneLine(path)}`);
  if (approval.note !== undefined && approval.note !== '')
    lines.push(indented(approval.note, '  note: '));
  if (approval.review !== undefined)
    lines.push(`  comments: musher review show ${oneLine(approval.review)}`);
  const { rule, leftBecause } = approval;
  if (rule !== undefined) lines.push(`  approved by rule ${oneLine(rule)}`);
  if (leftBecause !== undefined) lines.push(`  left to you: ${oneLine(leftBecause)}`);
  if (approval.description !== undefined) lines.push(indented(approval.description));
  return lines;
}

type Shown = ResultOf<'approval.diff'>;

/** Newest first, those that are not asked for marked as such. */
function commitLines({ later = [], commits, earlier = [] }: Shown, { dim }: Style): string[] {
  const lineOf = ({ commit, subject, author }: Shown['commits'][number]) =>
    `${short(commit)} ${oneLine(subject)} (${oneLine(author)})`;
  const isPart = later.length + earlier.length > 0;
  const left = (line: Shown['commits'][number], why: string) =>
    dim(`    ${lineOf(line)}: not asked for, ${why}`);
  return [
    ...later.map((line) => left(line, 'later')),
    ...commits.map((line) => `${isPart ? '  + ' : '  '}${lineOf(line)}`),
    ...earlier.map((line) => left(line, 'before it')),
  ];
}

function formatDiff(diff: Shown, view: View): string {
  const { pin, checkout, alone } = diff;
  const { style } = view;
  if (alone !== undefined) {
    const who = `${short(alone.commit)} ${oneLine(alone.subject)} (${oneLine(alone.author)})`;
    const cut = diff.truncated ? [style.yellow('The diff is cut; see the rest with git.')] : [];
    const head = [`${who} alone; a yes is for the whole`, ...cut, ''];
    return [...head, ...patchLines(diff.patch, style)].join('\n');
  }
  const head = [
    `commit ${oneLine(pin.commit)} into ${oneLine(pin.target)}; diff hash ${oneLine(pin.diffHash)}`,
    ...commitLines(diff, style),
  ];
  head.push(`a yes merges it by ${diff.strategy}, unless --strategy says otherwise`);
  if (diff.unfit !== undefined)
    head.push(style.yellow(`As ${oneLine(pin.target)} is now: ${oneLine(diff.unfit.message)}`));
  if (diff.targetMoved)
    head.push(style.yellow(`${oneLine(pin.target)} moved since this was requested.`));
  if (checkout?.clean === false) {
    head.push(style.yellow(`The checkout in ${oneLine(checkout.path)} has uncommitted changes.`));
  }
  for (const one of diff.unpublished ?? []) {
    const { text, command = '' } = sayUnpublished('its agent', one);
    head.push(style.yellow(oneLine(`${text} ${command}`)));
  }
  if ((diff.unchecked ?? 0) > 0)
    head.push(style.yellow(`${diff.unchecked} changed submodules were not looked at.`));
  if (diff.truncated) head.push(style.yellow('The diff is cut; see the rest with git.'));
  return [...head, '', ...patchLines(diff.patch, style)].join('\n');
}
