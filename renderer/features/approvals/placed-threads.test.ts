import { expect, it } from 'vitest';
import type { ThreadPlace, ThreadRecord } from '../../../preload/contract/reviews.ts';
import { countUnresolved, placeThreads } from './placed-threads.ts';

const pin = { commit: 'c', base: 'b', target: 'main', diffHash: 'd' };
const thread = (id: string, over: Partial<ThreadRecord> = {}): ThreadRecord => ({
  ...{ id, review: 'r-1', approval: 'a-2', agent: 'a', pin, path: 'a.ts', side: 'new', line: 4 },
  ...{ quote: [], text: 'x', atMs: 1, state: 'open', replies: [] },
  ...over,
});
const files = [
  { path: 'b.ts', oldPath: 'old.ts' },
  { path: 'a.ts', oldPath: undefined },
];

it('threads stand in the order of the diff, earlier ones where they were carried to', () => {
  const threads = [
    thread('outdated', { approval: 'a-1' }),
    thread('unknown', { approval: 'a-1' }),
    thread('own'),
    thread('carried', { approval: 'a-1', state: 'done' }),
    thread('renamed', { path: 'old.ts', side: 'old', state: 'resolved' }),
  ];
  const at = { path: 'a.ts', side: 'new', line: 2 } as const;
  const places: ThreadPlace[] = [
    { ...at, thread: 'outdated', isOutdated: true },
    { ...at, thread: 'carried', isOutdated: false },
  ];
  const placed = placeThreads({ approval: 'a-2', threads, places, files });
  expect(placed.map((one) => [one.thread.id, one.place?.path, one.place?.lineNumber])).toEqual([
    ['renamed', 'b.ts', 4],
    ['carried', 'a.ts', 2],
    ['own', 'a.ts', 4],
    ['outdated', undefined, undefined],
  ]);
  expect(countUnresolved(placed)).toBe(3);
});
