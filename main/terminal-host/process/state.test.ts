import { expect, it } from 'vitest';
import { maxRecordedEnds } from '../limits.ts';
import { endsAfter, type HostState } from './state.ts';

const recorded = { folder: '/repo/.git/musher/recordings', name: 'a.1', startMs: 1 };
const exit = { id: 'p/b.1', exitCode: 3, signal: null };

function after(terminals: readonly object[], ended: readonly object[] = []) {
  return endsAfter({ hostId: 'h', pid: 1, start: '1', terminals, ended } as unknown as HostState);
}

it('of a host that died, what ended is known as it was, and how the rest ended nobody saw', () => {
  const ends = after([{ id: 'p/a.1', pid: 7, start: '7', recorded }], [{ exit, recorded }]);
  expect(ends).toEqual([
    { exit, recorded },
    { exit: { id: 'p/a.1', exitCode: null, signal: null }, recorded },
  ]);
});

it('nothing is expected of those that were not recorded', () => {
  expect(after([{ id: 'p/a.1', pid: 7, start: '7' }])).toEqual([]);
});

it.each([
  ['a name that leads elsewhere', { ...recorded, name: '../../etc/passwd' }],
  ['a name with a slash', { ...recorded, name: 'a/b.1' }],
  ['a folder that is none', { ...recorded, folder: 'here' }],
  ['no time', { ...recorded, startMs: 'now' }],
  ['nothing', null],
])('a state with %s leads nowhere', (_, wrong) => {
  expect(after([{ id: 'p/a.1', pid: 7, recorded: wrong }], [{ exit, recorded: wrong }])).toEqual(
    [],
  );
});

it.each([null, {}, { id: 5 }, { ...exit, exitCode: 'x' }, { ...exit, signal: 9 }])(
  'an end like %j is none',
  (wrong) => expect(after([], [{ exit: wrong, recorded }])).toEqual([]),
);

it('the newest are kept', () => {
  const many = Array.from({ length: maxRecordedEnds + 5 }, (_, n) => ({
    exit: { ...exit, id: `p/x.${n}` },
    recorded,
  }));
  const ids = after([], many).map((end) => end.exit.id);
  expect([ids.length, ids[0]]).toEqual([maxRecordedEnds, 'p/x.5']);
});
