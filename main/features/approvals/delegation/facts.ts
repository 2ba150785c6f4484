/** What rules may know of an approval: at first from what is listed, then from git. */
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { RequestFacts, Review, TreeChange } from '../ports.ts';
import { judge, type Judged, type Judgement, personNeeded } from './judge.ts';
import type { Delegation } from './settings.ts';

type Listed = Pick<
  ApprovalRecord,
  'pin' | 'files' | 'fileCount' | 'additions' | 'deletions' | 'unpinned' | 'undoes'
>;

/** Whether it is worth a closer look before the operator is asked: by names alone, without git. */
export function mayBeDelegated(
  delegation: Delegation,
  agent: string,
  facts: RequestFacts,
): boolean {
  if (!delegation.rules.some(({ action }) => action === 'approve')) return false;
  const names = facts.files.flatMap(({ path, oldPath }) => [path, ...(oldPath ? [oldPath] : [])]);
  const changes = names.map((path) => ({ path }));
  return judge(delegation, toJudged(agent, facts, changes)).action === 'approve';
}

interface Judging {
  readonly review: Pick<Review, 'changes'>;
  readonly delegation: Delegation;
}

export async function judgeApproval(
  { review, delegation }: Judging,
  approval: ApprovalRecord,
  signal: AbortSignal,
): Promise<Judgement> {
  return judge(delegation, await judgedOf(review, approval, signal));
}

/** Why the operator has to look at it, though something else would approve it. */
export async function whyPerson(
  { review, delegation }: Judging,
  approval: ApprovalRecord,
  signal: AbortSignal,
): Promise<string | undefined> {
  return personNeeded(delegation, await judgedOf(review, approval, signal));
}

async function judgedOf(
  review: Judging['review'],
  approval: ApprovalRecord,
  signal: AbortSignal,
): Promise<Judged> {
  const { base: from, commit: to } = approval.pin;
  // Of a larger one not even the names are asked for: no rule can approve it.
  const isCut = approval.fileCount > approval.files.length;
  const changes = isCut ? namesOf(approval) : await review.changes({ from, to, signal });
  return toJudged(approval.agent, approval, changes);
}

function namesOf({ files }: Listed): TreeChange[] {
  return files.map(({ path }) => ({ path }));
}

function toJudged(agent: string, listed: Listed, changes: readonly TreeChange[]): Judged {
  const { pin, files, fileCount, additions, deletions } = listed;
  return {
    ...{ agent, target: pin.target, fileCount, changes, unfit: unfitOf(listed) },
    lines: additions + deletions,
    binaryCount: files.filter((file) => file.additions === undefined).length,
  };
}

function unfitOf({ files, fileCount, unpinned, undoes }: Listed): string | undefined {
  if (undoes !== undefined) return 'it takes a merge back';
  if (unpinned !== undefined) return 'no ref keeps its commit';
  return fileCount > files.length
    ? `it changes ${fileCount} files, more than are listed`
    : undefined;
}
