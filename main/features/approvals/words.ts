/** What approvals, the queue and what follows a merge say to a reader. Untrusted words stay as they are. */
import type { ByStory } from '../../../preload/contract/approval-stories.ts';
import type { Newer } from '../../../preload/contract/approval-lifecycle.ts';
import type { Advance } from '../../../preload/contract/approval-outcomes.ts';
import type { EventData } from '../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../preload/contract/approvals.ts';
import { isRange, sayRange } from '../../../preload/contract/approval-range.ts';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import { type MergeFailureKind, nextSteps } from '../../../preload/contract/merge-failures.ts';
import { tellNewer, tellWithdrawn } from './lifecycle/words.ts';
import { everyTarget } from './queue/queue.ts';
import { sayReplayed } from './ranges/say.ts';

type Said = { approval: string; agent: string; title: string } & Record<string, unknown>;
const say = (text: (data: Said) => string) => (event: EventEnvelope) => text(event.data as Said);
const named = ({ title, approval }: Said) => `"${title}" (${approval})`;

export const describeApprovals: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'approval.approved': say((d) => {
    const { overrideGates: reason } = d;
    const though = reason === undefined ? '' : ' though gates have not passed';
    const why = reason === undefined ? '' : ` Reason: ${String(reason)}`;
    return `Approved${sayRule(d)}${though}: ${named(d)}.${why}${sayNote(d)}`;
  }),
  'approval.left': say((d) => `Left to the operator: ${named(d)}. ${String(d.why)}`),
  'approval.requested': say((d) => `${d.agent} asks to merge ${named(d)}${sayPart(d)}.`),
  'approval.merged': say(
    (d) =>
      `Approved${sayRule(d)} and merged: ${named(d)} is on ${String(d.target)} as ${String(d.mergeCommit)}.${sayUndone(d)}${sayCopies(d)}${sayNote(d)}`,
  ),
  'approval.denied': say(
    (d) =>
      `Denied: ${named(d)}. ${d.note === '' ? 'No note was given.' : `Note: ${String(d.note)}`}`,
  ),
  'approval.failed': say(
    (d) => `Approved${sayRule(d)}, but not merged: ${named(d)}. ${sayFailure(d)}${sayNote(d)}`,
  ),
  'approval.push_failed': say(
    (d) => `Merged into ${String(d.target)}, but not pushed: ${named(d)}. ${sayFailure(d)}`,
  ),
  'approval.withdrawn': ({ data }) =>
    tellWithdrawn(data as EventData<typeof contract, 'approval.withdrawn'>),
  'approval.branch_moved': say((d) => `${tellNewer(d.newer as Newer)}: ${named(d)}.`),
  'approval.unpinned': say(
    (d) =>
      `The commit of ${named(d)} is not kept by a ref. ${(d.error as { message: string }).message}`,
  ),
  'approval.superseded': say((d) => `The request ${named(d)} was superseded by ${String(d.by)}.`),
  'queue.moved': ({ data }) => {
    const { target, order } = data as { target: string; order: readonly string[] };
    return `The order of merges into ${target} is now ${order.join(', ')}.`;
  },
  'queue.held': ({ data }) => `Merges into ${nameOf(data)} are held.`,
  'queue.released': ({ data }) => `Merges into ${nameOf(data)} go on.`,
  'target.advanced': ({ data }) => sayAdvance(data as Advance),
};

function sayRule({ rule, byStory }: Said): string {
  if (byStory !== undefined) return sayByStory(byStory as ByStory);
  return rule === undefined ? '' : ` by rule ${String(rule)}`;
}

export function sayByStory({ story, mode, reviewer }: ByStory): string {
  if (mode === 'gates') return ` by the gates of ${story}`;
  if (mode === 'agent') return ` by ${reviewer ?? 'the agent'} that reviewed ${story}`;
  return ` once more for ${story}, as before`;
}

function sayNote({ note }: Said): string {
  return note === undefined ? '' : ` Note: ${String(note)}`;
}

function nameOf(data: unknown): string {
  const { target } = data as { target: string };
  return target === everyTarget ? 'all branches' : target;
}

function sayUndone({ undoes }: Said): string {
  if (undoes === undefined) return '';
  const { approval, agent } = undoes as { approval: string; agent: string };
  return ` It takes back ${approval} of ${agent}.`;
}

/** Only where it is not the whole: that goes without saying. */
function sayPart(data: Said): string {
  const { pin, ...asked } = data as unknown as Pick<
    ApprovalRecord,
    'pin' | 'commitCount' | 'place'
  >;
  return isRange(pin) ? `: ${sayRange(asked)} of its branch` : '';
}

function sayCopies({ target, replayed }: Said): string {
  return replayed === undefined
    ? ''
    : sayReplayed(String(target), replayed as Parameters<typeof sayReplayed>[1]);
}

/** With the next step of the agent, who reads this; logs of before kinds have the error's own. */
function sayFailure({ kind, error, story }: Said): string {
  const { message, mend } = error as { message: string; mend: string };
  if (story !== undefined)
    return `${message} Nothing to do for now: what follows is told of its story ${String(story)}.`;
  const next = kind === undefined ? mend : nextSteps[kind as MergeFailureKind].agent;
  return `${message} ${next}`;
}

const shown = { files: 10, commits: 5 };

function sayAdvance(advance: Advance): string {
  const { target, commits, commitCount, files, fileCount, to, agents } = advance;
  const count = commitCount === 1 ? '1 commit' : `${commitCount} commits`;
  const subjects = commits
    .slice(0, shown.commits)
    .map(({ commit, subject }) => `${commit.slice(0, 10)} ${subject}`);
  const touched = agents.filter(({ touches }) => touches.length > 0);
  const same =
    touched.length === 0
      ? 'None of it is what an agent of that branch has changed.'
      : `It touches what was changed by ${touched.map(({ agent, touches }) => `${agent} (${someOf(touches, touches.length)})`).join(', ')}.`;
  return [
    `${target} advanced by ${count} to ${to.slice(0, 10)}: ${subjects.join('; ')}.`,
    `Files: ${someOf(files, fileCount)}.`,
    same,
    `You may rebase onto ${target} when it suits you.`,
  ].join(' ');
}

function someOf(files: readonly string[], count: number): string {
  const first = files.slice(0, shown.files);
  const more = count - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
