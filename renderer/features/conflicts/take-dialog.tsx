import { useMemo, useState } from 'react';
import type { IntentRecord } from '../../../preload/contract/intents.ts';
import { useSend } from '../../hub/use-command.ts';
import { useRecord, useRecords } from '../../hub/use-records.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { matchesChord } from '../../ui/shortcut.ts';
import { Select, TextArea } from '../../ui/text-field.tsx';
import { closeTaking, useConflictsUi } from './conflicts-ui.ts';
import { pathOf } from './intended-files.ts';

/** Asked for from anywhere; gone when the intent is. */
export function TakeDialog() {
  const from = useConflictsUi(({ takingFrom }) => takingFrom);
  const intent = useRecord('intent', from);
  return intent ? <Asking key={intent.seq} intent={intent} /> : null;
}

function Asking({ intent }: { intent: IntentRecord }) {
  const { agent, files, exclusive } = intent;
  const paths = useMemo(() => [...new Set(files.map(pathOf))], [files]);
  const others = useRecords('agent').filter(
    ({ id, state }) => id !== agent && state !== 'destroyed',
  );
  const send = useSend();
  const [to, setTo] = useState('');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const taken = paths.filter((path) => !left.has(path));
  const canTake = taken.length > 0 && reason.trim() !== '' && !isBusy;
  const take = async () => {
    if (!canTake) return;
    setBusy(true);
    const isTaken = await send('intent.steal', {
      from: agent,
      ...(to !== '' && { to }),
      // All of them also where it has more than are named here by then.
      ...(left.size > 0 && { files: taken }),
      reason: reason.trim(),
    });
    setBusy(false);
    if (isTaken) closeTaking();
  };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && closeTaking()}
      title={`Take files from ${agent}`}
      description={
        exclusive
          ? `${agent} has claimed what it is about to change: nobody else can, until you take it.`
          : `${agent} has said that it is about to change them.`
      }
      footer={
        <>
          <Button onClick={closeTaking}>Cancel</Button>
          <Button
            look="primary"
            shortcut="Mod+Enter"
            disabled={!canTake}
            busy={isBusy}
            onClick={() => void take()}
          >
            {to === '' ? 'Release' : 'Take'}{' '}
            {taken.length === 1 ? '1 file' : `${taken.length} files`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Select label="Who gets them" value={to} onChange={(event) => setTo(event.target.value)}>
          <option value="">Nobody: they are free</option>
          {others.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </Select>
        <Paths paths={paths} left={left} onLeft={setLeft} />
        <TextArea
          label="Reason"
          hint={to === '' ? `${agent} reads it.` : `${agent} and ${to} read it.`}
          autoFocus
          rows={2}
          maxLength={2_000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => {
            if (!matchesChord(event, 'Mod+Enter')) return;
            event.preventDefault();
            void take();
          }}
        />
      </div>
    </Dialog>
  );
}

interface PathsProps {
  paths: readonly string[];
  /** Those that it keeps. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

function Paths({ paths, left, onLeft }: PathsProps) {
  const toggle = (path: string) => {
    const next = new Set(left);
    if (!next.delete(path)) next.add(path);
    onLeft(next);
  };
  return (
    <fieldset className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium">Files</legend>
      <div className="max-h-40 overflow-y-auto rounded-md border border-line-strong px-2 py-1">
        {paths.map((path) => (
          <label key={path} className="flex h-6 min-w-0 items-center gap-2">
            <input
              type="checkbox"
              checked={!left.has(path)}
              onChange={() => toggle(path)}
              className="size-3.5 shrink-0 accent-(--accent)"
            />
            <code className="min-w-0 truncate text-sm" title={toPlainLine(path)}>
              {toPlainLine(path)}
            </code>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
