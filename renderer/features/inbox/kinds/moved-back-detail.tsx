import type { TargetRecord } from '../../../../preload/contract/targets.ts';
import { Button } from '../../../ui/button.tsx';
import { CopyLine } from '../../../ui/copy-line.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { listLeft } from '../../commits/index.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { movedBackFacts } from './moved-back.ts';
import { useDismiss } from '../use-dismiss.ts';

type MovedBackItem = Item<'moved-back', TargetRecord>;

export const movedBackKind: InboxKind<'moved-back', TargetRecord> = {
  ...movedBackFacts,
  Detail: MovedBackDetail,
};

/** The operator moved a target back: where the commits are that it left by that. */
export function MovedBackDetail({ item }: { item: MovedBackItem }) {
  const dismiss = useDismiss();
  const { target, commit, left } = item.record;
  if (left === undefined) return null;
  return (
    <DetailFrame
      item={item}
      verb="was moved back"
      footer={
        <div className="flex">
          <Button look="quiet" className="ml-auto" shortcut="x" onClick={() => dismiss(item)}>
            Dismiss
          </Button>
        </div>
      }
    >
      <p>
        {toPlainLine(target)} is at{' '}
        <code title={commit} className="text-selectable text-sm">
          {commit.slice(0, 10)}
        </code>{' '}
        again. The commits that it left by that are kept at
      </p>
      <p className="my-1">
        <code className="text-selectable text-sm break-all">{toPlainLine(left.keptRef)}</code>
      </p>
      <p className="mt-3 mb-1">To see them, in any worktree of the repository:</p>
      <CopyLine label="Copy the command that lists them" text={listLeft(commit, left.keptRef)} />
      <p className="mt-3 text-muted">
        <code>git cherry-pick</code> takes one of them over, <code>git branch</code> gives the ref a
        name of your own.
      </p>
    </DetailFrame>
  );
}
