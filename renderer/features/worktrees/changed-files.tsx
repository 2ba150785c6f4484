import type { ReactNode } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { TreeChange, WorktreeRecord } from '../../../preload/contract/worktrees.ts';
import { useLive } from '../../hub/use-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { Fact } from '../../ui/fact.tsx';
import { FoldMark } from '../../ui/fold-mark.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { DotTone } from '../../ui/status-dot.tsx';
import { countOfFiles, kindLooks, splitPath } from './present-changes.ts';

/** What is other in an agent's worktree than in its commit, as it changes. */
export function ChangedFiles({ agent }: { agent: AgentRecord }) {
  const record = useLive('worktree', agent.id);
  if (agent.worktreePath === undefined) return null;
  return (
    <Fact name="Changed files">
      <Files record={record} />
      {record?.trouble && <Trouble error={record.trouble} />}
      {record?.seenBy === 'poll' && (
        <p className="mt-0.5 text-sm text-muted">
          Looked at every 30 s, because {toPlainLine(record.reason ?? 'no events come')}.
        </p>
      )}
    </Fact>
  );
}

/** What to do about one that is missing is told where it stops the agent. */
function Trouble({ error: { code, message, mend } }: { error: WireError }) {
  return (
    <p role="status" className="mt-0.5 text-sm wrap-anywhere text-red">
      {toPlainLine(message)}{' '}
      {code !== 'WORKTREE_MISSING' && <span className="text-muted">{toPlainLine(mend)}</span>}
    </p>
  );
}

function Files({ record }: { record: WorktreeRecord | undefined }) {
  if (record === undefined) return <Quiet>Looking at its worktree…</Quiet>;
  const { changes, changeCount, head, writtenMs, trouble } = record;
  // Nothing is known of it yet.
  if (head === undefined && trouble) return null;
  if (changeCount === 0)
    return (
      <Quiet>
        {head === undefined ? (
          'Nothing, and nothing is committed yet'
        ) : (
          <>
            Nothing changed since <code>{head.slice(0, 7)}</code>
          </>
        )}
      </Quiet>
    );
  return (
    <details open className="group">
      <summary className="flex list-none items-center gap-1 rounded-sm hover:text-fg">
        <FoldMark />
        {countOfFiles(changeCount)}
        {trouble ? (
          <span className="ml-auto text-sm text-faint">as last seen</span>
        ) : (
          writtenMs !== undefined && (
            <span className="ml-auto text-sm text-faint">
              written <RelativeTime atMs={writtenMs} />
            </span>
          )
        )}
      </summary>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        tabIndex={0}
        aria-label="Changed files"
        className="max-h-50 overflow-y-auto rounded-sm"
      >
        {changes.map((change) => (
          <File key={change.path} change={change} />
        ))}
        {changeCount > changes.length && (
          <li className="h-5 pl-4 text-sm text-faint">
            and {(changeCount - changes.length).toLocaleString('en-US')} more
          </li>
        )}
      </ul>
    </details>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="text-sm text-muted">{children}</p>;
}

const tones: Readonly<Record<DotTone, string>> = {
  red: 'text-red',
  amber: 'text-amber',
  green: 'text-green',
  blue: 'text-blue',
  muted: 'text-faint',
};

/** The name is what is cut last: folders are told apart by what lies in them. */
function File({ change: { path, kind, isStaged } }: { change: TreeChange }) {
  const { mark, word, tone } = kindLooks[kind];
  const [folder, name] = splitPath(toPlainLine(path));
  const what = isStaged ? `${word}, staged` : word;
  return (
    <li className="flex h-5 min-w-0 items-center text-sm" title={`${toPlainLine(path)}: ${what}`}>
      <span aria-hidden className={classNames('w-4 shrink-0 font-mono text-xs', tones[tone])}>
        {mark}
      </span>
      <span dir="ltr" className="flex min-w-0 flex-1 font-mono text-xs">
        <span className="min-w-0 truncate text-faint">{folder}</span>
        <span
          className={classNames(
            'max-w-full shrink-0 truncate',
            kind === 'deleted' && 'line-through',
          )}
        >
          {name}
        </span>
      </span>
      <span className="sr-only">: {what}</span>
      {isStaged && (
        <span aria-hidden className="shrink-0 pl-2 text-xs text-faint">
          staged
        </span>
      )}
    </li>
  );
}
