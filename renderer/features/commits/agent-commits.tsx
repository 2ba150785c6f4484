import { TriangleAlert } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { HeadRecord } from '../../../preload/contract/commit-facts.ts';
import type { QueryOutput } from '../../hub/bridge.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { FailedLine } from '../../ui/failed-line.tsx';
import { FoldMark } from '../../ui/fold-mark.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { bringBack, bringOver, bringOverWords } from './bring-over.ts';

type Commits = QueryOutput<'commit.list'>;

/** What it committed and its target does not have, what rewriting left behind, and what it committed elsewhere. */
export function AgentCommits({ agent }: { agent: string }) {
  const head = useRecord('head', agent);
  const isLive = useConnection().state === 'live';
  const { result, error, reload } = useQuery('commit.list', isLive ? { agent } : undefined);
  useReloaded(head, reload);
  return (
    <>
      {head?.stray && <Stray branch={head.branch} stray={head.stray} />}
      {result === undefined && error !== undefined && <FailedLine error={error} onRetry={reload} />}
      {result === undefined && error === undefined && (
        <p role="status" className="text-sm text-muted">
          Looking for commits…
        </p>
      )}
      {result && <Listed agent={agent} commits={result} />}
    </>
  );
}

/** Asked again when its branch moved. */
function useReloaded(head: HeadRecord | undefined, reload: () => void): void {
  const mark = `${head?.head} ${head?.commitCount}`;
  const known = useRef(mark);
  useEffect(() => {
    if (known.current === mark) return;
    known.current = mark;
    reload();
  }, [mark, reload]);
}

/** At first; the rest on demand. */
const shownCommits = 6;

function Listed({
  agent,
  commits: { commits, hasMore, lost },
}: {
  agent: string;
  commits: Commits;
}) {
  const [isAll, setAll] = useState(false);
  const shown = isAll ? commits : commits.slice(0, shownCommits);
  return (
    <>
      {commits.length === 0 ? (
        <p className="text-sm text-muted">None that its target does not have</p>
      ) : (
        <ol aria-label="Commits" className="flex flex-col text-sm">
          {shown.map((one) => (
            <li key={one.commit} className="flex h-5 min-w-0 items-center gap-2">
              <code title={one.commit} className="text-selectable shrink-0 text-xs text-faint">
                {one.commit.slice(0, 7)}
              </code>
              <UntrustedLine text={one.subject} className="flex-1" />
              <ChangeCounts additions={one.additions} deletions={one.deletions} />
              <RelativeTime atMs={one.committedMs} className="w-7 text-right text-xs text-faint" />
            </li>
          ))}
        </ol>
      )}
      {!isAll && commits.length > shownCommits && (
        <button
          type="button"
          className="rounded-sm text-sm text-accent hover:underline"
          onClick={() => setAll(true)}
        >
          Show {commits.length - shownCommits} more
        </button>
      )}
      {hasMore && (isAll || commits.length <= shownCommits) && (
        <p className="text-sm text-muted">
          There are older ones: <code>musher commits {agent} --limit 200</code>
        </p>
      )}
      {lost.length > 0 && <LeftBehind agent={agent} lost={lost} />}
    </>
  );
}

function LeftBehind({ agent, lost }: { agent: string; lost: Commits['lost'] }) {
  return (
    <details className="group mt-1 text-sm">
      <summary className="flex list-none items-center gap-1 rounded-sm text-muted hover:text-fg">
        <FoldMark />
        {lost.length === 1 ? '1 left behind' : `${lost.length} left behind`} by rewriting, kept
      </summary>
      <ul className="mt-1 flex flex-col gap-1.5">
        {lost.map(({ ref, commit, subject, committedMs }) => (
          <li key={ref}>
            <span className="flex min-w-0 gap-2">
              <code className="text-selectable shrink-0 text-xs text-faint">
                {commit.slice(0, 7)}
              </code>
              <UntrustedLine text={subject} className="flex-1" />
              <RelativeTime atMs={committedMs} className="text-xs text-faint" />
            </span>
            <CopyLine
              label="Copy the command that brings it back"
              text={bringBack(agent, { ref, commit })}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Stray({ branch, stray }: { branch: string; stray: NonNullable<HeadRecord['stray']> }) {
  return (
    <div className="mb-1 flex flex-col gap-1 rounded-md bg-amber-soft p-2">
      <p className="flex items-start gap-1.5">
        <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-amber" />
        <span className="min-w-0 wrap-anywhere">
          {toPlainLine(bringOverWords(stray.commits))}, not on its own branch
        </span>
      </p>
      <CopyLine
        label="Copy the command that brings them over"
        text={bringOver(branch, stray.commits)}
      />
    </div>
  );
}
