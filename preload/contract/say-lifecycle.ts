/** The one wording of pages, mail and command line for what became of a request while it waited. Made of untrusted words. */
import type { MergeStrategy } from './merge-queue.ts';
import type { Newer, Preview, Withdrawal } from './approval-lifecycle.ts';

const short = (commit: string) => commit.slice(0, 10);

export function sayWithdrawal(reason: Withdrawal): string {
  const { kind, commit, branch = 'its branch', tip, days = 0 } = reason;
  if (kind === 'story')
    return `its story ${reason.story ?? ''} is ${(reason.stage ?? 'elsewhere').replace('_', ' ')} now.`;
  if (kind === 'expired')
    return `nobody decided it within ${count(days, 'day')} (its commit is ${short(commit)}).`;
  return tip === undefined
    ? `the branch ${branch} is gone, and with it its commit ${short(commit)}.`
    : `its commit ${short(commit)} is no longer on ${branch}, which is at ${short(tip)} now.`;
}

/** Undefined where there is nothing newer. */
export function sayNewer(newer: Newer | undefined): string | undefined {
  if (newer === undefined || newer.count === 0) return undefined;
  return `${count(newer.count, 'newer commit')} on its branch`;
}

export interface SaidPreview {
  /** `red`: a yes cannot be merged as it is. `amber`: look twice. */
  readonly tone: 'muted' | 'amber' | 'red';
  readonly text: string;
}

/** One line; the files are named by whoever has room for them. */
export function sayPreview(preview: Preview, strategy?: MergeStrategy): SaidPreview {
  const { target, behind, outcome, fileCount, isForward, isApart = false } = preview;
  const stands = sayPlace(preview);
  const files = count(fileCount, 'file');
  if (strategy === 'ff-only' && !isForward && !isBlocked(preview) && outcome !== 'merged')
    return { tone: 'amber', text: `${stands}; cannot go forward to this commit, as ff-only asks` };
  if (outcome === 'clean')
    return behind > 0
      ? { tone: 'amber', text: `${stands}; a merge brings those back` }
      : { tone: 'muted', text: `${stands}; merges clean` };
  if (outcome === 'merged')
    return { tone: 'amber', text: `${target} has this commit already; a yes only says so` };
  if (outcome === 'empty')
    return { tone: 'red', text: `${stands} and has all of this already: nothing to merge` };
  if (outcome === 'conflicts' && isApart)
    return {
      tone: 'amber',
      text: `${stands}; does not apply without what comes before it: ${files} in conflict`,
    };
  if (outcome === 'conflicts')
    return { tone: 'red', text: `${stands}; does not merge: ${files} in conflict` };
  return {
    tone: 'amber',
    text: `${stands}; merges, but ${files} not as shown`,
  };
}

function sayPlace({ target, ahead, behind }: Preview): string {
  if (behind > 0) {
    const also = ahead === 0 ? '' : ` and ${count(ahead, 'commit')} ahead`;
    return `${target} is ${count(behind, 'commit')} behind where the diff begins${also}`;
  }
  return ahead === 0
    ? `${target} is where the diff begins`
    : `${target} is ${count(ahead, 'commit')} ahead`;
}

/** A yes would end as a failure, as things stand. Not of a range that needs others first: it waits for them in the queue. */
export function isBlocked({
  outcome,
  isApart = false,
}: Pick<Preview, 'outcome' | 'isApart'>): boolean {
  return (outcome === 'conflicts' && !isApart) || outcome === 'empty';
}

const named = 5;

/** What its agent is asked to do about it. */
export function askForRebase({ target, outcome, files, fileCount, tip }: Preview): string {
  if (outcome === 'empty')
    return `${target} (at ${short(tip)}) has all of this already. Withdraw it, or rebase onto ${target} and ask again for what is left.`;
  const more = fileCount - named;
  const names = `${files.slice(0, named).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return `This does not merge into ${target} (at ${short(tip)}) any more: conflict in ${names}. Rebase onto ${target}, resolve it there, and ask again.`;
}

function count(value: number, noun: string): string {
  return `${value} ${noun}${value === 1 ? '' : 's'}`;
}
