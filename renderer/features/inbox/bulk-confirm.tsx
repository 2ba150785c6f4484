import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { matchesChord } from '../../ui/shortcut.ts';
import { TextArea } from '../../ui/text-field.tsx';
import { allowMoving, mayMove } from '../approvals/index.ts';
import { type ApproveRow, checkoutsOf } from './approve-many.ts';
import { focusInboxList } from './inbox-list.tsx';

interface BulkConfirmProps {
  /** All of them are approved. */
  rows: readonly ApproveRow[];
  onConfirm: (note: string) => void;
  onCancel: () => void;
}

const maxNote = 20_000;

/** The second step, as for one alone: Enter merges, Escape goes back. */
export function BulkConfirm({ rows, onConfirm, onCancel }: BulkConfirmProps) {
  const [note, setNote] = useState('');
  const checkouts = checkoutsOf(rows);
  const [allowed, setAllowed] = useState(() => new Set(checkouts.filter(mayMove)));
  const confirm = useRef<HTMLButtonElement>(null);
  const firstCheckout = useRef<HTMLInputElement>(null);
  const isFree = checkouts.every((path) => allowed.has(path));
  const canConfirm = isFree && note.length <= maxNote;
  const first = isFree ? confirm : firstCheckout;
  // Where it is when this opens, and where it goes on once the files may change.
  useEffect(() => first.current?.focus(), [first]);
  const cancel = () => {
    onCancel();
    focusInboxList();
  };
  useShortcuts([{ keys: 'Escape', run: cancel }]);
  const send = () => canConfirm && onConfirm(note.trim());
  const handleKey = (event: React.KeyboardEvent) => {
    if (matchesChord(event, 'Mod+Enter')) send();
    else if (event.key === 'Escape') confirm.current?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const allow = (path: string, isAllowed: boolean) => {
    allowMoving(path, isAllowed);
    const others = [...allowed].filter((one) => one !== path);
    setAllowed(new Set(isAllowed ? [...others, path] : others));
  };
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line-strong bg-raised p-3">
      <p className="font-medium">
        {rows.length === 1 ? 'Merge the one' : `Merge these ${rows.length}`}, each as it was shown?
      </p>
      <TextArea
        label="Note to each agent"
        placeholder="Nothing need be said"
        rows={2}
        value={note}
        error={note.length > maxNote ? `${note.length - maxNote} characters too long.` : undefined}
        onChange={(event) => setNote(event.target.value)}
        onKeyDown={handleKey}
      />
      {checkouts.map((path, at) => (
        <label key={path} className="flex min-w-0 items-center gap-2" title={toPlainLine(path)}>
          <input
            ref={at === 0 ? firstCheckout : undefined}
            type="checkbox"
            checked={allowed.has(path)}
            onChange={(event) => allow(path, event.target.checked)}
            className="size-3.5 shrink-0 accent-(--accent)"
          />
          <span className="shrink-0">Change the files checked out in</span>
          <code className="min-w-0 truncate text-sm text-faint">{toPlainLine(path)}</code>
        </label>
      ))}
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" shortcut="Escape" onClick={cancel}>
          Cancel
        </Button>
        <Button
          ref={confirm}
          look="primary"
          icon={Check}
          shortcut="Enter"
          disabled={!canConfirm}
          onClick={send}
        >
          Approve and merge
        </Button>
      </div>
    </div>
  );
}
