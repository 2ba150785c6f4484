/** What the hub does with an approval that rules looked at: says yes in its own name, or leaves it to the operator. */
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type { DecideContext, Decision, Nothing, PrepareContext } from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { lookBeforeYes, type YesPorts } from '../before-yes.ts';
import type { ApproveFacts } from '../ports.ts';
import { thenBegin } from '../queue/decide.ts';
import { requireApproval } from '../require.ts';
import type { ApprovalsState } from '../slice.ts';
import { requireYes, subjectOf } from '../yes.ts';
import type { Rule } from './settings.ts';

type Ctx = DecideContext<ApprovalsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

export interface DelegateFacts extends ApproveFacts {
  /** As it is now; undefined where it is gone. */
  readonly rule?: Rule | undefined;
}

const hourMs = 3_600_000;

export async function prepareDelegate(
  ports: YesPorts,
  { approval, rule: name }: Data<'approval.delegate'>,
  ctx: PrepareContext,
): Promise<Result<DelegateFacts>> {
  const rule = ports
    .settings()
    .delegation.rules.find((one) => one.name === name && one.action === 'approve');
  const { updateCheckout = false } = rule ?? {};
  const looked = await lookBeforeYes(ports, { approval, updateCheckout }, ctx);
  return looked.ok ? ok({ ...looked.value, rule }) : looked;
}

export function decideDelegate(
  ctx: Ctx,
  data: Data<'approval.delegate'>,
  { rule, ...facts }: DelegateFacts,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, data.approval);
  // The operator was quicker, or the agent asked for something else.
  if (!found.ok || found.value.considering === undefined) return decided({}, []);
  const why = whyLeft(ctx, found.value, { rule, checkedOutIn: facts.checkedOutIn });
  if (rule === undefined || why !== undefined) return left(found.value, why ?? '', data.rule);
  const { approval, commit, diffHash } = data;
  const { updateCheckout } = rule;
  const yes = { approval, commit, diffHash, updateCheckout, rule: rule.name };
  const taken = requireYes(ctx.state, yes, facts);
  if (!taken.ok) return left(found.value, taken.error.message, data.rule);
  return thenBegin(ctx, [taken.value.target], { result: {}, events: [taken.value.event] });
}

export function decideLeave(ctx: Ctx, data: Data<'approval.leave'>): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, data.approval);
  if (!found.ok) return decided({}, []);
  const { considering, story, state } = found.value;
  // Of a story also after its merge was refused: nobody but the operator can say whether that is tried again.
  const isStopped = story !== undefined && (state === 'failed' || state === 'conflicted');
  return considering !== undefined || isStopped
    ? left(found.value, data.why, data.rule)
    : decided({}, []);
}

function whyLeft(
  { state, nowMs }: Ctx,
  { pin, unpinned }: ApprovalRecord,
  { rule, checkedOutIn }: Pick<DelegateFacts, 'rule' | 'checkedOutIn'>,
): string | undefined {
  if (rule === undefined) return 'The rule is gone.';
  const { name, maxPerHour } = rule;
  if (unpinned !== undefined) return 'No rule can approve it: no ref keeps its commit.';
  if (checkedOutIn !== undefined)
    return `Rule ${name} would approve it, but ${pin.target} is checked out in ${checkedOutIn}, and the rule does not say update_checkout.`;
  const recent = (state.delegated ?? []).filter(
    (one) => one.rule === name && one.atMs > nowMs - hourMs,
  );
  return recent.length >= maxPerHour
    ? `Rule ${name} would approve it, but has approved ${recent.length} within the last hour, as many as it may.`
    : undefined;
}

function left(approval: ApprovalRecord, why: string, rule?: string): Result<Decision<Nothing>> {
  const about = { ...subjectOf(approval), why, ...(rule !== undefined && { rule }) };
  return decided({}, [newEvent(contract, 'approval.left', about)]);
}
