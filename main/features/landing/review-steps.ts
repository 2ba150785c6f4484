/** A reviewing agent: asked once for each commit, bounded by time; without an answer the operator is asked, and nothing is merged. Pure. */
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { sendBack } from './advance.ts';
import { leave } from './approval-steps.ts';
import { helperProfile } from './helpers.ts';

import { openReview } from './slice.ts';
import type { Step } from './steps.ts';
import { isGivenUp } from './troubles.ts';
import type { View } from './view.ts';

export interface Reviewed {
  readonly step?: Step;
  readonly isOpen?: boolean;
  /** It passed, by whom and in which words. */
  readonly reviewer?: string;
  readonly said?: string;
}

export function reviewStep(view: View, approval: ApprovalRecord): Reviewed {
  const { row, story, settings } = view;
  const { review } = row;
  if (review?.approval !== approval.id) return begin(view, approval);
  const { reviewer, verdict, why = '' } = review;
  if (verdict === 'pass')
    return { reviewer, said: `${reviewer} reviewed it and passed it: ${why}` };
  if (verdict === 'fail') {
    const cause = { kind: 'review', ref: reviewer };
    return { step: sendBack(view, cause, `${reviewer} reviewed it: ${why}`) };
  }
  if (openReview(row) === undefined)
    return { step: leave(approval, `It was to be reviewed by an agent. ${why}`) };
  const late = view.nowMs >= review.untilMs;
  if (late) {
    const minutes = Math.round(settings.reviewMs / 60_000);
    return {
      step: end(story.id, approval.id, `${reviewer} gave no answer within ${minutes} min.`),
    };
  }
  const ended = whyEnded(view, reviewer);
  if (ended !== undefined) return { step: end(story.id, approval.id, ended) };
  if (view.agent(reviewer) === undefined)
    return { step: { key: `add/${reviewer}`, adds: 'review', agent: reviewer } };
  return { isOpen: true, step: { wakeMs: review.untilMs } };
}

function begin(view: View, approval: ApprovalRecord): Reviewed {
  const { story, settings, nowMs } = view;
  const profile = helperProfile(view, settings.reviewProfile);
  if (profile === undefined) return { step: leave(approval, noProfile) };
  const reviewer = view.freeName(`review-${story.id}`);
  const untilMs = nowMs + settings.reviewMs;
  const data = { story: story.id, approval: approval.id, reviewer, untilMs };
  return {
    step: { key: `review/${approval.id}`, command: { type: 'landing.begin_review', data } },
  };
}

const noProfile =
  'It was to be reviewed by an agent, and [pipeline] of config.toml names no review_profile for it.';

function end(story: string, approval: string, why: string): Step {
  const data = { story, approval, why };
  return { key: `end/${approval}`, command: { type: 'landing.end_review', data } };
}

/** Why no answer can come any more. */
function whyEnded(view: View, reviewer: string): string | undefined {
  const trouble = view.trouble(`add/${reviewer}`);
  if (trouble !== undefined && isGivenUp(trouble))
    return `${reviewer} could not be started: ${trouble.message}`;
  const agent = view.agent(reviewer);
  const isGone = view.row.helpers.some((one) => one.agent === reviewer && one.isGone);
  if (isGone || agent?.state === 'destroying' || agent?.state === 'destroyed')
    return `${reviewer} was taken away before it answered.`;
  if (agent?.state !== 'stopped') return undefined;
  const why = agent.failure === undefined ? '' : ` ${agent.failure.message}`;
  return `${reviewer} ended without an answer.${why}`;
}
