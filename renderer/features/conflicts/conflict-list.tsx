import { memo, useEffect } from 'react';
import type { ConflictRecord } from '../../../preload/contract/conflict-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { endOf, isOpen, kindWords, sidesOf, whereOf } from './conflict-words.ts';
import { SeverityMark } from './severity-mark.tsx';

interface ConflictListProps {
  conflicts: readonly ConflictRecord[];
  activeId: string | undefined;
  onOpen: (id: string) => void;
}

export const conflictListId = 'conflict-list';

/** Those that are open, the heaviest first, and below them those that are over. It holds the focus; the view moves in it by key. */
export function ConflictList({ conflicts, activeId, onOpen }: ConflictListProps) {
  useEffect(() => {
    if (activeId !== undefined)
      document.getElementById(rowId(activeId))?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  const [open, over] = [conflicts.filter(isOpen), conflicts.filter((one) => !isOpen(one))];
  const rows = (some: readonly ConflictRecord[]) =>
    some.map((conflict) => (
      <ConflictRow
        key={conflict.id}
        conflict={conflict}
        isActive={conflict.id === activeId}
        onOpen={onOpen}
      />
    ));
  return (
    <div
      id={conflictListId}
      role="listbox"
      tabIndex={0}
      aria-label="Conflicts"
      aria-activedescendant={activeId && rowId(activeId)}
      className="min-h-0 flex-1 overflow-y-auto outline-none"
    >
      {rows(open)}
      {over.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, not of fields
        <div role="group" aria-label="Ended or dismissed">
          <div aria-hidden className="flex h-8 items-end px-4 pb-1 text-sm text-faint">
            Ended or dismissed
          </div>
          {rows(over)}
        </div>
      )}
    </div>
  );
}

interface ConflictRowProps {
  conflict: ConflictRecord;
  isActive: boolean;
  onOpen: (id: string) => void;
}

const ConflictRow = memo(function ConflictRow({ conflict, isActive, onOpen }: ConflictRowProps) {
  const { id, kind, severity, sinceMs, endedMs, dismissed } = conflict;
  const [first, second] = sidesOf(conflict);
  const over = endOf(conflict);
  const where = whereOf(conflict);
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list holds the focus and names this by aria-activedescendant
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
    <div
      id={rowId(id)}
      role="option"
      aria-selected={isActive}
      onClick={() => onOpen(id)}
      className={classNames(
        'relative flex h-12 flex-col justify-center px-4',
        isActive
          ? 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-line-strong in-focus:before:bg-accent'
          : 'hover:bg-hover',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        {over === undefined ? (
          <SeverityMark severity={severity} />
        ) : (
          <span aria-hidden className="w-2.5" />
        )}
        <span
          className={classNames('min-w-0 flex-1 truncate', over === undefined && 'font-medium')}
          title={`${first} and ${second}`}
        >
          {first} <span className="font-normal text-faint">and</span> {second}
        </span>
        <RelativeTime
          atMs={endedMs ?? dismissed?.atMs ?? sinceMs}
          className="text-sm text-faint"
          {...(over === undefined && { prefix: 'for' })}
        />
      </span>
      <span className="flex min-w-0 items-center gap-2 pl-4.5 text-sm text-muted">
        <span className="shrink-0">{over ?? kindWords[kind]}</span>
        <UntrustedLine text={where} className="text-faint" />
      </span>
    </div>
  );
});

function rowId(id: string): string {
  return `conflict-${id}`;
}
