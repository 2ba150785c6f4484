import { ArrowDown, ArrowUp, CircleAlert, GitCommitHorizontal } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import { useQuery } from '../../hub/use-command.ts';
import { Button } from '../../ui/button.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { CopyId } from './copy-id.tsx';
import { ReadOnlyDiff } from './read-only-diff.tsx';
import type { Alone } from './use-alone.ts';

interface AloneDiffProps {
  approval: ApprovalRecord;
  alone: Alone & { line: NonNullable<Alone['line']> };
}

/** What one commit changes by itself, to read: nothing is decided or said here. Mount it anew for another. */
export function AloneDiff({ approval, alone }: AloneDiffProps) {
  const { commit } = alone.line;
  const { result, error, reload } = useQuery('approval.diff', { approval: approval.id, commit });
  const shown = result?.alone;
  return (
    <>
      <AloneBar alone={alone} isCut={result?.truncated ?? false}>
        {shown && <ChangeCounts additions={shown.additions} deletions={shown.deletions} />}
      </AloneBar>
      {result === undefined && error === undefined && (
        <p
          role="status"
          className="appear flex-1 px-4 py-3 text-sm text-muted [animation-delay:300ms] [animation-fill-mode:backwards]"
        >
          Loading the diff…
        </p>
      )}
      {error && (
        <div className="min-h-0 flex-1">
          <EmptyState
            icon={CircleAlert}
            title={toPlainLine(error.message)}
            action={<Button onClick={reload}>Try again</Button>}
          >
            {toPlainLine(error.mend)}
          </EmptyState>
        </div>
      )}
      {shown && result.files.length === 0 && (
        <div className="min-h-0 flex-1">
          <EmptyState icon={GitCommitHorizontal} title="This commit changes no file." />
        </div>
      )}
      {shown && result.files.length > 0 && (
        <ReadOnlyDiff
          files={result.files}
          patch={result.patch}
          additions={shown.additions}
          deletions={shown.deletions}
          subject={`${approval.pin.diffHash} alone ${commit}`}
        />
      )}
    </>
  );
}

interface AloneBarProps extends Pick<AloneDiffProps, 'alone'> {
  isCut: boolean;
  children: React.ReactNode;
}

function AloneBar({ alone, isCut, children }: AloneBarProps) {
  const { line, position, count, step, leave } = alone;
  return (
    <section
      aria-label="One commit alone"
      className="flex min-h-bar shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b bg-raised px-4 py-1 text-sm"
    >
      <GitCommitHorizontal
        size={14}
        strokeWidth={1.75}
        aria-hidden
        className="shrink-0 text-faint"
      />
      <p className="flex min-w-0 flex-1 basis-96 items-center gap-x-2 text-muted">
        <span className="shrink-0">
          Commit {position} of {count}
        </span>
        <span className="flex shrink-0">
          <CopyId id={line.commit} what="commit" />
        </span>
        <UntrustedLine text={line.subject} className="text-fg" />
        {children}
        {isCut && <span className="shrink-0 text-amber">cut; see the rest with git</span>}
      </p>
      <span className="flex items-center gap-1">
        <IconButton
          icon={ArrowUp}
          label="The commit before"
          shortcut="Shift+o"
          disabled={position === 1}
          onClick={() => step(-1)}
        />
        <IconButton
          icon={ArrowDown}
          label="The commit after"
          shortcut="o"
          disabled={position === count}
          onClick={() => step(1)}
        />
        <Button look="quiet" shortcut="Escape" onClick={leave}>
          Back to the whole
        </Button>
      </span>
    </section>
  );
}
