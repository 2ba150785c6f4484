import type { ReactNode } from 'react';
import type { WorktreeRow } from '../../../preload/contract/worktree-commands.ts';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatBytes } from '../../ui/format-bytes.ts';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortId } from '../../ui/short-id.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import {
  capitalized,
  notesOf,
  sayChanged,
  sayCommits,
  splitPath,
  stateWords,
} from './worktree-words.ts';

interface WorktreeLineProps {
  row: WorktreeRow;
  /** Before it: a box to tick. */
  before?: ReactNode;
  /** Behind it: what can be done. */
  after?: ReactNode;
}

/** One worktree in two lines: whose and on what branch, how it differs; where it is, and what is odd. */
export function WorktreeLine({ row, before, after }: WorktreeLineProps) {
  const { word, tone, means } = stateWords[row.state];
  const { name, parent } = splitPath(row.path);
  const notes = notesOf(row);
  return (
    <li className="flex items-start gap-3 border-b py-2 last:border-b-0">
      {before}
      <span className="w-19 shrink-0 pt-px" title={means}>
        <Badge tone={tone}>{word}</Badge>
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <UntrustedLine text={row.agent ?? name} className="shrink-0 font-medium" />
          <Branch row={row} />
        </div>
        <div className="flex min-w-0 text-sm text-faint" title={toPlainLine(row.path)}>
          <span className="truncate">{toPlainLine(parent)}</span>
          <span className="shrink-0">{toPlainLine(name)}</span>
        </div>
        {notes.map((note) => (
          <div key={note} className="text-selectable text-sm break-words text-muted">
            {capitalized(toPlainLine(note))}
          </div>
        ))}
      </div>
      <Figures row={row} />
      {after}
    </li>
  );
}

function Branch({ row: { branch, head, agentState } }: { row: WorktreeRow }) {
  return (
    <>
      {agentState && <span className="shrink-0 text-sm text-muted">{agentState}</span>}
      {branch !== undefined ? (
        <code className="min-w-0 truncate text-sm text-muted" title={toPlainLine(branch)}>
          {toPlainLine(branch)}
        </code>
      ) : (
        head !== undefined && (
          <code className="min-w-0 truncate text-sm text-muted">at {shortId(head)}</code>
        )
      )}
    </>
  );
}

function Figures({ row }: { row: WorktreeRow }) {
  const isChanged = row.changed !== undefined && row.changed > 0;
  return (
    <div className="shrink-0 text-right text-sm tabular-nums">
      <div className={classNames('min-w-24', isChanged ? 'text-fg' : 'text-faint')}>
        {sayChanged(row)}
      </div>
      <div className="text-faint">{sayCommits(row)}</div>
      {row.size && <div className="text-muted">{formatBytes(row.size.totalBytes)}</div>}
    </div>
  );
}
