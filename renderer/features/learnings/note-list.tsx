import { agentIdOf } from '../../../preload/contract/agent-id.ts';
import type { LearningRecord } from '../../../preload/contract/learning-records.ts';
import { classNames } from '../../ui/class-names.ts';
import { copyText } from '../../ui/copy-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { UntrustedText } from '../../ui/untrusted-text.tsx';
import { VirtualList } from '../../ui/virtual-list.tsx';
import { AgentNames } from './agent-names.tsx';
import { RowActions } from './row-actions.tsx';

interface NoteListProps {
  notes: readonly LearningRecord[];
  /** -1: none. */
  active: number;
  onDrop: (note: LearningRecord) => void;
}

/** Newest first: what was noted a moment ago is in sight. */
export function NoteList({ notes, active, onDrop }: NoteListProps) {
  return (
    <VirtualList<LearningRecord>
      label="Notes"
      items={notes}
      keyOf={({ id }) => id}
      estimatePx={56}
      {...(active >= 0 && { activeIndex: active })}
    >
      {(note, at) => (
        <article
          aria-current={at === active}
          className={classNames(
            'group flex items-start gap-3 border-b px-4 py-2 hover:bg-hover',
            at === active && 'bg-selected',
          )}
        >
          <div className="min-w-0 flex-1">
            <UntrustedText text={note.text} className="max-w-200" />
            <NoteFacts note={note} />
          </div>
          <RowActions onCopy={() => copyText(note.text)} onDrop={() => onDrop(note)} />
        </article>
      )}
    </VirtualList>
  );
}

function NoteFacts({ note }: { note: LearningRecord }) {
  const { by, others = [], atMs, lastMs = atMs, count = 1 } = note;
  const names = [by, ...others].map((actor) => agentIdOf(actor) ?? 'you');
  return (
    <div className="flex flex-wrap gap-x-1.5 text-sm text-faint">
      <AgentNames names={names} />
      <span aria-hidden>·</span>
      <span>
        <RelativeTime atMs={lastMs} withAgo />
      </span>
      {count > 1 && (
        <>
          <span aria-hidden>·</span>
          <span>noted {count} times</span>
        </>
      )}
    </div>
  );
}
