import { Check, Eye, GitPullRequestArrow } from 'lucide-react';
import { useState } from 'react';
import { useShortcuts } from '../../shell/use-shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { ChangeCounts } from '../../ui/change-counts.tsx';
import { classNames } from '../../ui/class-names.ts';
import { UntrustedLine } from '../../ui/untrusted-text.tsx';
import { openApproval, openedOf, useOpenedDiffs, viewedCountOf } from '../approvals/index.ts';
import { useStandings } from '../gates/index.ts';
import { ableOf, type ApproveRow, toApproveRows } from './approve-many.ts';
import { BulkConfirm } from './bulk-confirm.tsx';
import type { InboxItem } from './kinds.ts';
import { useApproveMany } from './use-approve-many.ts';

interface BulkApproveProps {
  /** All that are chosen. */
  items: readonly InboxItem[];
  shortcut: string;
}

/** A yes to several, but only to those whose diff was opened: the others are told apart, and one key leads to the first of them. */
export function BulkApprove({ items, shortcut }: BulkApproveProps) {
  const opened = useOpenedDiffs();
  const standingOf = useStandings();
  const approve = useApproveMany();
  const [isConfirming, setIsConfirming] = useState(false);
  const rows = toApproveRows(items, { openedOf: (one) => openedOf(opened, one), standingOf });
  const able = ableOf(rows);
  const unopened = rows.filter((row) => row.opened === undefined);
  const begin = () => able.length > 0 && setIsConfirming(true);
  const look = () => {
    const [first] = unopened;
    if (first) openApproval(first.item.record.id);
  };
  useShortcuts(
    [
      { keys: shortcut, run: begin, decides: true },
      { keys: 'o', run: look },
    ],
    rows.length > 0 && !isConfirming,
  );
  if (rows.length === 0) return null;
  return (
    <section aria-label="Approve" className="flex flex-col gap-2">
      <ul className="flex flex-col">
        {rows.map((row) => (
          <Row key={row.item.id} row={row} />
        ))}
      </ul>
      {isConfirming && able.length > 0 ? (
        <BulkConfirm
          rows={able}
          onConfirm={(note) => approve(able, note)}
          onCancel={() => setIsConfirming(false)}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button
            look={able.length > 0 ? 'primary' : 'normal'}
            icon={Check}
            shortcut={shortcut}
            disabled={able.length === 0}
            onClick={begin}
          >
            {sayApprove(able.length, rows.length)}
          </Button>
          {unopened.length > 0 && (
            <Button icon={GitPullRequestArrow} shortcut="o" onClick={look}>
              {unopened.length === 1 ? 'Open the other' : `Open the first of ${unopened.length}`}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function sayApprove(able: number, all: number): string {
  if (able === 0) return 'Approve none yet';
  return able === all ? `Approve all ${all}` : `Approve ${able} of ${all}`;
}

/** Leads to its diff. */
function Row({ row: { item, opened, why } }: { row: ApproveRow }) {
  const { record } = item;
  const { fileCount, additions, deletions } = record;
  const viewed = viewedCountOf(record);
  return (
    <li>
      <button
        type="button"
        onClick={() => openApproval(record.id)}
        className="grid w-full min-w-0 grid-cols-[auto_1fr] gap-x-2 rounded-md px-1 py-1 text-left hover:bg-hover"
      >
        <Eye
          size={16}
          strokeWidth={1.75}
          aria-hidden
          className={classNames('row-span-2 mt-0.5', opened ? 'text-green' : 'text-faint')}
        />
        <span className="flex min-w-0 items-center gap-2">
          <span className="shrink-0 font-medium">{item.agent}</span>
          <UntrustedLine text={record.title} className="flex-1" />
          <ChangeCounts additions={additions} deletions={deletions} />
        </span>
        <span
          className={classNames(
            'text-sm',
            why !== undefined || viewed < fileCount ? 'text-amber' : 'text-muted',
          )}
        >
          {why ??
            `opened, ${viewed} of ${fileCount === 1 ? '1 file' : `${fileCount} files`} viewed`}
        </span>
      </button>
    </li>
  );
}
