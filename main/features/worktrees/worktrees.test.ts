import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { musherError } from '../../base/result.ts';
import type { TreeState } from './ports.ts';

const untracked = { kind: 'untracked', isStaged: false } as const;

async function open(...names: string[]) {
  const played = world();
  const box = await openBox({ features: played.features });
  for (const name of names) await box.dispatch('agent.add', { name });
  const { trees } = played.outside;
  return {
    ...{ box, trees },
    shown: () => box.hub.live('worktree').toJSON() as Record<string, unknown>,
    tell: (agent: string, state: Partial<TreeState>) => trees.tell(`/r.worktrees/${agent}`, state),
  };
}

it('what a worktree changed is shown for as long as its agent has it', async () => {
  const { box, tell, shown, trees } = await open('a', 'b');
  expect(trees.followed()).toEqual(['/r.worktrees/a', '/r.worktrees/b']);
  tell('a', { head: 'c1', branch: 'a', atMs: 5, changes: new Map([['x.ts', untracked]]) });
  expect(shown()).toEqual({
    a: {
      path: '/r.worktrees/a',
      head: 'c1',
      branch: 'a',
      changes: [{ path: 'x.ts', ...untracked }],
      changeCount: 1,
      atMs: 5,
      seenBy: 'events',
    },
  });
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.settle();
  expect(shown()).toEqual({});
  expect(trees.followed()).toEqual(['/r.worktrees/b']);
});

it('when something was last written is known from the second look on', async () => {
  const { tell, shown, trees } = await open('a');
  const written = () => (shown().a as { writtenMs?: number }).writtenMs;
  const one = new Map([['x.ts', untracked]]);
  tell('a', { head: 'c1', atMs: 1, changes: one });
  tell('a', { head: 'c1', atMs: 2, changes: one });
  expect(written()).toBeUndefined();
  trees.tell('/r.worktrees/a', { head: 'c1', atMs: 3, changes: one }, ['x.ts']);
  expect(written()).toBe(3);
  tell('a', { head: 'c1', atMs: 4, changes: one });
  expect(written()).toBe(3);
  tell('a', { head: 'c2', atMs: 5, changes: new Map() });
  expect(written()).toBe(5);
});

it('of many changes the first 200 are shown by name, and all are counted', async () => {
  const { tell, shown } = await open('a');
  const names = Array.from({ length: 1_000 }, (_, n) => `f${String(n).padStart(4, '0')}`);
  tell('a', { changes: new Map(names.toReversed().map((name) => [name, untracked])) });
  expect(shown()).toMatchObject({ a: { changeCount: 1_000 } });
  const { changes } = shown().a as { changes: { path: string }[] };
  expect(changes.map(({ path }) => path)).toEqual(names.slice(0, 200));
});

it('one that cannot be read keeps what was known, and says why', async () => {
  const { tell, shown, trees } = await open('a');
  tell('a', { changes: new Map([['x.ts', untracked]]) });
  trees.fail(
    '/r.worktrees/a',
    musherError('GIT_LOCKED', { subcommand: 'status', lock: 'index.lock', seconds: 3 }),
  );
  expect(shown()).toMatchObject({
    a: { changeCount: 1, changes: [{ path: 'x.ts' }], trouble: { code: 'GIT_LOCKED' } },
  });
  trees.fail('/r.worktrees/a', Object.assign(new Error('gone'), { code: 'ENOENT' }));
  expect(shown()).toMatchObject({
    a: { trouble: { code: 'WORKTREE_MISSING', details: { agent: 'a', path: '/r.worktrees/a' } } },
  });
  tell('a', { changes: new Map() });
  expect(shown().a).not.toHaveProperty('trouble');
});
