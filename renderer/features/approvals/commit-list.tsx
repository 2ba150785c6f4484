import { GitCommitHorizontal } from 'lucide-react';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import type { ApprovalDiff } from './approve-gate.ts';
import { CopyId } from './copy-id.tsx';

type Line = ApprovalDiff['commits'][number];

export interface CommitListProps {
  diff: Pick<ApprovalDiff, 'commits' | 'earlier' | 'later'>;
  /** The one that is shown alone. */
  alone?: string | undefined;
  /** Shows one alone. */
  onAlone: (commit: string) => void;
}

/** More of those that are not asked for say nothing new. */
const mostOthers = 5;

/** What is asked for, newest first, and around it what of its branch is not. */
export function CommitList({ diff, alone, onAlone }: CommitListProps) {
  const { commits, earlier = [], later = [] } = diff;
  const isPart = earlier.length + later.length > 0;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      {later.length > 0 && (
        <Others
          label="Later on its branch, not asked for"
          lines={later.slice(-mostOthers)}
          more={later.length - mostOthers}
        />
      )}
      <ol
        aria-label="Commits"
        className={
          isPart ? 'flex flex-col border-l-2 border-accent pl-3' : 'flex flex-col border-l pl-3'
        }
      >
        {commits.map((line) => (
          <li key={line.commit} className="flex h-6 min-w-0 items-center gap-2">
            <span className="flex shrink-0">
              <CopyId id={line.commit} what="commit" />
            </span>
            <button
              type="button"
              aria-current={line.commit === alone}
              title={`${toPlainLine(line.subject)}\nPress to see this commit alone`}
              onClick={() => onAlone(line.commit)}
              className="min-w-0 truncate rounded-sm px-1 text-left text-fg hover:bg-hover aria-[current=true]:bg-selected"
              dir="auto"
            >
              {toPlainLine(line.subject)}
            </button>
            <Facts {...line} />
          </li>
        ))}
      </ol>
      {earlier.length > 0 && (
        <Others
          label="Before it, not asked for"
          lines={earlier.slice(0, mostOthers)}
          more={earlier.length - mostOthers}
        />
      )}
    </div>
  );
}

function Facts({ author, atMs }: Pick<Line, 'author' | 'atMs'>) {
  return (
    <>
      <UntrustedLine text={author} className="max-w-32 shrink-0 text-sm text-faint" />
      <RelativeTime atMs={atMs} className="shrink-0 text-sm text-faint" />
    </>
  );
}

interface OthersProps {
  label: string;
  lines: readonly Line[];
  /** So many are left out; none where it is not above 0. */
  more: number;
}

function Others({ label, lines, more }: OthersProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of commits, not of fields
    <div role="group" aria-label={label} className="flex flex-col pl-3.5 text-muted">
      <h3 className="text-sm text-faint">{label}</h3>
      <ol className="flex flex-col">
        {lines.map((line) => (
          <li key={line.commit} className="flex h-6 min-w-0 items-center gap-2">
            <GitCommitHorizontal size={14} aria-hidden className="shrink-0 text-faint" />
            <span className="flex shrink-0">
              <CopyId id={line.commit} what="commit" />
            </span>
            <UntrustedLine text={line.subject} />
            <Facts {...line} />
          </li>
        ))}
      </ol>
      {more > 0 && <p className="text-sm text-faint">and {more} more</p>}
    </div>
  );
}
