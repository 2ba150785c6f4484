import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Origin } from '../../../preload/contract/settings-facts.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { FoldMark } from '../../ui/fold-mark.tsx';
import { toPlainLine } from '../../ui/plain-text.ts';
import { useHub } from '../../hub/hub-context.tsx';
import { toWireErrorOf } from '../../hub/wire-error.ts';
import { showDone, showError } from '../../ui/toast.tsx';
import { AddRow } from './add-row.tsx';
import { gist } from './in-force.ts';
import type { Row, Rows } from './sections.ts';
import { rowText } from './said-text.ts';
import { SavingLine, SettingRow, whose } from './setting-row.tsx';
import { useSaving } from './use-saving.ts';

interface RowGroupProps {
  table: Rows;
  file: Origin;
  /** A search is on: what it found is in sight. */
  isOpen: boolean;
}

/** Rows that have names: each unfolds; one more is added below. */
export function RowGroup({ table, file, isOpen }: RowGroupProps) {
  const { about, label, rows } = table;
  return (
    <section aria-label={`Rows of ${about.key}`} className="border-b pb-2">
      {about.key.includes('.') && (
        <div className="px-4 pt-3 pb-1">
          <h3 className="font-medium">{label}</h3>
          <p className="text-sm text-muted">{about.help}.</p>
        </div>
      )}
      <ul>
        {rows.map((row) => (
          <NamedRow key={row.key} row={row} file={file} isOpen={isOpen} />
        ))}
      </ul>
      <AddRow table={table} file={file} />
    </section>
  );
}

function NamedRow({ row, file, isOpen }: { row: Row; file: Origin; isOpen: boolean }) {
  const [isUnfolded, setUnfolded] = useState(false);
  const { bridge } = useHub();
  const { saving, save } = useSaving(row.key, file);
  const [isSure, setSure] = useState(false);
  const isHere = row.in.includes(file);
  const remove = async () => {
    const before = rowText(row, file);
    if (!(await save(undefined)) || before === undefined) return;
    // It takes its line with it: what was done is said elsewhere.
    showDone(`${row.key} is removed.`, {
      label: 'Undo',
      onClick: () =>
        void bridge
          .dispatch('settings.set', { key: row.key, value: before, in: file })
          .catch((thrown: unknown) => showError(toWireErrorOf(thrown))),
    });
  };
  return (
    <li className="border-t">
      <details
        className="group"
        open={isOpen || isUnfolded}
        onToggle={(event) => setUnfolded(event.currentTarget.open)}
      >
        <summary className="flex cursor-pointer list-none items-center gap-2 px-4 py-1.5 hover:bg-hover">
          <FoldMark />
          <span className="font-medium wrap-anywhere">{toPlainLine(row.name)}</span>
          {row.in.map((one) => (
            <Badge key={one}>{whose[one]}</Badge>
          ))}
          <span className="min-w-0 truncate font-mono text-xs text-faint">
            {toPlainLine(gist(row))}
          </span>
        </summary>
        <ul className="ml-4 border-t border-l">
          {row.items.map((item) => (
            <SettingRow key={item.key} item={item} file={file} />
          ))}
          <li className="flex flex-wrap items-center gap-3 px-4 py-2">
            <Button
              look="danger"
              icon={Trash2}
              disabled={!isHere}
              onClick={() => (isSure ? void remove() : setSure(true))}
              onBlur={() => setSure(false)}
            >
              {isSure ? `Remove ${row.name}: press again` : `Remove ${row.name}`}
            </Button>
            {!isHere && <span className="text-sm text-muted">It is in the other file.</span>}
            <SavingLine saving={saving} />
          </li>
        </ul>
      </details>
    </li>
  );
}
