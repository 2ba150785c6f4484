import { GitMergeConflict } from 'lucide-react';
import type { ConflictRecord } from '../../../../preload/contract/conflict-records.ts';
import { navigate } from '../../../shell/ui-state.ts';
import { Button } from '../../../ui/button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { reasonOf, sayKind, SeverityMark } from '../../conflicts/index.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { conflictFacts } from './conflict.ts';
import { verbOf } from './say-conflict.ts';
import { useDismiss } from '../use-dismiss.ts';

type ConflictItem = Item<'conflict', ConflictRecord>;

export const conflictKind: InboxKind<'conflict', ConflictRecord> = {
  ...conflictFacts,
  open: ({ record }) => navigate('conflicts', `conflict/${record.id}`),
  Detail: ConflictDetail,
};

const shownFiles = 12;

/** What two agents cannot settle alone; what can be done about it is in the view. */
export function ConflictDetail({ item }: { item: ConflictItem }) {
  const dismiss = useDismiss();
  const { id, severity, files, fileCount } = item.record;
  return (
    <DetailFrame
      item={item}
      verb={verbOf(item.record, item.agent)}
      footer={
        <div className="flex items-center gap-2">
          <Button
            look="primary"
            icon={GitMergeConflict}
            shortcut="Enter"
            onClick={() => navigate('conflicts', `conflict/${id}`)}
          >
            Show conflict
          </Button>
          <Button look="quiet" className="ml-auto" shortcut="Delete" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <p>
        <SeverityMark severity={severity} showWord /> {sayKind(item.record)}
      </p>
      <ul className="mt-2 text-sm">
        {files.slice(0, shownFiles).map((file) => (
          <li key={file.path} className="flex h-6 min-w-0 items-center gap-2">
            <code className="min-w-0 flex-1 truncate" title={toPlainLine(file.path)}>
              {toPlainLine(file.path)}
            </code>
            <span className="shrink-0 text-muted">{reasonOf(file)}</span>
          </li>
        ))}
      </ul>
      {fileCount > shownFiles && (
        <p className="mt-1 text-sm text-faint">and {fileCount - shownFiles} more</p>
      )}
      <p className="mt-3 text-muted">It is taken off this list by itself once it is over.</p>
    </DetailFrame>
  );
}
