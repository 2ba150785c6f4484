import { CloudOff } from 'lucide-react';
import type { ApprovalRecord } from '../../../../preload/contract/approvals.ts';
import type { ItemFacts } from '../kind.ts';

/** Merged here, and the remote did not take it. */
export const pushFacts: ItemFacts<'push', ApprovalRecord> = {
  kind: 'push',
  of: ['push'],
  needs: ['approval'],
  find: ({ subject }, records) => unpushedOf(subject, records.all('approval')),
  look: { icon: CloudOff, word: 'Not pushed', tone: 'text-red' },
  sort: () => 'merge',
  name: ({ subject }) => ({ agent: subject, named: 'target' }),
  // The row begins with the name: what is said behind it has to fit into a narrow one.
  line: (_, { agent, title }) => title.replace(`${agent} `, ''),
  story: ({ story }) => story,
  dismissed: (target) => `Took what was not pushed of ${target} off the list`,
};

/** The one whose push failed last. */
function unpushedOf(
  target: string,
  approvals: readonly ApprovalRecord[],
): ApprovalRecord | undefined {
  return approvals
    .filter(({ pin, push }) => pin.target === target && push?.state === 'failed')
    .reduce<ApprovalRecord | undefined>(
      (last, one) => ((one.push?.atMs ?? 0) >= (last?.push?.atMs ?? 0) ? one : last),
      undefined,
    );
}
