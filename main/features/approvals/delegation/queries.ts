/** Which rule an approval would come under, for who asks. */
import type { LookedRule } from '../../../../preload/contract/approval-delegation.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { QueryResult } from '../../../../preload/contract/define.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { QueryContext } from '../../../hub/feature.ts';
import type { YesPorts } from '../before-yes.ts';
import { requireApproval } from '../require.ts';
import type { ApprovalsState } from '../slice.ts';
import { judgeApproval } from './facts.ts';
import type { Rule } from './settings.ts';

export async function showRules(
  { review, settings }: YesPorts,
  { approval }: { approval?: string | undefined },
  { state, signal }: QueryContext<ApprovalsState>,
): Promise<Result<QueryResult<typeof contract, 'approval.rules'>>> {
  const { delegation } = settings();
  const { unreadable, rules } = delegation;
  const more = unreadable === undefined ? {} : { unreadable };
  if (approval === undefined) return ok({ rules: rules.map(toSaid), ...more });
  const found = requireApproval(state, approval);
  if (!found.ok) return found;
  const judgement = await judgeApproval({ review, delegation }, found.value, signal);
  const { looked, ...verdict } = judgement;
  return ok({ verdict, rules: [...looked], ...more });
}

function toSaid(rule: Rule): LookedRule {
  const { name, action, origin, paths, except, agents, targets, maxFiles, maxLines } = rule;
  const list = (words: readonly string[]) => words.join(', ');
  const parts = [
    paths.length === 0 ? 'all files' : list(paths),
    ...(except.length === 0 ? [] : [`except ${list(except)}`]),
    ...(agents.length === 0 ? [] : [`of ${list(agents)}`]),
    ...(targets.length === 0 ? [] : [`into ${list(targets)}`]),
    ...boundsOf({ action, maxFiles, maxLines }),
    ...(action === 'approve' ? [`${rule.maxPerHour} an hour`] : []),
    ...(rule.updateCheckout ? ['with checkouts'] : []),
  ];
  return { name, action, origin, why: parts.join('; ') };
}

function boundsOf({ action, maxFiles, maxLines }: Pick<Rule, 'action' | 'maxFiles' | 'maxLines'>) {
  const word = action === 'ask' ? 'more than' : 'at most';
  return [
    ...(maxFiles === undefined ? [] : [`${word} ${maxFiles} files`]),
    ...(maxLines === undefined ? [] : [`${word} ${maxLines} lines`]),
  ];
}
