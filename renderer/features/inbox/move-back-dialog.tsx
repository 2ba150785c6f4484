import type { TargetAlarm, TargetRecord } from '../../../preload/contract/targets.ts';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { shortId } from '../../ui/short-id.ts';
import { countCommits } from './target-moves.tsx';

interface MoveBackDialogProps {
  record: TargetRecord;
  alarm: TargetAlarm;
  onClose: () => void;
  onConfirm: () => void;
}

/** Says exactly what will happen, before it does. */
export function MoveBackDialog({ record, alarm, onClose, onConfirm }: MoveBackDialogProps) {
  const name = toPlainLine(record.target);
  const { from, to, added, removed, checkouts } = alarm;
  const facts = [
    `${name} goes from ${shortId(to)} to ${shortId(from)}, if it still is there by then.`,
    ...(added > 0
      ? [
          `${countCommits(added)} leave${added === 1 ? 's' : ''} it. Nothing is lost: Musher keeps ${shortId(to)} at a ref of its own, which your Inbox names then.`,
        ]
      : []),
    ...(removed > 0
      ? [`${countCommits(removed)} that it had come${removed === 1 ? 's' : ''} back.`]
      : []),
    checkouts.length === 0
      ? 'It is checked out nowhere, so no files change.'
      : `Files change along where it is checked out: ${checkouts.map(toPlainLine).join(', ')}. Where something is uncommitted there, nothing is moved at all.`,
  ];
  return (
    <ConfirmDialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={`Move ${name} back?`}
      confirm="Move back"
      danger
      onConfirm={onConfirm}
    >
      <ul className="flex list-disc flex-col gap-1 pl-4">
        {facts.map((fact) => (
          <li key={fact} className="wrap-anywhere">
            {fact}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
