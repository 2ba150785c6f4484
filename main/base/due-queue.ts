/** Rows whose time has come, of a table that is large and changes all the time: what is asked each second costs what changed since. */
import type { Table } from '../../preload/contract/table.ts';

interface Entry {
  readonly id: string;
  readonly dueMs: number;
}

/**
 * Like `dueRows`, but with a heap beside the newest table it was asked about, brought up to date by what differs. Rows come in the order
 * they are due. `most`: of more, those that are due first are told, and the others once these have changed: so a look is short also when
 * all are due at once.
 */
export function dueQueue<T>(
  dueMs: (row: T) => number | undefined,
  most = Infinity,
): (table: Table<T>, nowMs: number) => T[] {
  let known: Table<T> | undefined;
  let heap: Entry[] = [];
  /** Due, and not changed yet: they are told again. */
  let ready: Entry[] = [];

  function follow(table: Table<T>): void {
    if (known === table) return;
    if (known === undefined) {
      table.forEach((row, id) => {
        note(id, row);
      });
    } else {
      for (const { id, after } of known.differencesTo(table)) note(id, after);
    }
    known = table;
    // What changed leaves an entry that holds no more; when most do, they go.
    if (heap.length > 64 && heap.length > 4 * table.size) again(table);
  }

  function note(id: string, row: T | undefined): void {
    const at = row === undefined ? undefined : dueMs(row);
    if (at !== undefined) push(heap, { id, dueMs: at });
  }

  function again(table: Table<T>): void {
    heap = [];
    ready = [];
    table.forEach((row, id) => {
      note(id, row);
    });
  }

  return (table, nowMs) => {
    follow(table);
    const isStill = ({ id, dueMs: at }: Entry) => {
      const row = table.get(id);
      return row !== undefined && dueMs(row) === at;
    };
    // The clock went back: what was due may not be.
    for (const entry of ready.filter(({ dueMs: at }) => at > nowMs)) push(heap, entry);
    ready = ready.filter((entry) => entry.dueMs <= nowMs && isStill(entry));
    const told = new Set(ready.map(({ id }) => id));
    while (ready.length < most) {
      const [first] = heap;
      if (first === undefined || first.dueMs > nowMs) break;
      pop(heap);
      if (told.has(first.id) || !isStill(first)) continue;
      told.add(first.id);
      ready.push(first);
    }
    return ready.flatMap(({ id }) => table.get(id) ?? []);
  };
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent] as Entry;
    if (above.dueMs <= entry.dueMs) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    const right = heap[child + 1];
    if (right !== undefined && right.dueMs < (heap[child] as Entry).dueMs) child += 1;
    const below = heap[child] as Entry;
    if (below.dueMs >= last.dueMs) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}
