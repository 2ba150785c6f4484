import { useState } from 'react';
import type { WireError } from '../../../../preload/contract/errors.ts';
import type { CommandOutput } from '../../../hub/bridge.ts';
import { useHub } from '../../../hub/hub-context.tsx';
import { useRepository } from '../../../hub/use-repository.ts';
import { toWireErrorOf } from '../../../hub/wire-error.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { toPlainText } from '../../../ui/plain-text.ts';
import { TextField } from '../../../ui/text-field.tsx';
import { UntrustedLine } from '../../../ui/untrusted-text.tsx';
import { showDone } from '../../../ui/toast.tsx';
import { closeDialog } from '../stories-ui.ts';

type Outcome = CommandOutput<'story.import'>;

/** Stories of markdown files and issues on the machine of the hub: looked at first, then taken over whole. */
export function ImportDialog() {
  const { bridge } = useHub();
  const root = useRepository()?.root;
  const [path, setPath] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [plan, setPlan] = useState<Outcome>();
  const [error, setError] = useState<WireError>();
  const full = fullPath(path.trim(), root);
  const run = async (dryRun: boolean) => {
    if (full === undefined || isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      const { result } = await bridge.dispatch('story.import', { paths: [full], dryRun });
      if (dryRun) setPlan(result);
      else {
        closeDialog();
        showDone(sayCounts(result));
      }
    } catch (thrown) {
      setPlan(undefined);
      setError(toWireErrorOf(thrown));
    }
    setBusy(false);
  };
  const isNew = plan !== undefined && plan.counts.added + plan.counts.updated > 0;
  return (
    <Dialog
      open
      onOpenChange={closeDialog}
      title="Import stories"
      description="Markdown with front matter, and issues as GitHub has them in JSON. All of them or none; again and again."
      width="wide"
      footer={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button
            look={isNew ? 'normal' : 'primary'}
            busy={isBusy}
            disabled={full === undefined}
            onClick={() => run(true)}
          >
            Look first
          </Button>
          {isNew && (
            <Button look="primary" disabled={isBusy} onClick={() => run(false)}>
              Import {plan.counts.added + plan.counts.updated}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextField
          label="File or folder"
          hint={root === undefined ? 'A whole path' : `A whole path, or one from ${root}`}
          autoFocus
          className="font-mono"
          value={path}
          onChange={(event) => {
            setPath(event.target.value);
            setPlan(undefined);
          }}
          onKeyDown={(event) => event.key === 'Enter' && void run(plan === undefined)}
        />
        {error && <Faults error={error} />}
        {plan && <Plan plan={plan} />}
      </div>
    </Dialog>
  );
}

function fullPath(path: string, root: string | undefined): string | undefined {
  if (path === '') return undefined;
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return path;
  return root === undefined ? undefined : `${root}/${path.replace(/^\.\//, '')}`;
}

function sayCounts({ counts }: Outcome): string {
  const { added, updated, unchanged, kept, skipped } = counts;
  const parts = [
    `${added} new`,
    updated > 0 && `${updated} brought up to date`,
    unchanged > 0 && `${unchanged} as they are`,
    kept > 0 && `${kept} with what you changed kept`,
    skipped > 0 && `${skipped} closed or no issue`,
  ];
  return `${parts.filter(Boolean).join(', ')}.`;
}

function Faults({ error }: { error: WireError }) {
  return (
    <div role="alert" className="rounded-md border border-red bg-red-soft px-3 py-2">
      <div className="text-untrusted max-h-56 overflow-y-auto">{toPlainText(error.message)}</div>
      <div className="pt-1 text-muted">{toPlainText(error.mend)}</div>
    </div>
  );
}

const shown = 50;

function Plan({ plan }: { plan: Outcome }) {
  const rows = [
    ...plan.added.map((row) => ({ row, word: 'new' })),
    ...plan.updated.map((row) => ({ row, word: row.fields.join(', ') })),
    ...plan.kept.map((row) => ({ row, word: `kept: ${row.fields.join(', ')}` })),
  ];
  return (
    <section aria-label="What the import would do">
      <p role="status" className="pb-1 font-medium">
        {sayCounts(plan)}
      </p>
      <ul className="divide-y border-y">
        {rows.slice(0, shown).map(({ row, word }) => (
          <li key={`${word} ${row.source}`} className="flex h-7 items-center gap-2">
            <UntrustedLine text={row.title} className="flex-1" />
            <UntrustedLine text={row.source} className="max-w-60 text-sm text-muted" />
            <span className="w-28 shrink-0 truncate text-right text-sm text-faint">{word}</span>
          </li>
        ))}
      </ul>
      {rows.length > shown && <p className="pt-1 text-muted">and {rows.length - shown} more</p>}
    </section>
  );
}
