import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { TargetAlarm, TargetRecord } from '../../../../preload/contract/targets.ts';
import { useSend } from '../../../hub/use-command.ts';
import { useDecide } from '../../../shell/use-decisions.ts';
import { useShortcuts } from '../../../shell/use-shortcuts.ts';
import { Button } from '../../../ui/button.tsx';
import { toPlainLine } from '../../../ui/plain-text.ts';
import { shortId } from '../../../ui/short-id.ts';
import { DetailFrame } from '../detail-frame.tsx';
import type { InboxKind, Item } from '../kind.ts';
import { targetFacts } from './target.ts';
import { select } from '../inbox-ui.ts';
import { MoveBackDialog } from '../move-back-dialog.tsx';
import { Problem } from '../problem.tsx';
import { countCommits, MovesOfTarget } from '../target-moves.tsx';

type TargetItem = Item<'target', TargetRecord>;

export const targetKind: InboxKind<'target', TargetRecord> = {
  ...targetFacts,
  Detail: TargetDetail,
};

/** A branch that work is merged into is elsewhere, and it was not Musher: is that right? */
export function TargetDetail({ item }: { item: TargetItem }) {
  const { record } = item;
  const { alarm, failure, isRestoring = false } = record;
  const send = useSend();
  const decide = useDecide();
  const [isAsking, setAsking] = useState(false);
  const accept = () =>
    decide({
      subject: item.id,
      what: `${record.target} stays where it was moved to`,
      send: () => send('target.accept', { target: record.target }),
      onBack: () => select(item.id),
    });
  useShortcuts([{ keys: 'a', run: accept, decides: true }], !isRestoring);
  useShortcuts([{ keys: 'b', run: () => setAsking(true) }], !isRestoring);
  if (alarm === undefined) return null;
  return (
    <DetailFrame
      item={item}
      verb="moved without Musher"
      footer={
        <div className="flex flex-wrap items-center gap-2">
          <Button look="primary" icon={Check} shortcut="a" disabled={isRestoring} onClick={accept}>
            It is right
          </Button>
          <Button
            look="danger"
            icon={Undo2}
            shortcut="b"
            busy={isRestoring}
            onClick={() => setAsking(true)}
          >
            {isRestoring ? 'Moving back' : 'Move back…'}
          </Button>
        </div>
      }
    >
      {failure && (
        <div className="mb-3">
          <Problem error={failure} />
        </div>
      )}
      <Facts record={record} alarm={alarm} />
      {isAsking && (
        <MoveBackDialog
          record={record}
          alarm={alarm}
          onClose={() => setAsking(false)}
          onConfirm={() => void send('target.restore', { target: record.target })}
        />
      )}
    </DetailFrame>
  );
}

function Facts({ record, alarm }: { record: TargetRecord; alarm: TargetAlarm }) {
  const { from, to, added, removed, checkouts } = alarm;
  return (
    <>
      <p>
        Musher had it at <Id id={from} />, now it is at <Id id={to} />: {sayChange(added, removed)}.
      </p>
      <MovesOfTarget alarm={alarm} />
      <h3 className="mt-3 text-sm font-medium text-muted">Checked out in</h3>
      {checkouts.length === 0 ? (
        <p className="text-muted">No worktree: it was moved by its name alone.</p>
      ) : (
        <ul>
          {checkouts.map((path) => (
            <li key={path}>
              <code className="text-selectable text-sm break-all">{toPlainLine(path)}</code>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-3 text-muted">
        Merges into {toPlainLine(record.target)} build on where it is now. “It is right” takes this
        off the list and changes nothing else.
      </p>
    </>
  );
}

function Id({ id }: { id: string }) {
  return (
    <code title={id} className="text-selectable text-sm">
      {shortId(id)}
    </code>
  );
}

function sayChange(added: number, removed: number): string {
  const parts = [
    ...(added > 0 ? [`${countCommits(added)} added`] : []),
    ...(removed > 0 ? [`${countCommits(removed)} taken away`] : []),
  ];
  return parts.length === 0 ? 'how they relate is not known' : parts.join(', ');
}
