/**
 * What Musher has ever written into this file, in an invisible comment at its end: an id that is there and has no item was deleted by
 * hand. It is in the file and not beside the log, so that a deletion counts for everybody who has the file, on every branch as it is there.
 */
import type { Row } from './rows.ts';

const opening = '<!-- musher:written';
const closing = '-->';
const entry = /^([\w-]{1,40}) (\d{1,9})$/;
/** Beyond, those go first that nobody asks for any more. */
const mostEntries = 2_000;

export type Written = ReadonlyMap<string, number>;

export interface Ledger {
  readonly written: Written;
  /** The file without it; what somebody else wrote into it stands where it stood. */
  readonly rest: readonly Row[];
}

/** Of several, as a merge may leave them, all are read. */
export function takeLedger(rows: readonly Row[]): Ledger {
  const written = new Map<string, number>();
  const rest: Row[] = [];
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as Row;
    if (row.text !== opening) {
      rest.push(row);
      continue;
    }
    const end = endOf(rows, at);
    for (const inside of rows.slice(at + 1, end)) {
      const [, id, count] = entry.exec(inside.text) ?? [];
      if (id === undefined) rest.push(inside);
      else written.set(id, Math.max(Number(count), written.get(id) ?? 0));
    }
    at = rows[end]?.text === closing ? end : end - 1;
  }
  return { written, rest };
}

/** The row that closes it; where somebody took that away, the first that is no entry. */
function endOf(rows: readonly Row[], from: number): number {
  const end = rows.findIndex(({ text }, at) => at > from && (text === closing || text === opening));
  if (rows[end]?.text === closing) return end;
  const first = rows.findIndex(({ text }, at) => at > from && !entry.test(text));
  return first === -1 ? rows.length : first;
}

export function ledgerLines(written: Written): string[] {
  if (written.size === 0) return [];
  // One row each and in order: two branches that add different ones merge as often as can be.
  const entries = [...written].map(([id, count]) => `${id} ${count}`).sort();
  return [opening, ...entries, closing];
}

export function bounded(written: Written, isNeeded: (id: string) => boolean): Written {
  const excess = written.size - mostEntries;
  if (excess <= 0) return written;
  const gone = new Set(
    [...written.keys()]
      .filter((id) => !isNeeded(id))
      .sort()
      .slice(0, excess),
  );
  return new Map([...written].filter(([id]) => !gone.has(id)));
}
