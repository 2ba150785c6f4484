import type { ReactNode } from 'react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import type { ApprovalDiff } from './approve-gate.ts';
import { CopyId } from './copy-id.tsx';

interface ApprovalOverviewProps {
  approval: ApprovalRecord;
  commits: ApprovalDiff['commits'];
}

/** Above the files, scrolled with them: the agent's words, the commits, and all that a yes is pinned to. */
export function ApprovalOverview({ approval, commits }: ApprovalOverviewProps) {
  const { description, pin } = approval;
  return (
    <div className="flex flex-col gap-3 px-4 pt-3 pb-4 font-sans text-base">
      {description && <UntrustedText text={description} className="max-w-180 leading-5 text-fg" />}
      <CommitList commits={commits} />
      <dl className="grid max-w-full grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-3 text-sm text-muted">
        <Fact name="Commit">
          <CopyId id={pin.commit} what="commit" isWhole />
        </Fact>
        <Fact name="Tree">
          <CopyId id={pin.tree} what="tree" isWhole />
        </Fact>
        <Fact name="Base">
          <CopyId id={pin.base} what="base" isWhole />
        </Fact>
      </dl>
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="flex h-6 min-w-0 items-center">{children}</dd>
    </>
  );
}

function CommitList({ commits }: { commits: ApprovalDiff['commits'] }) {
  if (commits.length === 0) return null;
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
