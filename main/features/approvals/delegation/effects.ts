/**
 * Looks at what a rule may approve, before the operator is asked; and once more at what its merge leads to, before anything moves:
 * where the target has renamed things meanwhile, a merge may change other files than the commit did.
 */
import type { ByStory } from '../../../../preload/contract/approval-stories.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { Pin } from '../../../../preload/contract/change-facts.ts';
import { musherError, wireOf } from '../../../base/result.ts';
import type { EffectHandler, SystemCommand } from '../../../hub/feature.ts';
import type { YesPorts } from '../before-yes.ts';
import type { MergeResult, ResultCheck } from '../ports.ts';
import { selectApprovals } from '../slice.ts';
import { judgeApproval } from './facts.ts';
import { judge, personNeeded } from './judge.ts';

interface ConsiderData {
  readonly approval: string;
}

export function considerEffect({ review, settings }: YesPorts): EffectHandler<ConsiderData> {
  return {
    async run({ approval }, { hub, signal }) {
      const found = selectApprovals(hub).byId.get(approval);
      if (found?.considering === undefined) return undefined;
      const { delegation } = settings();
      const { action, rule, why } = await judgeApproval({ review, delegation }, found, signal);
      return action === 'approve' && rule !== undefined
        ? yesOf(found, rule)
        : leave({ approval, why, ...(rule !== undefined && { rule }) });
    },
    failed: ({ approval }, error) =>
      leave({ approval, why: `Rules could not look at it: ${wireOf(error).message}` }),
  };
}

function yesOf({ id: approval, pin }: ApprovalRecord, rule: string): SystemCommand {
  const { commit, diffHash } = pin;
  return { type: 'approval.delegate', data: { approval, commit, diffHash, rule } };
}

function leave(data: { approval: string; why: string; rule?: string }): SystemCommand {
  return { type: 'approval.leave', data };
}

interface ByRule {
  readonly approval: string;
  readonly agent: string;
  readonly pin: Pin;
  readonly rule?: string | undefined;
  readonly byStory?: ByStory | undefined;
}

/** The check of a merge, and before it that of the rule or the story by which it was approved, where nobody did. */
export function withRule(
  ports: YesPorts & { readonly signal: AbortSignal },
  merge: ByRule,
  check: ResultCheck | undefined,
): ResultCheck | undefined {
  const { rule, byStory } = merge;
  if (rule === undefined && (byStory === undefined || byStory.mode === 'human')) return check;
  return async (result) => {
    await checkDelegated(ports, merge, result);
    await check?.(result);
  };
}

/** Throws DELEGATION_UNFIT where no rule would approve what is about to be merged, as it is and by what rules say now. */
async function checkDelegated(
  { review, settings, signal }: YesPorts & { readonly signal: AbortSignal },
  { approval, agent, pin: { target }, rule, byStory }: ByRule,
  { from, commit: to }: MergeResult,
): Promise<void> {
  const changes = await review.changes({ from, to, signal });
  // How large it is was looked at before the yes, as its agent made it.
  const facts = { agent, target, fileCount: 0, lines: 0, binaryCount: 0, changes };
  const { delegation } = settings();
  const story = byStory === undefined ? undefined : personNeeded(delegation, facts);
  if (story !== undefined)
    throw musherError('STORY_UNFIT', { approval, story: byStory?.story ?? '', target, why: story });
  if (rule === undefined) return;
  const { action, why } = judge(delegation, facts);
  if (action !== 'approve') throw musherError('DELEGATION_UNFIT', { approval, rule, target, why });
}
