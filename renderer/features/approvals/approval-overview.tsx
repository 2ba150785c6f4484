import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import type { ApprovalDiff } from './approve-gate.ts';
import { CopyId } from './copy-id.tsx';

interface ApprovalOverviewProps {
  approval: ApprovalRecord;
  commits: ApprovalDiff['commits'];
}

/** Above the files, scrolled with them: the agent's words, and the commits. */
export function ApprovalOverview({ approval, commits }: ApprovalOverviewProps) {
  const { description } = approval;
  if (!description && commits.length < 2) return null;
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-4 font-sans text-base">
      {description && <UntrustedText text={description} className="max-w-180 leading-5 text-fg" />}
      <CommitList commits={commits} />
    </div>
  );
}

function CommitList({ commits }: { commits: ApprovalDiff['commits'] }) {
  // A single one says what the title says already.
  if (commits.length < 2) return null;
  return (
    <ol aria-label="Commits" className="flex flex-col border-l pl-3">
      {commits.map(({ commit, subject, author, atMs }) => (
        <li key={commit} className="flex h-6 min-w-0 items-center gap-2">
          <CopyId id={commit} what="commit" />
          <UntrustedLine text={subject} className="text-fg" />
          <span className="min-w-0 shrink truncate text-sm text-faint">{author}</span>
          <RelativeTime atMs={atMs} className="text-sm text-faint" />
        </li>
      ))}
    </ol>
  );
}
