import { ChevronDown, ChevronRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CollidingFile, ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useLive } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { UntrustedLine, UntrustedText } from '../../ui/untrusted-text.tsx';
import { countFiles, reasonOf, sayNoLines, sidesOf } from './conflict-words.ts';
import { ThreeWay } from './three-way.tsx';

/** Its files; one of them at a time is shown three ways, the first at once. */
export function CollidingFiles({ conflict }: { conflict: ConflictRecord }) {
  const { files, fileCount } = conflict;
  const [chosen, setOpened] = useState<string | undefined>(files[0]?.path);
  // What was open and merges by now makes room for the first that does not.
  const isThere = chosen === undefined || files.some(({ path }) => path === chosen);
  const opened = isThere ? chosen : files[0]?.path;
  return (
    <section aria-label="Files" className="border-t">
      <h3 className="flex h-row items-center gap-2 px-4 text-sm font-medium text-muted">
        {countFiles(fileCount)}
        {fileCount > files.length && (
          <span className="font-normal text-faint">the first {files.length} are shown</span>
        )}
      </h3>
      <ul>
        {files.map((file) => (
          <li key={file.path} className="group/file">
            <FileRow
              file={file}
              isOpen={file.path === opened}
              onToggle={() => setOpened(file.path === opened ? undefined : file.path)}
            />
            {file.path === opened && (
              <div className="border-b px-4 pt-1 pb-3 group-last/file:border-b-0">
                <FileBody key={conflict.id} conflict={conflict} file={file} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface FileRowProps {
  file: CollidingFile;
  isOpen: boolean;
  onToggle: () => void;
}

function FileRow({ file, isOpen, onToggle }: FileRowProps) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  const places = countPlaces(file.ranges);
  return (
    <button
      type="button"
      data-colliding-file
      aria-expanded={isOpen}
      onClick={onToggle}
      className="flex h-row w-full min-w-0 items-center gap-2 pr-4 pl-3 text-left hover:bg-hover"
    >
      <Icon size={14} aria-hidden className="shrink-0 text-faint" />
      <span
        title={toPlainLine(file.path)}
        className="min-w-0 flex-1 truncate font-mono text-sm [direction:rtl]"
      >
        <bdi dir="ltr">{toPlainLine(file.path)}</bdi>
      </span>
      {places !== '' && <span className="shrink-0 text-sm text-faint">{places}</span>}
      <span className="shrink-0 text-sm text-muted">{reasonOf(file)}</span>
    </button>
  );
}

/** Which lines they are on either side stands with the lines themselves. */
function countPlaces(ranges: CollidingFile['ranges']): string {
  const count = Math.max(0, ...(ranges ?? []).map(({ length }) => length));
  if (count === 0) return '';
  return count === 1 ? '1 place' : `${count} places`;
}

function FileBody({ conflict, file }: { conflict: ConflictRecord; file: CollidingFile }) {
  if (conflict.end !== undefined)
    return <p className="text-muted">It is over, so there is nothing to compare any more.</p>;
  if (file.reason === 'said')
    return <UntrustedText text={sayNoLines(file)} className="text-muted" />;
  return <LookedAt conflict={conflict} file={file} />;
}

/** As it is at this moment; looked at again each time the conflict changes, or one of the two has written. */
function LookedAt({ conflict, file }: { conflict: ConflictRecord; file: CollidingFile }) {
  const { id, changedMs } = conflict;
  const agents = sidesOf(conflict);
  const written = useWritten(conflict);
  const isLive = useConnection().state === 'live';
  const asked = { conflict: id, path: file.path };
  const { result, error, reload } = useQuery('conflict.view', isLive ? asked : undefined);
  const now = `${changedMs} ${written}`;
  const looked = useRef(now);
  useEffect(() => {
    if (looked.current === now) return;
    looked.current = now;
    reload();
  }, [now, reload]);
  if (result === undefined && error !== undefined)
    return (
      <div role="alert" className="flex items-start gap-3 border-l-2 border-red pl-3">
        <div className="min-w-0 flex-1">
          <UntrustedText text={error.message} />
          <UntrustedText text={error.mend} className="text-muted" />
        </div>
        <Button onClick={reload}>Look again</Button>
      </div>
    );
  if (result === undefined) return <Looking />;
  const [first, second] = result.sides;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex min-w-0 flex-wrap gap-x-3 text-sm text-muted">
        {[first, second].map((fate, at) => (
          <span key={agents[at]} className="flex min-w-0 gap-1">
            <span className="shrink-0">{agents[at]}:</span>
            <UntrustedLine text={fate} className="text-fg" />
          </span>
        ))}
      </p>
      {result.hunks.length > 0 ? (
        <ThreeWay view={result} agents={agents} />
      ) : (
        <UntrustedText
          text={
            first === 'merges now' && second === first
              ? 'It merges at this moment. The conflict goes by itself if it stays like that.'
              : sayNoLines(file)
          }
          className="text-muted"
        />
      )}
    </div>
  );
}

/** Another text when something was written in one of the worktrees: which lines collide is told to the log only now and then. */
function useWritten({ agents }: Pick<ConflictRecord, 'agents'>): string {
  const trees = [useLive('worktree', agents[0]), useLive('worktree', agents[1])];
  return trees.map((tree) => `${tree?.head} ${tree?.writtenMs}`).join(' ');
}

function Looking() {
  return (
    <div role="status" className="flex flex-col gap-2">
      <span className="text-sm text-faint">Merging the two to look…</span>
      <span aria-hidden className="h-24 rounded-md border bg-raised" />
    </div>
  );
}
