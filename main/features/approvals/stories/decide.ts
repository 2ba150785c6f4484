/** What the hub does with the approval of a story: says yes by the story’s review mode, leaves it to the operator, or takes it back. */
import { isUndecided } from '../../../../preload/contract/approval-states.ts';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import { approvals as contract } from '../../../../preload/contract/approvals.ts';
import type { CommandData } from '../../../../preload/contract/define.ts';
import type { Result } from '../../../base/result.ts';
import { ok } from '../../../base/result.ts';
import type {
  DecideContext,
  Decision,
  HubState,
  Nothing,
  PrepareContext,
} from '../../../hub/feature.ts';
import { decided, newEvent } from '../../../hub/feature.ts';
import { selectStories, storyOf } from '../../stories/index.ts';
import { lookBeforeYes, type YesPorts } from '../before-yes.ts';
import { whyPerson } from '../delegation/facts.ts';
import type { ApproveFacts } from '../ports.ts';
import { thenBegin } from '../queue/decide.ts';
import { requireApproval } from '../require.ts';
import { type ApprovalsState, selectApprovals } from '../slice.ts';
import { requireYes, subjectOf } from '../yes.ts';
import { isLanding } from './link.ts';

type Ctx = DecideContext<ApprovalsState>;
type Data<K extends keyof (typeof contract)['commands']> = CommandData<typeof contract, K>;

export interface PassFacts extends ApproveFacts {
  readonly updateCheckout: boolean;
  /** Why a person has to look, whatever its story says. */
  readonly why?: string | undefined;
}

export async function preparePass(
  ports: YesPorts,
  { approval, mode }: Data<'approval.pass_story'>,
  ctx: PrepareContext,
): Promise<Result<PassFacts>> {
  const { storyCheckout: updateCheckout, delegation } = ports.settings();
  const looked = await lookBeforeYes(ports, { approval, updateCheckout }, ctx);
  const found = selectApprovals(ctx.hub).byId.get(approval);
  if (!looked.ok) return looked;
  if (found === undefined) return ok({ ...looked.value, updateCheckout });
  const { review } = ports;
  // What the operator has approved, exactly so, was looked at by a person.
  const why =
    mode === 'human' ? undefined : await whyPerson({ review, delegation }, found, ctx.signal);
  return ok({ ...looked.value, updateCheckout, why });
}

/** Nothing, where it was decided or left meanwhile, or its story went elsewhere. */
export function decidePass(
  ctx: Ctx,
  { mode, reviewer, ...data }: Data<'approval.pass_story'>,
  { why, updateCheckout, ...facts }: PassFacts,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, data.approval);
  if (!found.ok) return found;
  const { story, pin } = found.value;
  if (story === undefined || !mayPass(found.value, mode) || !isWanted(ctx.hub, story, pin.commit))
    return decided({}, []);
  const person = why ?? whyLeft(found.value, facts);
  if (person !== undefined) return left(found.value, person);
  const byStory = { story, mode, ...(reviewer !== undefined && { reviewer }) };
  const taken = requireYes(ctx.state, { ...data, updateCheckout, byStory }, facts);
  if (!taken.ok) return left(found.value, taken.error.message);
  return thenBegin(ctx, [taken.value.target], { result: {}, events: [taken.value.event] });
}

/** Before its first word, or to try a merge again that did not come about; or where the operator said yes to exactly this before. */
function mayPass({ considering, state }: ApprovalRecord, mode: 'gates' | 'agent' | 'human') {
  const isOpen = considering !== undefined || (mode === 'human' && state === 'pending');
  return isOpen || state === 'failed' || state === 'conflicted';
}

function isWanted(hub: HubState, id: string, commit: string): boolean {
  const story = storyOf(selectStories(hub), id);
  return story !== undefined && isLanding(story, commit);
}

function whyLeft({ unpinned, pin }: ApprovalRecord, facts: ApproveFacts): string | undefined {
  if (unpinned !== undefined) return 'Only you can approve it: no ref keeps its commit.';
  return facts.checkedOutIn === undefined
    ? undefined
    : `${pin.target} is checked out in ${facts.checkedOutIn}, and [pipeline] of your own config.toml does not say update_checkout.`;
}

function left(approval: ApprovalRecord, why: string): Result<Decision<Nothing>> {
  return decided({}, [newEvent(contract, 'approval.left', { ...subjectOf(approval), why })]);
}

/** Also what waits in the queue. What is being merged looks at its story once more before anything moves. */
export function decideDrop(
  ctx: Ctx,
  { approval, story, stage }: Data<'approval.drop_story'>,
): Result<Decision<Nothing>> {
  const found = requireApproval(ctx.state, approval);
  if (!found.ok) return found;
  const { state, pin } = found.value;
  if (!isUndecided(state) && state !== 'approved') return decided({}, []);
  const reason = { kind: 'story', commit: pin.commit, story, stage } as const;
  return decided({}, [
    newEvent(contract, 'approval.withdrawn', { ...subjectOf(found.value), reason }),
  ]);
}
