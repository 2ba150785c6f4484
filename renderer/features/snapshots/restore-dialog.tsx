import { type FormEvent, useId, useState } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayError } from '../../ui/say-error.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { showDone } from '../../ui/toast.tsx';
import { countOf, readPaths } from './present-snapshot.ts';
import { useAsked } from './use-asked.ts';

interface RestoreDialogProps {
  agent: AgentRecord;
  snapshot: Snapshot;
  onClose: () => void;
}

type Place = 'worktree' | 'folder';

/** Where files come back to, and exactly what happens there. */
export function RestoreDialog({ agent, snapshot, onClose }: RestoreDialogProps) {
  const hasWorktree = agent.worktreePath !== undefined;
  const runs = hasWorktree && agent.state !== 'stopped';
  const [place, setPlace] = useState<Place>(hasWorktree ? 'worktree' : 'folder');
  const [folder, setFolder] = useState('');
  const [only, setOnly] = useState('');
  const [isForced, setForced] = useState(false);
  const { isBusy, error, ask } = useAsked();
  const formId = useId();
  const isInto = place === 'worktree';
  const isHeld = isInto && runs && !isForced;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const paths = readPaths(only);
    const done = await ask('snapshot.restore', {
      snapshot: snapshot.id,
      ...(isInto ? { agent: agent.id, force: isForced } : { to: folder.trim() }),
      ...(paths && { paths }),
    });
    if (done === undefined) return;
    showDone(`${countOf(done.files ?? 0, 'file is', 'files are')} back in ${done.path ?? ''}`);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Restore the files of ${agent.id}`}
      description={
        <>
          As they were <RelativeTime atMs={snapshot.atMs} withAgo />, in snapshot {snapshot.id}.
        </>
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            form={formId}
            busy={isBusy}
            disabled={isHeld || (!isInto && folder.trim() === '')}
          >
            {isBusy ? 'Restoring' : 'Restore'}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        {error && (
          <div role="alert" className="rounded-md bg-red-soft px-3 py-2 text-red wrap-anywhere">
            {sayError(error)}
          </div>
        )}
        {hasWorktree && (
          <div>
            <Segmented<Place>
              label="Restore to"
              value={place}
              onChange={setPlace}
              segments={[
                { value: 'worktree', label: 'Into its worktree' },
                { value: 'folder', label: 'Into a new folder' },
              ]}
            />
          </div>
        )}
        {!isInto && (
          <TextField
            label="New folder"
            placeholder="/home/me/rescued"
            hint="An absolute path where there is nothing yet."
            value={folder}
            autoFocus
            onChange={(event) => setFolder(event.target.value)}
          />
        )}
        <TextArea
          label="Only these files and folders"
          hint="One a line, from the root of the worktree. Empty: all of them."
          className="font-mono text-sm"
          rows={2}
          value={only}
          onChange={(event) => setOnly(event.target.value)}
        />
        <WhatHappens agent={agent} isInto={isInto} isPart={readPaths(only) !== undefined} />
        {isInto && runs && <Consent agent={agent.id} isGiven={isForced} onGive={setForced} />}
      </form>
    </Dialog>
  );
}

interface WhatHappensProps {
  agent: AgentRecord;
  isInto: boolean;
  isPart: boolean;
}

function WhatHappens({ agent, isInto, isPart }: WhatHappensProps) {
  const points = isInto
    ? [
        'What is there now is kept in a snapshot of its own first.',
        isPart
          ? 'Those files become as they were, as uncommitted changes; the others stay.'
          : 'Its files become as they were, as uncommitted changes. Files that were not there then are removed; what git ignores stays.',
        `The branch ${agent.branch} and its commits stay where they are.`,
      ]
    : [
        'The files are written there byte for byte; no worktree is touched.',
        'It is a folder and no repository: without branch and history.',
        ...(agent.worktreePath === undefined
          ? ['To have the agent back with its newest files, revive it instead.']
          : []),
      ];
  return (
    <ul className="flex list-disc flex-col gap-1 pl-4 text-muted">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

interface ConsentProps {
  agent: string;
  isGiven: boolean;
  onGive: (isGiven: boolean) => void;
}

function Consent({ agent, isGiven, onGive }: ConsentProps) {
  return (
    <label className="flex items-start gap-2 rounded-md bg-amber-soft px-3 py-2">
      <input
        type="checkbox"
        className="mt-0.5"
        checked={isGiven}
        onChange={(event) => onGive(event.target.checked)}
      />
      <span>
        Restore while its program runs: {agent} then sees files change that it did not write, and
        may write over them. Better stop it first.
      </span>
    </label>
  );
}
