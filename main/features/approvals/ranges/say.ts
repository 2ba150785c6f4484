/** How an agent goes on whose commits the target has as copies. */
import type { EventData } from '../../../../preload/contract/define.ts';
import type { approvals as contract } from '../../../../preload/contract/approvals.ts';

type Replayed = NonNullable<EventData<typeof contract, 'approval.merged'>['replayed']>;

export function sayReplayed(target: string, { how, commit, count, isRange }: Replayed): string {
  const isOne = count === 1;
  const copies = isOne ? 'a copy of that commit' : 'copies of those commits';
  const has = how === 'squash' && !isOne ? 'those commits as one' : copies;
  // A name with anything else in it would be read by a shell.
  const onto = /^[\w./-]+$/.test(target) ? target : '<that branch>';
  const head = ` ${target} has ${has}, your branch still the ${isOne ? 'original' : 'originals'}.`;
  if (!isRange)
    return `${head} \`git rebase --onto ${onto} ${commit}\` keeps there what came after.`;
  if (how === 'squash' && !isOne)
    return `${head} \`git rebase ${onto}\` keeps the rest; where it stops at one of them, \`git rebase --skip\`.`;
  return `${head} \`git rebase ${onto}\` drops ${isOne ? 'it' : 'them'} there and keeps the rest.`;
}
