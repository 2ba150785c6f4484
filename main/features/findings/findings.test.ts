import { describe, expect, it } from 'vitest';
import type { EventEnvelope } from '../../../preload/contract/envelope.ts';
import type { FindingRecord } from '../../../preload/contract/findings.ts';
import { sayFinding, toldFindings } from '../../../preload/contract/say-finding.ts';
import { deepFreeze } from '../../hub/fold.ts';
import { readWaits } from '../../hub/waits.ts';
import { commandShape } from './command-shape.ts';
import { foldFindings } from './fold.ts';
import { findingIdOf } from './hit.ts';
import { initialFindings } from './state.ts';

type Told = readonly [seconds: number, type: string, data: object];

const folds = foldFindings(readWaits([]));

function told(...events: readonly Told[]): readonly FindingRecord[] {
  const state = events.reduce((left, [seconds, type, data], at) => {
    const event = { seq: at + 1, type, atMs: seconds * 1_000, data, actor: 'system' };
    return deepFreeze(folds[type]?.(left, event as unknown as EventEnvelope) ?? left);
  }, initialFindings);
  return state.found.byId.values();
}

const said = (...events: readonly Told[]) => toldFindings(told(...events), 20).map(sayFinding);
const times = (count: number, event: (at: number) => Told) =>
  Array.from({ length: count }, (_, at) => event(at));

const a = { agent: 'a' };
const crash = { ...a, terminalId: 'a.1', exitCode: 1, signal: null, expected: false };

describe('what is found', () => {
  it.each<[string, readonly Told[], readonly string[]]>([
    [
      'an agent that crashed and came back',
      [
        [0, 'terminal.exited', crash],
        [2, 'agent.launched', a],
        [60, 'terminal.exited', crash],
        [61, 'agent.failed', { ...a, error: { code: 'X' } }],
        [100, 'agent.launched', a],
      ],
      ['a failed and ran again 2 times (exit code 1): down 42 s in all, 40 s at the longest.'],
    ],
    [
      'not one that was told to end, ended well, or is gone',
      [
        ...times(2, () => [0, 'terminal.exited', { ...crash, expected: true }] as const),
        [1, 'agent.launched', a],
        [2, 'terminal.exited', { ...crash, exitCode: 0 }],
        [3, 'agent.launched', a],
        [4, 'terminal.exited', crash],
        [5, 'agent.destroyed', a],
        [6, 'agent.launched', a],
      ],
      [],
    ],
    [
      'how long it was stuck, from when it began',
      [
        [500, 'watchdog.stuck_found', { ...a, shape: 'no-progress', sinceMs: 0 }],
        [3_600, 'watchdog.stuck_gone', { ...a, shape: 'no-progress' }],
        [4_000, 'watchdog.stuck_found', { ...a, shape: 'stuck-on-prompt', sinceMs: 3_900_000 }],
        [4_010, 'agent.hooked', { ...a, event: 'waiting' }],
        [4_020, 'agent.hooked', { ...a, event: 'busy' }],
        [5_000, 'watchdog.stuck_found', { ...a, shape: 'stuck-on-prompt', sinceMs: 5_000_000 }],
        [5_010, 'terminal.exited', crash],
        [6_000, 'watchdog.stuck_found', { ...a, shape: 'blocked-on-supervisor', sinceMs: 0 }],
      ],
      [
        'a was stuck once without progress: 1 h.',
        'a was stuck 2 times at a prompt of its own screen: 2 min 10 s in all, 2 min at the longest.',
      ],
    ],
    [
      'what was asked five times, and whether a rule could answer it',
      times(5, (at) => {
        const asked = { ...a, permission: `${at}`, tool: 'Bash', subject: `npm test -- ${at}` };
        return [at, 'permission.asked', asked] as const;
      }).flatMap(
        (one) => [one, [one[0], 'permission.allowed', { ...one[2], byRule: false }]] as const,
      ),
      [
        'Bash “npm test …” was asked 5 times: 5 allowed, 0 denied. A rule could answer it: “always” where it is allowed.',
      ],
    ],
    [
      'not what a rule allowed, nor four',
      times(8, (at) => {
        const asked = {
          ...a,
          permission: `${at}`,
          tool: 'Edit',
          subject: '/r/src/a.ts',
          risk: 'high',
        };
        return at < 4
          ? [at, 'permission.asked', asked]
          : [at, 'permission.allowed', { ...asked, byRule: true }];
      }),
      [],
    ],
    [
      'a file that two collided in twice, whoever was first; a record of another shape counts for nothing',
      [
        [1, 'conflict.found', { agents: ['b', 'a'], files: [{ path: 'x.ts', reason: 'content' }] }],
        [
          2,
          'conflict.found',
          { agents: ['a', 'b'], files: [{ path: 'x.ts' }, { path: 'y.ts' }, {}] },
        ],
        [3, 'conflict.found', { agents: 'a', files: 3 }],
        [4, 'conflict.found', {}],
      ],
      ['x.ts collided 2 times between a and b. Let one of them change it, or split it.'],
    ],
    [
      'a file that a conflict came to be about later, once for each; with a target too',
      [
        ...['c-1', 'c-2'].flatMap((conflict, n): Told[] => {
          const of = { conflict, agents: ['refs/heads/main', 'a'] };
          const [x, y] = [{ path: 'x.ts' }, { path: 'y.ts' }];
          return [
            [n * 4 + 1, 'conflict.found', { ...of, files: [x] }],
            [n * 4 + 2, 'conflict.changed', { ...of, files: n === 0 ? [x, y] : [x] }],
            [n * 4 + 3, 'conflict.changed', { ...of, files: [x] }],
            [n * 4 + 4, 'conflict.cleared', of],
          ];
        }),
      ],
      [
        'x.ts collided 2 times between a and what was in main already. Take main in more often, or split it.',
      ],
    ],
    [
      'why approvals were denied, and what did not merge',
      [
        [1, 'approval.denied', { ...a, note: ' no  tests ' }],
        [2, 'approval.denied', { agent: 'b', note: 'no tests' }],
        [3, 'approval.denied', { agent: 'b', note: ' ' }],
        [
          4,
          'approval.failed',
          { ...a, error: { code: 'MERGE_CONFLICT', message: 'm' }, conflicts: ['a', 'b'] },
        ],
        [
          5,
          'approval.failed',
          { ...a, error: { code: 'MERGE_CONFLICT', message: 'm' }, conflicts: ['c'] },
        ],
      ],
      [
        'An approval of a, b was denied 2 times: “no tests”',
        'Merging work of a failed 2 times with MERGE_CONFLICT; the last time: c',
      ],
    ],
  ])('%s', (_, events, expected) => expect(said(...events)).toEqual(expected));

  it('with counts, times and the newest events as evidence, under an id of its subject alone', () => {
    const denied = times(7, (at) => [at, 'approval.denied', { agent: `n${at}`, note: 'no' }]);
    expect(told(...denied)).toEqual([
      {
        id: findingIdOf({ category: 'denied', subject: ['no'] }),
        ...{ category: 'denied', subject: ['no'], count: 7, firstMs: 0, lastMs: 6_000 },
        agents: ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6'],
        seqs: [3, 4, 5, 6, 7],
      },
    ]);
  });

  it('is bounded: what is frequent stays, however much comes once', () => {
    const note = (text: string): Told => [0, 'approval.denied', { ...a, note: text }];
    const all = told(note('often'), note('often'), ...times(1_000, (at) => note(`n${at}`)));
    expect(all).toHaveLength(60);
    expect(all.map(({ subject }) => subject[0])).toContain('often');
  });

  it('that was dropped is told again once it happened twice as often', () => {
    const deny = times(6, (at): Told => [at, 'approval.denied', { ...a, note: 'no' }]);
    const drop: Told = [
      9,
      'learning.dropped',
      { id: findingIdOf({ category: 'denied', subject: ['no'] }) },
    ];
    expect(said(...deny.slice(0, 3), drop, ...deny.slice(3, 5))).toEqual([]);
    expect(said(...deny.slice(0, 3), drop, ...deny.slice(3, 6))).toHaveLength(1);
  });

  it('is not measured below zero by a clock that was set back', () => {
    const [down] = told([50, 'terminal.exited', crash], [20, 'agent.launched', a]);
    expect(down?.totalMs).toBe(0);
  });
});

it.each([
  ['Bash', 'npm test -- a.ts', 'npm test …'],
  ['Bash', 'cd /r && FOO=1 git push origin main', 'git push …'],
  ['Bash', 'rm -rf dist', 'rm …'],
  ['Bash', 'ls', 'ls'],
  ['Bash', 'npm --version', 'npm …'],
  ['Bash', '', ''],
  ['Edit', '/r/src/auth/login.ts', '/r/src/auth/…'],
  ['WebFetch', '{"url": "https://x/y"}', ''],
])('of %s %s the shape is "%s"', (tool, subject, shape) => {
  expect(commandShape(tool, subject)).toBe(shape);
});
