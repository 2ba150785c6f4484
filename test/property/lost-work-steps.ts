// What an agent, the operator and bad luck do to one worktree, as steps that a property test may put in any order.

import fc from 'fast-check';
import { nestedRepositories } from '../harness/nested-repositories.ts';
import type { FileSpec } from '../harness/repositories.ts';

const folders = ['', 'src/', 'vendor/lib/', 'odd name/ünï/'] as const;
export const places = ['vendor/lib', 'odd name/ünï', 'deep/er/one'] as const;

const oddNames = process.platform === 'win32' ? [] : ['new\nline', ':(glob)*'];

export type Step =
  | { does: 'write'; folder: string; file: string; spec: FileSpec }
  | { does: 'git'; in: string; commands: readonly (readonly string[])[] }
  | { does: 'nest'; place: string; sort: string }
  /** The agent is destroyed, git cleans up, the agent is revived. */
  | { does: 'destroy' }
  /** As after a stop of the hub: called off after so many calls of git, and asked for again. */
  | { does: 'destroy halfway'; calls: number }
  /** Destroyed, and another agent of that name begins. */
  | { does: 'begin anew' }
  /** `git worktree prune` at a bad moment. */
  | { does: 'lose the git folder' }
  | { does: 'move by hand' };

const spec = fc.oneof(
  fc.string({ maxLength: 20, unit: 'binary' }),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom<FileSpec>(
    '',
    'a\r\nb\r\n',
    '\uFEFFx\n',
    { run: '#!/bin/sh\n' },
    { link: 'a.txt' },
    null,
  ),
);
const commit = ['commit', '-q', '--no-verify', '--allow-empty', '-m', 'work'];
const add = ['add', '-A'];
const commands = fc.constantFrom<readonly (readonly string[])[]>(
  [add],
  [add, commit],
  [commit],
  [['stash', '-q', '--include-untracked']],
  [['checkout', '-q', '--detach'], commit],
  [['reset', '-q', '--soft', 'HEAD~1']],
  [['checkout', '-q', '-B', 'topic']],
  [['rm', '-rq', '--cached', '--ignore-unmatch', 'src']],
);

export const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant('write' as const),
        folder: fc.constantFrom(...folders),
        file: fc.constantFrom('a.txt', 'b.bin', '-x', ...oddNames),
        spec,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('git' as const),
        in: fc.constantFrom('', ...places),
        commands,
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('nest' as const),
        place: fc.constantFrom(...places),
        sort: fc.constantFrom(...Object.keys(nestedRepositories)),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Step>({ does: 'destroy' }) },
    {
      weight: 1,
      arbitrary: fc.record({
        does: fc.constant('destroy halfway' as const),
        calls: fc.integer({ min: 1, max: 60 }),
      }),
    },
    { weight: 1, arbitrary: fc.constant<Step>({ does: 'begin anew' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ does: 'lose the git folder' }) },
    { weight: 1, arbitrary: fc.constant<Step>({ does: 'move by hand' }) },
  ),
  { minLength: 3, maxLength: 9 },
);
