import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { CommitList, type CommitListProps } from './commit-list.tsx';

interface ApprovalOverviewProps extends Pick<CommitListProps, 'diff' | 'onAlone'> {
  approval: ApprovalRecord;
}

/** Above the files, scrolled with them: the agent's words, and the commits. */
export function ApprovalOverview({ approval, diff, onAlone }: ApprovalOverviewProps) {
  const { description } = approval;
  const hasList = hasCommitList(diff);
  if (!description && !hasList) return null;
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-4 font-sans text-base">
      {description && (
        // However much an agent has to say, what it changed is right below.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
        <section aria-label="Description" tabIndex={0} className="max-h-60 overflow-y-auto">
          <UntrustedText text={description} className="max-w-180 leading-5 text-fg" />
        </section>
      )}
      {hasList && <CommitList {...{ diff, onAlone }} />}
    </div>
  );
}

/** A single one, with nothing around it, says what the title says already. */
export function hasCommitList({ commits, earlier = [], later = [] }: CommitListProps['diff']) {
  return commits.length > 1 || (commits.length === 1 && earlier.length + later.length > 0);
}
