/** What happens next with a story that is checked, or that is merged. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { mergeFailureKindOf } from '../../../preload/contract/merge-failures.ts';
import type { StoryCause } from '../../../preload/contract/story-facts.ts';
import { advance, block, sendBack } from './advance.ts';
import { causeOf, formerYes, leave, modeOf, sayYes, takenBack } from './approval-steps.ts';
import { lookAtGates, type Looked } from './gate-steps.ts';
import { describeStory } from './prompts.ts';
import { reviewStep } from './review-steps.ts';
import { spikeStep } from './spike-steps.ts';
import type { Step } from './steps.ts';
import { isGivenUp } from './troubles.ts';
import type { View } from './view.ts';

export function qaStep(view: View): Step | undefined {
  const { row, story, approval } = view;
  if (row.commit === undefined)
    return story.type === 'spike' ? spikeStep(view) : sendBack(view, landingCause, noCommit);
  if (approval === undefined) return request(view);
  if (approval.state === 'pending') return pendingStep(view, approval);
  return (
    takenBack(view, approval) ??
    // A yes was said: by whoever may, and its merge may have begun.
    advance(view, { transition: 'pass', cause: causeOf(approval) })
  );
}

export function mergeStep(view: View): Step | undefined {
  const { approval, row } = view;
  const isSealed = view.story.place.stage === 'merge' && view.story.place.sealed !== undefined;
  if (approval === undefined)
    return isSealed ? failedMerge(view, landingCause, unknownRequest) : request(view);
  if (approval.state === 'pending') return pendingStep(view, approval);
  if (approval.state === 'approved' || approval.state === 'merging') return undefined;
  if (approval.state === 'merged') return merged(view, approval);
  // How its last step ended comes first, whatever became of the request since: until then nobody can move the story.
  if (isSealed) return failedMerge(view, causeOf(approval), approval);
  const back = takenBack(view, approval);
  if (back !== undefined) return back;
  // It could not be merged.
  const { code = '', message = '' } = approval.failure ?? {};
  if (row.isLeft) return undefined;
  if (code === 'STORY_UNFIT') return leave(approval, message);
  // It was out of the line while its merge ran: that says nothing of what it brings.
  if (row.isRetried || code === 'STORY_NOT_MERGING') return sayYes(approval, modeOf(approval));
  return failedMerge(view, causeOf(approval), approval);
}

type Failure = Pick<ApprovalRecord, 'failure' | 'failureKind' | 'conflicts'>;

function failedMerge(
  view: View,
  cause: StoryCause,
  { failure: error, failureKind, conflicts = [] }: Failure,
): Step {
  const { code = '', message = unknownEnd } = error ?? {};
  const kind = failureKind ?? mergeFailureKindOf(code);
  const unsaid = conflicts.filter((path) => !message.includes(path));
  const files = unsaid.length === 0 ? '' : ` In conflict: ${unsaid.join(', ')}.`;
  const failure = { kind, detail: `${message}${files}` };
  return advance(view, { transition: 'fail_merge', cause, failure });
}

const unknownEnd = 'Its merge came to nothing, and how is not remembered.';
const unknownRequest: Failure = {};

const noCommit =
  'No commit was named, so there is nothing to check or merge. Commit the work and submit it again with the full id of the commit.';
const landingCause: StoryCause = { kind: 'landing' };

/** What the agent can mend by itself; anything else is nobody's, and tried again. */
const agentsOwn: ReadonlySet<string> = new Set([
  ...['COMMIT_UNKNOWN', 'COMMIT_AMBIGUOUS', 'COMMIT_NOT_YOURS', 'COMMIT_UNRELATED'],
  ...['COMMIT_EMPTY', 'COMMIT_ON_TARGET', 'TARGET_UNKNOWN', 'RANGE_EMPTY'],
]);

/** In the name of its agent: the commit must be its own, and bring something to the target. */
function request(view: View): Step | undefined {
  const { story, row } = view;
  const { agent } = story;
  if (agent === undefined) return row.hadAgent ? block(view, landingCause, noAgent) : undefined;
  const trouble = view.trouble('request');
  if (trouble !== undefined && agentsOwn.has(trouble.code))
    return sendBack(view, { kind: 'landing', ref: trouble.code }, trouble.message);
  if (trouble !== undefined && isGivenUp(trouble))
    return block(view, landingCause, `Its merge could not be asked for: ${trouble.message}`);
  const data = {
    commit: row.commit,
    title: story.title,
    description: describeStory(story),
  };
  return {
    key: 'request',
    command: { type: 'approval.request', data, onBehalfOf: `agent:${agent}` },
  };
}

const noAgent =
  'Its agent is gone, and nobody else may ask for the merge of its commit. Give it to another agent and send it back to coding.';

function pendingStep(view: View, approval: ApprovalRecord): Step | undefined {
  const { row, story, settings } = view;
  const looked = lookAtGates(view, approval);
  if (looked.step !== undefined) return looked.step;
  if (looked.isOver && story.source?.home !== undefined) return deliver(view, approval, looked);
  const former = formerYes(view, approval);
  if (former?.mode === 'human' && looked.isOver && looked.person === undefined)
    return sayYes(approval, 'human');
  // The operator was asked, by the story's own wish or because somebody had to.
  if (approval.considering === undefined || !looked.isOver) return undefined;
  if (looked.person !== undefined) return leave(approval, looked.person);
  // It was somebody else's when it was asked for.
  if (story.review === 'human') return leave(approval, 'Its story says that you review it.');
  const isReviewed = story.review === 'agent' && !row.isByHand;
  const isToReview = isReviewed && former?.mode !== 'agent';
  const reviewed = isToReview ? reviewStep(view, approval) : undefined;
  if (reviewed?.step !== undefined || reviewed?.isOpen) return reviewed.step;
  if (looked.isUngated && !settings.mergesUngated)
    return leave(approval, `${ungated}${reviewed === undefined ? '' : ` ${reviewed.said}`}`);
  const reviewer = reviewed?.reviewer ?? former?.reviewer;
  return sayYes(approval, isReviewed ? 'agent' : 'gates', reviewer);
}

/** Another Musher's: what is more than gates is decided there, and so is the merge. What no gate has looked at is not ready. */
function deliver(view: View, approval: ApprovalRecord, { person }: Looked): Step {
  if (person !== undefined) return block(view, landingCause, person);
  return advance(view, { transition: 'deliver', cause: causeOf(approval) });
}

const ungated =
  'No required gate is configured, so nothing has checked it. Without [[gates]], `without_gates = "merge"` under [pipeline] of your own config.toml lets such stories through.';

function merged(view: View, approval: ApprovalRecord): Step {
  const { mergeCommit = approval.pin.commit, settledMs = view.nowMs } = approval;
  const merge = { mergeCommit, mergedMs: settledMs };
  return advance(view, { transition: 'merged', cause: causeOf(approval), merge });
}
