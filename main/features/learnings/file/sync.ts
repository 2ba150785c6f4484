/**
 * The file that a team shares, brought up to date. Pure: from what stands in it and what is to stand there comes what is written. What a
 * person did to it stays: an item that was edited is never written again, one that was moved is updated where it is, one that was deleted
 * stays away until it happened twice as often, and every other row is left as it is, to the byte.
 */
import { findItems, type FileItem, itemLines, type PlacedItem } from './items.ts';
import { bounded, ledgerLines, takeLedger } from './ledger.ts';
import { fromRows, isConflictMark, type Row, toRows } from './rows.ts';
import { beginning, notes, withLines } from './sections.ts';

export interface FileModel {
  /** Those of one section stand together. */
  readonly items: readonly FileItem[];
  /** What the operator dropped, at which count: it goes, unless somebody edited it. */
  readonly dropped: ReadonlyArray<Pick<FileItem, 'id' | 'count'>>;
}

export type Synced =
  /** The same text where nothing is to be written; undefined where there is no file and nothing for one. */
  | { readonly text: string | undefined }
  /** A merge was left unfinished in it, at this line, from 1: it is left alone. */
  | { readonly conflictedAt: number };

/** A figure that grew by less than a quarter is no news: the file is in git, and its changes are read. */
const growth = 1.25;
/** What was deleted by hand comes back when it happened so many times as often. */
const comeback = 2;

export function syncFile(before: string | undefined, model: FileModel): Synced {
  const isNew = before === undefined || before.trim() === '';
  const file = toRows(isNew ? `${beginning.join('\n')}\n` : before);
  const conflictedAt = file.rows.findIndex(isConflictMark) + 1;
  if (conflictedAt > 0) return { conflictedAt };
  const { written: were, rest } = takeLedger(file.rows);
  const placed = findItems(rest);
  const { edits, added, written } = plan({ placed, were, model });
  const isSame = edits.size === 0 && added.size === 0 && isEqual(written, were);
  if (isSame) return { text: before };
  const sections = [...added].sort(([a], [b]) => Number(b === notes) - Number(a === notes));
  const body = sections.reduce(
    (rows, [section, lines]) => withLines(rows, section, lines),
    edited(rest, edits),
  );
  const ledger = ledgerLines(written);
  const isOpen = ledger.length > 0 && body.at(-1)?.text.trim() !== '';
  const tail = [...(isOpen ? [''] : []), ...ledger].map((text): Row => ({ text }));
  return { text: fromRows({ ...file, rows: [...body, ...tail] }) };
}

interface Plan {
  /** What becomes of items that are there: other lines, or none. */
  readonly edits: ReadonlyMap<PlacedItem, readonly string[]>;
  /** New lines by section. */
  readonly added: ReadonlyMap<string, string[]>;
  readonly written: ReadonlyMap<string, number>;
}

function plan(now: {
  readonly placed: readonly PlacedItem[];
  readonly were: ReadonlyMap<string, number>;
  readonly model: FileModel;
}): Plan {
  const { placed, were, model } = now;
  const edits = new Map<PlacedItem, readonly string[]>();
  const added = new Map<string, string[]>();
  const written = new Map(were);
  const note = (id: string, count: number) =>
    void written.set(id, Math.max(count, written.get(id) ?? 0));
  // Of one that stands twice, the first is the item and the other somebody's copy.
  const byId = new Map([...placed].reverse().map((one) => [one.id, one]));
  for (const { id, count } of placed) note(id, count);
  for (const item of model.items) {
    const there = byId.get(item.id);
    if (there !== undefined) {
      if (!there.isAsWritten || !isNews(item, there)) continue;
      edits.set(there, itemLines(item));
    } else {
      const last = written.get(item.id);
      if (last !== undefined && item.count < comeback * last) continue;
      added.set(item.section, [...(added.get(item.section) ?? []), ...itemLines(item)]);
    }
    note(item.id, item.count);
  }
  for (const { id, count } of model.dropped) {
    const there = byId.get(id);
    if (there === undefined) continue;
    if (there.isAsWritten && !there.isContinued) edits.set(there, []);
    note(id, count);
  }
  const wanted = new Set([...byId.keys(), ...model.items.map(({ id }) => id)]);
  return { edits, added, written: bounded(written, (id) => wanted.has(id)) };
}

function isNews(item: FileItem, there: PlacedItem): boolean {
  const least = item.section === notes ? there.count + 1 : there.count * growth;
  return item.count > there.count && item.count >= least;
}

function edited(rows: readonly Row[], edits: Plan['edits']): Row[] {
  const byRow = new Map([...edits].map(([item, lines]) => [item.from, { item, lines }]));
  const next: Row[] = [];
  for (let at = 0; at < rows.length; at++) {
    const edit = byRow.get(at);
    if (edit === undefined) next.push(rows[at] as Row);
    else {
      next.push(...edit.lines.map((text): Row => ({ text })));
      at = edit.item.to;
    }
  }
  return next;
}

function isEqual(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([id, count]) => b.get(id) === count);
}
