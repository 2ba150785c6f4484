// The shared file under a person and Musher who write it in turns: no word of the person is lost, no id stands twice.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findItems } from '../../main/features/learnings/file/items.ts';
import { fromRows, type Row, type Rows, toRows } from '../../main/features/learnings/file/rows.ts';
import { syncFile } from '../../main/features/learnings/file/sync.ts';
import { rounds } from '../harness/rounds.ts';

const sections = ['notes', 'waiting', 'permission'];
const ids = Array.from({ length: 6 }, (_, at) => ({
  id: `i-${at}`,
  section: sections[at % 3] ?? '',
}));

/** What a person may write: plain words, and what Musher could mistake for its own. */
const words = fc.constantFrom(
  ...['mine', '- mine', '  - mine below', '# Mine', '## Findings', '```', '<!-- mine -->', '-->'],
  ...['<!-- musher:written', 'i-1 4', '- <!-- musher -->', '\ttab', '=======', '* mine'],
);
const at = fc.nat({ max: 200 });
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('flush'), grow: fc.array(fc.nat({ max: 5 })) }),
  },
  fc.record({ do: fc.constant('write'), words, at }),
  fc.record({ do: fc.constant('edit'), at }),
  fc.record({ do: fc.constant('delete'), at }),
  fc.record({ do: fc.constant('move'), at, to: at }),
  fc.record({ do: fc.constant('drop'), at }),
  fc.record({ do: fc.constantFrom('crlf', 'lf', 'bare', 'bom') }),
);

interface Now {
  text: string | undefined;
  /** How often each happened. */
  readonly counts: number[];
  /** Rows that the person wrote or edited, each once. */
  readonly own: string[];
  /** At which count an item was last in the file, of those that the person deleted. */
  readonly gone: Map<string, number>;
  readonly dropped: Map<string, number>;
  serial: number;
}

it('no interleaving of edits by hand and flushes loses an edit or doubles an item', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const now: Now = {
        text: undefined,
        counts: ids.map(() => 1),
        own: [],
        gone: new Map(),
        dropped: new Map(),
        serial: 0,
      };
      for (const one of steps) {
        if (one.do === 'flush') flush(now, 'grow' in one ? one.grow : []);
        else if (now.text !== undefined) editByHand(now, one);
      }
      flush(now, []);
    }),
    { numRuns: rounds(150, 20_000) },
  );
});

function flush(now: Now, grow: readonly number[]): void {
  for (const which of grow) now.counts[which] = (now.counts[which] ?? 0) + 1;
  const counted = ids.map(({ id, section }, which) => {
    const count = now.counts[which] ?? 1;
    return { id, section, count, lines: [`${id} ${count} times`, 'and more'] };
  });
  const isDropped = ({ id, count }: { id: string; count: number }) =>
    count < 2 * (now.dropped.get(id) ?? 0);
  const model = {
    items: counted.filter((one) => !isDropped(one)),
    dropped: counted.filter(isDropped),
  };
  const before = now.text;
  const synced = syncFile(before, model);
  if (!('text' in synced) || synced.text === undefined) throw new Error('nothing was written');
  const { text } = synced;
  const lines = linesOf(text);
  for (const row of now.own)
    expect(
      lines.filter((line) => line === row),
      row,
    ).toHaveLength(1);
  const there = findItems(toRows(text).rows).map(({ id }) => id);
  expect(there).toEqual([...new Set(there)]);
  for (const [id, last] of now.gone) {
    const { count = 0 } = counted.find((one) => one.id === id) ?? {};
    if (count < 2 * last) expect(there).not.toContain(id);
    else if (there.includes(id)) now.gone.delete(id);
  }
  expect(syncFile(text, model)).toEqual({ text });
  now.text = text;
}

type Step = { do: string; words?: string; at?: number; to?: number };

function editByHand(now: Now, step: Step): void {
  const text = now.text ?? '';
  now.serial += 1;
  now.text = bytes[step.do]?.(text) ?? rowsEdited(now, step, toRows(text));
}

const bytes: Readonly<Record<string, (text: string) => string>> = {
  crlf: (text) => text.replace(/\r?\n/g, '\r\n'),
  lf: (text) => text.replaceAll('\r\n', '\n'),
  bare: (text) => text.replace(/\r?\n$/, ''),
  bom: (text) => `\ufeff${text.replace('\ufeff', '')}`,
};

function rowsEdited(now: Now, step: Step, file: Rows): string {
  const { do: what, words: typed = '', at: place = 0, to = 0 } = step;
  const rows = [...file.rows];
  const items = findItems(rows).filter(({ isAsWritten }) => isAsWritten);
  const item = items[place % Math.max(1, items.length)];
  if (what === 'write') write(now, { rows, typed, at: place % (rows.length + 1), end: file.end });
  if (what === 'edit' && item !== undefined) {
    const first = rows[item.from] as Row;
    const text = `${first.text} edited ${now.serial}`;
    rows[item.from] = { ...first, text };
    now.own.push(text);
  }
  if (what === 'delete' && item !== undefined) {
    rows.splice(item.from, item.to + 1 - item.from);
    now.gone.set(item.id, item.count);
  }
  if (what === 'move' && item !== undefined) {
    const moved = rows.splice(item.from, item.to + 1 - item.from);
    rows.splice(to % (rows.length + 1), 0, ...moved);
  }
  if (what === 'drop') {
    const which = place % ids.length;
    now.dropped.set(ids[which]?.id ?? '', now.counts[which] ?? 1);
  }
  return fromRows({ ...file, rows });
}

interface Writing {
  readonly rows: Row[];
  readonly typed: string;
  readonly at: number;
  readonly end: Row['end'];
}

function write(now: Now, { rows, typed, at: row, end }: Writing): void {
  const items = findItems(rows).filter(({ isAsWritten }) => isAsWritten);
  // Inside of an item it is an edit of it.
  if (items.some(({ from, to }) => row > from && row <= to)) return;
  // Who ends the comment in its middle takes the end of it for text.
  const ledger = rows.findIndex(({ text }) => text === '<!-- musher:written');
  if (typed === '-->' && row > ledger) return;
  // Plain words are known again by a number.
  const text = /[a-z]$/.test(typed) ? `${typed} ${now.serial}` : typed;
  rows.splice(row, 0, { text, end });
  if (text !== typed) now.own.push(text);
}

function linesOf(text: string): string[] {
  return toRows(text).rows.map((row) => row.text);
}
