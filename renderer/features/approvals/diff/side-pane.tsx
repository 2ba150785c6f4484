import { type Ref, type RefObject, useState } from 'react';
import { Segmented } from '../../../ui/segmented.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { countUnresolved, type PlacedThread } from '../placed-threads.ts';
import type { DiffFile } from './diff-document.ts';
import type { DiffReview } from './diff-review.ts';
import { FileTreePane } from './file-tree-pane.tsx';
import { ThreadsPane } from './threads-pane.tsx';

interface SidePaneProps {
  ref: Ref<HTMLElement>;
  className: string;
  files: readonly DiffFile[];
  activeId: string | undefined;
  conflicts: ReadonlySet<string>;
  isViewed: (file: DiffFile) => boolean;
  filterField: RefObject<HTMLInputElement | null>;
  onOpen: (id: string) => void;
  review: DiffReview | undefined;
  activeThread: string | undefined;
  onOpenThread: (thread: PlacedThread) => void;
}

/** Beside the diff: its files, or the threads in it. */
export function SidePane(props: SidePaneProps) {
  const { review, activeThread, onOpenThread, files, activeId, conflicts, isViewed } = props;
  const { threads = [] } = review ?? {};
  const [shown, setShown] = useState<'files' | 'threads'>('files');
  const unresolved = countUnresolved(threads);
  const segments = [
    { value: 'files', label: 'Files' },
    { value: 'threads', label: unresolved === 0 ? 'Threads' : `Threads ${unresolved}` },
  ] as const;
  const isThreads = shown === 'threads' && threads.length > 0;
  return (
    <div
      ref={props.ref as Ref<HTMLDivElement>}
      className={classNames(
        'min-h-0 w-[min(260px,34%)] shrink-0 flex-col border-r',
        props.className,
      )}
    >
      {threads.length > 0 && (
        <div className="flex h-bar shrink-0 items-center border-b px-2">
          <Segmented
            label="Beside the diff"
            value={isThreads ? 'threads' : 'files'}
            segments={segments}
            onChange={setShown}
          />
        </div>
      )}
      {isThreads && review ? (
        <ThreadsPane {...{ threads, review }} activeId={activeThread} onOpen={onOpenThread} />
      ) : (
        <FileTreePane
          {...{ files, activeId, conflicts, isViewed }}
          filterField={props.filterField}
          onOpen={props.onOpen}
        />
      )}
    </div>
  );
}
