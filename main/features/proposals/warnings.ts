/**
 * What to be wary of in a changed key. The list is of what is harmless: a key that nobody rated is marked, so that a new one is never
 * waved through by having been forgotten here. Pure.
 */
import type { KeyPath } from './changes.ts';

const runs = 'runs a command on your machine';
const gating = 'changes what a merge has to pass';

interface Rule {
  /** Dotted; `*` stands for any one part. */
  readonly keys: readonly string[];
  readonly says: string;
  /** Also where the key is taken away. */
  readonly evenRemoved?: true;
}

const rules: readonly Rule[] = [
  {
    keys: ['worktrees.setup', 'worktrees.teardown', 'editor.command'],
    says: runs,
  },
  { keys: ['gates.*.command', 'gates.*.env.*'], says: runs },
  {
    keys: ['gates.*.*', 'gates.*.env.*', 'gates', 'review.gates'],
    says: gating,
    evenRemoved: true,
  },
  {
    keys: [
      ...['program', 'args', 'new_args', 'resume_args', 'prompt_args'].map(ofProfile),
      'profiles.*.env.*',
    ],
    says: runs,
  },
  {
    keys: ['wakeable', 'types_prompt', 'ready', 'waiting'].map(ofProfile),
    says: 'changes what Musher types into a terminal',
  },
  { keys: ['review.push'], says: 'sends merged commits to a remote' },
  { keys: ['worktrees.fetch'], says: 'uses the network' },
  {
    keys: ['limits.*', 'limits.profiles.*.*'],
    says: 'changes how much agents may use',
    evenRemoved: true,
  },
  { keys: ['snapshots.*'], says: 'changes what is kept of agents’ files', evenRemoved: true },
];

const harmless: readonly string[] = [
  ...['pool', 'setup_timeout_minutes', 'teardown_timeout_minutes', 'base', 'rebase'].map(
    (key) => `worktrees.${key}`,
  ),
  'worktrees.ports.*',
  'review.strategy',
  'review.parallel_gates',
  'watchdog.*',
  'watchdog.profiles.*.*',
  ...['title', 'hint', 'busy', 'limit', 'broken'].map(ofProfile),
];

/** Undefined of what is harmless. */
export function warningOf({
  path,
  isRemoved,
}: {
  readonly path: KeyPath;
  readonly isRemoved: boolean;
}): string | undefined {
  const applies = (keys: readonly string[]) => keys.some((key) => fits(path, key.split('.')));
  if (applies(harmless)) return undefined;
  const rated = rules.filter(({ keys }) => applies(keys));
  if (rated.length === 0) return 'is not known to be harmless';
  return rated.find(({ evenRemoved }) => !isRemoved || evenRemoved)?.says;
}

function fits(path: KeyPath, key: readonly string[]): boolean {
  return path.length === key.length && key.every((part, at) => part === '*' || part === path[at]);
}

function ofProfile(key: string): string {
  return `profiles.*.${key}`;
}
