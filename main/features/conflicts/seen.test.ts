import { describe, expect, it } from 'vitest';
import type { CollidingFile } from '../../../preload/contract/conflict-records.ts';
import { given, type Past } from '../../../test/harness/given.ts';
import { added } from '../../../test/harness/given-events.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { describeConflicts } from './say.ts';
import { selectWaiting } from '../inbox/index.ts';

const file = (
  path: string,
  reason: CollidingFile['reason'] = 'content',
  start = 1,
): CollidingFile => ({
  ...{ path, reason },
  ranges: [[{ start, end: start }], [{ start: start + 1, end: start + 1 }]],
});
const between = { kind: 'in-flight', agents: ['a', 'b'] };
const told = (files: CollidingFile[], more = {}): Past => ({
  type: 'conflict.found',
  data: {
    ...{ conflict: 'c-1', ...between, files, fileCount: files.length, severity: 'medium' },
    ...{ order: ['a', 'b'], recipients: ['a', 'b'], ...more },
  },
});
const dismissed: Past = { type: 'conflict.dismissed', data: { conflict: 'c-1' } };
const team = (...past: Past[]) => given(world(), added('a'), added('b'), ...past);
const seen = (past: Past[], files: CollidingFile[], { atMs = 60_000, ...more } = {}) =>
  team(...past).when(
    'conflict.seen',
    { ...between, files, fileCount: files.length, ...more },
    { actor: 'system', atMs },
  );

it.each([
  ['content', 'medium'],
  ['symlink', 'medium'],
  ['both-added', 'high'],
  ['modify-delete', 'high'],
  ['rename-rename', 'high'],
  ['binary', 'high'],
  ['submodule', 'high'],
] as const)('a new one is told to both; %s weighs %s', (reason, severity) =>
  seen([], [file('x', reason)]).leadsTo([
    [
      'conflict.found',
      {
        ...{ conflict: 'c-1', ...between, files: [file('x', reason)], fileCount: 1 },
        ...{ severity, order: ['a', 'b'], recipients: ['a', 'b'] },
      },
    ],
  ]),
);

describe('with what is in the target already', () => {
  const agents = ['refs/heads/main', 'b'];
  const open = told([file('x', 'binary')], { agents, order: agents, recipients: ['b'] });

  it('is told to its agent alone, with its lines; nothing is to be ordered', async () => {
    const files = [file('x', 'content', 9)];
    const found = { kind: 'in-flight', agents, files, fileCount: 1 };
    const severity = 'medium';
    await team()
      .when('conflict.seen', found, { actor: 'system' })
      .leadsTo([
        [
          'conflict.found',
          { conflict: 'c-1', ...found, severity, order: agents, recipients: ['b'] },
        ],
      ]);
    const said = describeConflicts['conflict.found']?.({
      data: { ...found, order: agents },
    } as never);
    expect(said).toMatch(
      /^\[Musher, no answer needed\] main has moved on, .*merge with it: x:10\n/,
    );
    await team(open)
      .when('conflict.order', { conflict: 'c-1', first: 'b' })
      .refused('CONFLICT_MERGED_FIRST');
  });
});

describe('one that is open', () => {
  it.each<[string, CollidingFile[], object, object]>([
    ['the same', [file('x')], {}, {}],
    [
      'seen the other way round',
      [{ ...file('x'), ranges: [[{ start: 2, end: 2 }], [{ start: 1, end: 1 }]] }],
      { agents: ['b', 'a'] },
      {},
    ],
    ['other files too soon', [file('y')], { atMs: 4_999 }, { againMs: expect.any(Number) }],
    [
      'other lines too soon',
      [file('x', 'content', 7)],
      { atMs: 59_999 },
      { againMs: expect.any(Number) },
    ],
  ])('stays as it is: %s', async (...[, files, more, answer]) => {
    const { result } = await seen([told([file('x')])], files, more).decides([]);
    expect(result).toEqual({ conflict: 'c-1', ...answer });
  });

  it.each<[string, Past[], CollidingFile[], object, string[]]>([
    ['other files', [told([file('x')])], [file('y')], { atMs: 5_000 }, []],
    ['another reason', [told([file('x')])], [file('x', 'symlink')], { atMs: 5_000 }, []],
    ['other lines', [told([file('x')])], [file('x', 'content', 7)], {}, []],
    ['worse', [told([file('x')])], [file('x', 'binary')], {}, ['a', 'b']],
    ['dismissed, and other files', [told([file('x')]), dismissed], [file('y')], {}, ['a', 'b']],
    [
      'dismissed, and other lines',
      [told([file('x')]), dismissed],
      [file('x', 'content', 7)],
      {},
      [],
    ],
    [
      'more that is said',
      [told([file('x', 'said')], { kind: 'forward', severity: 'low' })],
      [file('x', 'said'), file('y', 'said')],
      { kind: 'forward' },
      ['a', 'b'],
    ],
    [
      'less that is said',
      [told([file('x', 'said'), file('y', 'said')], { kind: 'forward', severity: 'low' })],
      [file('y', 'said')],
      { kind: 'forward' },
      [],
    ],
    [
      'more that is foreign',
      [told([file('x', 'foreign')], { kind: 'ownership', severity: 'low' })],
      [file('x', 'foreign'), file('y', 'foreign')],
      { kind: 'ownership' },
      ['b'],
    ],
  ])('changes: %s', async (...[, past, files, more, recipients]) => {
    const kind = (more as { kind?: string }).kind ?? 'in-flight';
    const isGrave = files.some(({ reason }) => reason === 'binary');
    const severity = kind !== 'in-flight' ? 'low' : isGrave ? 'high' : 'medium';
    const rest = { files, fileCount: files.length, severity, order: ['a', 'b'], recipients };
    await seen(past, files, more).leadsTo([
      ['conflict.changed', { conflict: 'c-1', ...between, kind, ...rest }],
    ]);
  });

  it('of one who is not there any more is none', () =>
    seen([], [file('x')], { agents: ['a', 'nobody'] } as object).leadsTo([]));

  it('is cleared once, and told unless it was dismissed', async () => {
    const gone = (...past: Past[]) =>
      team(...past).when('conflict.gone', { ...between, why: 'gone' }, { actor: 'system' });
    const cleared = (recipients: string[]) =>
      ['conflict.cleared', { conflict: 'c-1', ...between, end: 'gone', recipients }] as const;
    await gone(told([file('x')])).leadsTo([cleared(['a', 'b'])]);
    await gone(told([file('x')]), dismissed).leadsTo([cleared([])]);
    await gone().leadsTo([]);
  });
});

describe('the operator', () => {
  const ended: Past = {
    type: 'conflict.cleared',
    data: { conflict: 'c-1', ...between, end: 'gone', recipients: [] },
  };

  it('says who is merged first, and what is seen later changes nothing of it', async () => {
    const outcome = team(told([file('x')])).when('conflict.order', { conflict: 'c-1', first: 'b' });
    const ordered = { conflict: 'c-1', ...between, order: ['b', 'a'], recipients: ['a', 'b'] };
    await outcome.leadsTo([['conflict.ordered', ordered]]);
    const past = [told([file('x')]), { type: 'conflict.ordered', data: ordered }];
    await seen(past, [file('y')], { order: ['a', 'b'] } as object).leadsTo([
      [
        'conflict.changed',
        {
          ...{ conflict: 'c-1', ...between, files: [file('y')], fileCount: 1 },
          ...{ severity: 'medium', order: ['b', 'a'], recipients: [] },
        },
      ],
    ]);
    await team(...past)
      .when('conflict.order', { conflict: 'c-1', first: 'b' })
      .leadsTo([]);
  });

  it.each([
    ['conflict.order', { conflict: 'c-9', first: 'a' }, 'CONFLICT_UNKNOWN', []],
    ['conflict.order', { conflict: 'c-1', first: 'c' }, 'CONFLICT_NOT_OF', []],
    ['conflict.order', { conflict: 'c-1', first: 'a' }, 'CONFLICT_OVER', [ended]],
    ['conflict.dismiss', { conflict: 'c-9' }, 'CONFLICT_UNKNOWN', []],
    ['conflict.dismiss', { conflict: 'c-1' }, 'CONFLICT_OVER', [ended]],
  ] as const)('%s of %j is refused: %s', (...[type, data, code, past]) =>
    team(told([file('x')]), ...past)
      .when(type, data)
      .refused(code),
  );
});

const waiting = (...past: Past[]) =>
  selectWaiting(team(...past).state)
    .values()
    .map(({ id, title }) => `${id}: ${title}`);
const claimed = { kind: 'ownership', severity: 'medium' };
const changedTo = (severity: string, recipients: string[] = []): Past => {
  const { data } = told([file('x')], { severity, recipients });
  return { type: 'conflict.changed', data };
};
const cleared: Past = {
  type: 'conflict.cleared',
  data: { conflict: 'c-1', ...between, end: 'gone', recipients: [] },
};
const away: Past = { type: 'inbox.dismissed', actor: 'operator', data: { item: 'conflict/c-1' } };

it.each<[string, Past[], string[]]>([
  [
    'one that git cannot merge',
    [told([file('x'), file('y')], { severity: 'high' })],
    ['conflict/c-1: a and b cannot be merged by git: x and 1 more'],
  ],
  [
    'a claim that is passed over',
    [told([file('x')], claimed)],
    ['conflict/c-1: b writes what a has claimed: x'],
  ],
  ['lines alone', [told([file('x')])], []],
  [
    'worse than it was',
    [told([file('x')]), changedTo('high', ['a', 'b'])],
    ['conflict/c-1: a and b cannot be merged by git: x'],
  ],
  [
    'one with the target',
    [told([file('x')], { agents: ['refs/heads/main', 'b'], severity: 'high' })],
    ['conflict/c-1: main and b cannot be merged by git: x'],
  ],
  ['not so bad any more', [told([file('x')], { severity: 'high' }), changedTo('medium')], []],
  ['cleared', [told([file('x')], { severity: 'high' }), cleared], []],
  ['dismissed', [told([file('x')], { severity: 'high' }), dismissed], []],
  [
    'taken out of the inbox, and as it was',
    [told([file('x')], { severity: 'high' }), away, changedTo('high')],
    [],
  ],
])('the inbox of the operator: %s', (...[, past, items]) => {
  expect(waiting(...past)).toEqual(items);
});
