import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { PathLabel } from './diff/path-label.tsx';
import { StatusLetter } from './diff/status-letter.tsx';

/** As many as fit on a screen. */
const filesShown = 12;
/** Widths of the bars that stand for lines; any will do, as long as they look like code. */
const bars = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/4'];

interface DiffSkeletonProps {
  approval: ApprovalRecord;
}

/** What the record knows already, in the place where the diff comes; says that it loads when that takes a while. */
export function DiffSkeleton({ approval }: DiffSkeletonProps) {
  const { description, files, fileCount, additions, deletions } = approval;
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-bar shrink-0 items-center gap-2.5 border-b px-4">
        <span>{fileCount === 1 ? '1 file' : `${fileCount} files`}</span>
        <ChangeCounts additions={additions} deletions={deletions} />
        <span
          role="status"
          className="appear text-sm text-muted [animation-delay:300ms] [animation-fill-mode:backwards]"
        >
          Loading the diff…
        </span>
      </div>
      {description && (
        <UntrustedText text={description} className="max-w-180 px-4 pt-3 leading-5" />
      )}
      <ul aria-hidden className="flex flex-col gap-3 pt-3">
        {files.slice(0, filesShown).map((file) => (
          <li key={file.path}>
            <div className="flex h-9 items-center gap-2 border-y bg-raised pr-4 pl-9">
              <StatusLetter status={file.status} />
              <PathLabel path={file.path} oldPath={file.oldPath} />
              <span className="flex-1" />
              <ChangeCounts additions={file.additions} deletions={file.deletions} />
            </div>
            <div className="flex flex-col">
              {bars.map((width) => (
                <span key={width} className="flex h-5 items-center pl-12">
                  <span className={`h-2 rounded-sm bg-selected ${width}`} />
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
