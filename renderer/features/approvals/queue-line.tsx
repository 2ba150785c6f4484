import { ArrowUpToLine, LoaderCircle, Pause, Play, Undo2 } from 'lucide-react';
import type { ApprovalRecord } from '../../../preload/contract/approvals.ts';
import type { QueueHold } from '../../../preload/contract/merge-queue.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { shortId } from '../../ui/short-id.ts';
import { placeOf, type QueuePlace, strategyDone } from './queue-place.ts';

/** What the operator can do around merges, and what is known of the queue. */
export interface Merging {
  readonly approvals: readonly ApprovalRecord[];
  readonly holds: readonly QueueHold[];
  readonly onMoveFirst: (approval: ApprovalRecord, first: ApprovalRecord) => void;
  readonly onHold: (target: string) => void;
  /** Of all branches where `*` is held. */
  readonly onRelease: (hold: QueueHold) => void;
  readonly onTakeBack: (approval: ApprovalRecord) => void;
  readonly onUndo: (approval: ApprovalRecord) => void;
  readonly onPush: (approval: ApprovalRecord) => void;
}

interface LineProps {
  approval: ApprovalRecord;
  merging: Merging;
}

/** What waits for its turn, and why; or that it is being merged. */
export function QueueLine({ approval, merging }: LineProps) {
  const { pin, state, mergingMs, strategy = 'merge' } = approval;
  const commit = (
    <code className="shrink-0 text-sm">
      {shortId(pin.commit)} → {toPlainLine(pin.target)}
    </code>
  );
  if (state === 'merging')
    return (
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <LoaderCircle size={16} aria-hidden className="spin shrink-0 text-blue" />
        Merging {commit}
        {mergingMs !== undefined && (
          <span className="text-faint">
            since <RelativeTime atMs={mergingMs} />
          </span>
        )}
      </span>
    );
  const place = placeOf(approval, merging.approvals, merging.holds);
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-2">
      <StatusDot shape="half" tone={place.hold ? 'amber' : 'blue'} word="queued" />
      <span className="font-medium">{sayPlace(place)}</span>
      {commit}
      <span className="text-muted">{strategyDone[strategy]}</span>
      <span className="line-clamp-2 min-w-0 break-words text-muted">{sayWhy(place)}</span>
    </span>
  );
}

function sayPlace({ position, hold }: QueuePlace): string {
  const turn = position === 1 ? 'Next in the queue' : `Number ${position} in the queue`;
  return hold === undefined ? turn : `${turn}, held`;
}

function sayWhy({ behind, contains, hold }: QueuePlace): string {
  if (contains !== undefined) return `after “${toPlainLine(contains.title)}”, which it builds on`;
  if (behind !== undefined) return `behind “${toPlainLine(behind.title)}”`;
  if (hold === undefined) return '';
  return hold.target === '*' ? 'all branches are held' : `${toPlainLine(hold.target)} is held`;
}

/** For one that waits. */
export function QueueButtons({ approval, merging }: LineProps) {
  if (approval.state !== 'approved') return null;
  const { first, contains, hold } = placeOf(approval, merging.approvals, merging.holds);
  const { target } = approval.pin;
  return (
    <>
      <Button icon={Undo2} look="quiet" onClick={() => merging.onTakeBack(approval)}>
        Take back
      </Button>
      {first !== undefined && contains === undefined && (
        <Button icon={ArrowUpToLine} onClick={() => merging.onMoveFirst(approval, first)}>
          Merge first
        </Button>
      )}
      {hold === undefined ? (
        <Button icon={Pause} onClick={() => merging.onHold(target)}>
          Hold {toPlainLine(target)}
        </Button>
      ) : (
        <Button icon={Play} onClick={() => merging.onRelease(hold)}>
          {hold.target === '*' ? 'Release all' : `Release ${toPlainLine(target)}`}
        </Button>
      )}
    </>
  );
}

/** For one that is merged: the way back, and the push that the remote did not take. */
export function MergedButtons({ approval, merging }: LineProps) {
  const { state, undoneBy, push } = approval;
  if (state !== 'merged') return null;
  return (
    <>
      {push?.state === 'failed' && (
        <Button onClick={() => merging.onPush(approval)}>Push again</Button>
      )}
      {undoneBy === undefined && (
        <Button icon={Undo2} look="quiet" onClick={() => merging.onUndo(approval)}>
          Undo…
        </Button>
      )}
    </>
  );
}
