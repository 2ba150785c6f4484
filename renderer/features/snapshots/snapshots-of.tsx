import { useState } from 'react';
import type { AgentRecord } from '../../../preload/contract/agents.ts';
import type { WireError } from '../../../preload/contract/errors.ts';
import type { Snapshot } from '../../../preload/contract/snapshots.ts';
import { useConnection } from '../../hub/connection.ts';
import { useQuery } from '../../hub/use-command.ts';
import { useRecord } from '../../hub/use-records.ts';
import { FailedLine } from '../../ui/failed-line.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { sayError } from '../../ui/say-error.ts';
import { showDone, showError } from '../../ui/toast.tsx';
import { DiffDialog } from './diff-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { SnapshotRow } from './snapshot-row.tsx';
import { useAsked } from './use-asked.ts';

/** At first, and with each step. */
const step = 5;
const most = 500;

type Opened = { readonly what: 'diff' | 'restore'; readonly snapshot: Snapshot } | undefined;

/** What is kept of an agent's files, also of one that is destroyed; to look at and to bring back. */
export function SnapshotsOf({ agent }: { agent: AgentRecord }) {
  const { result, error, reload, failure } = useSnapshots(agent.id);
  const [shown, setShown] = useState(step);
  const [opened, setOpened] = useState<Opened>();
  const close = () => setOpened(undefined);
  return (
    <section aria-label={`Snapshots of ${agent.id}`} className="flex flex-col gap-1 px-4 pb-4">
      <h3 className="flex h-6 items-center justify-between text-sm text-faint">
        Snapshots
        {agent.worktreePath !== undefined && <KeepNow agent={agent.id} />}
      </h3>
      {failure && <Trouble error={failure.error} atMs={failure.atMs} />}
      {error !== undefined && <FailedLine error={error} onRetry={reload} />}
      {result === undefined && error === undefined && (
        <p role="status" className="text-sm text-faint">
          Looking for snapshots…
        </p>
      )}
      {result?.total === 0 && (
        <p className="text-sm text-muted">
          None yet. Its files are kept when its program ends, and every ten minutes while they
          change.
        </p>
      )}
      <ul className="flex flex-col gap-2">
        {result?.snapshots.slice(0, shown).map((snapshot) => (
          <SnapshotRow
            key={snapshot.ref}
            snapshot={snapshot}
            onOpen={(what) => setOpened({ what, snapshot })}
          />
        ))}
      </ul>
      {result !== undefined && result.snapshots.length > shown && (
        <button
          type="button"
          className="self-start rounded-sm text-sm text-accent hover:underline"
          onClick={() => setShown(shown + 4 * step)}
        >
          Show earlier ones ({result.total - shown})
        </button>
      )}
      {opened?.what === 'diff' && (
        <DiffDialog
          snapshot={opened.snapshot}
          hasWorktree={agent.worktreePath !== undefined}
          onClose={close}
          onRestore={() => setOpened({ what: 'restore', snapshot: opened.snapshot })}
        />
      )}
      {opened?.what === 'restore' && (
        <RestoreDialog agent={agent} snapshot={opened.snapshot} onClose={close} />
      )}
    </section>
  );
}

function useSnapshots(agent: string) {
  const isLive = useConnection().state === 'live';
  const kept = useRecord('kept', agent);
  // A new one is asked for at once: the list is one look at git.
  const mark = kept?.last?.ref;
  const asked = isLive ? { agent, limit: most } : undefined;
  const { result, error, reload } = useQuery('snapshot.list', asked);
  const [known, setKnown] = useState(mark);
  if (known !== mark) {
    setKnown(mark);
    reload();
  }
  return { result, error, reload, failure: kept?.failure };
}

function KeepNow({ agent }: { agent: string }) {
  const { isBusy, ask } = useAsked(showError);
  const keep = async () => {
    const outcome = await ask('snapshot.take', { agent });
    if (outcome?.isNew) showDone(`The files of ${agent} are kept`);
    else if (outcome) showDone(`The newest snapshot of ${agent} has all of it already`);
  };
  return (
    <button
      type="button"
      disabled={isBusy}
      aria-busy={isBusy}
      className="rounded-sm text-accent hover:underline disabled:text-faint disabled:no-underline"
      onClick={() => void keep()}
    >
      {isBusy ? 'Keeping…' : 'Keep now'}
    </button>
  );
}

/** Said once, here; the next snapshot takes it away. */
function Trouble({ error, atMs }: { error: WireError; atMs: number }) {
  return (
    <div role="alert" className="rounded-md bg-red-soft px-2 py-1 text-sm text-red wrap-anywhere">
      {sayError(error)} Musher does so by itself; the last try was{' '}
      <RelativeTime atMs={atMs} withAgo />.
    </div>
  );
}
