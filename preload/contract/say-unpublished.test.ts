import { expect, it } from 'vitest';
import type { UnpublishedSubmodule } from './change-facts.ts';
import { sayUnpublished } from './say-unpublished.ts';

const one = { path: 'libs/one', commit: '1'.repeat(40) };

it.each<[Omit<UnpublishedSubmodule, 'path' | 'commit'>, string, string | undefined]>([
  [
    { where: 'worktree', at: "/w/it's a", command: ['git', '-C', "/w/it's a", 'push'] },
    'only the worktree of a has. Push it from there:',
    "git -C '/w/it'\\''s a' push",
  ],
  [{ where: 'nowhere' }, 'no clone on this machine has. Ask a where it comes from.', undefined],
  [
    { where: 'nowhere', command: ['git', 'fetch'] },
    'no clone on this machine has. See whether its remote has it:',
    'git fetch',
  ],
])('%j says where it is and what to do', (found, text, command) =>
  expect(sayUnpublished('a', { ...one, ...found })).toEqual({
    text: `libs/one moves to 1111111111, which ${text}`,
    command,
  }),
);
