import { expect, it } from 'vitest';
import type { CommitFacts, HeadRecord } from '../../../preload/contract/commit-facts.ts';
import type { Table } from '../../../preload/contract/table.ts';
import { openBox } from '../../../test/harness/hub.ts';
import { memoryStore } from '../../../test/harness/hub-memory-store.ts';
import { hex, world } from '../../../test/harness/hub-ports.ts';
import type { BranchMove, Commits, MoveFacts } from './ports.ts';

const fact = (commit: string): CommitFacts => ({
  ...{ commit, subject: `do ${commit}`, author: 'A', committedMs: 1, parents: 1, files: [] },
  ...{ fileCount: 0, additions: 0, deletions: 0 },
});
const nothing: MoveFacts = { commits: [], more: 0 };
const noStrays = { commits: [], mark: '0' };

async function open() {
  const played = world();
  const asked: string[] = [];
  let facts = nothing;
  let strays: Awaited<ReturnType<Commits['strays']>> = noStrays;
  played.outside.commits = {
    ...played.outside.commits,
    moved: async ({ from, to }: BranchMove) => {
      asked.push(`${from}..${to}`);
      return facts;
    },
    strays: async () => strays,
  };
  const box = await openBox({ features: played.features });
  await box.dispatch('agent.add', { name: 'a' });
  const move = async (head: string, found: MoveFacts, state: object = { branch: 'agent/a' }) => {
    facts = found;
    played.outside.trees.tell('/r.worktrees/a', { head, ...state });
    await box.settle();
    strays = noStrays;
  };
  return {
    ...{ box, asked, move },
    strayed(commit: string, on: string) {
      strays = { commits: [{ commit, branch: on }], mark: '1' };
    },
    head: () => (box.hub.state().commits as Table<HeadRecord>).get('a'),
    events: (type: string) =>
      box.store.page({ after: 0, limit: 100, type }).map(({ data }) => data),
  };
}

it('each new commit of an agent is an event, asked from where its branch was last', async () => {
  const { move, asked, head, events } = await open();
  await move('c1', { commits: [fact('c1')], more: 0 });
  await move('c3', { commits: [fact('c2'), fact('c3')], more: 4 });
  expect(asked).toEqual([`${hex('b')}..c1`, 'c1..c3']);
  expect(head()).toMatchObject({ head: 'c3', commitCount: 7 });
  // Files that change and nothing else: nothing is asked.
  await move('c3', nothing);
  expect(asked).toHaveLength(2);
  expect(events('commit.made')).toMatchObject([
    { commit: 'c1' },
    { commit: 'c2' },
    { commit: 'c3' },
  ]);
});

it('what a rewritten branch left behind is said, with the ref that keeps it', async () => {
  const { move, head, events } = await open();
  await move('c1', { commits: [fact('c1')], more: 0 });
  const lost = { count: 1, keptRef: 'refs/musher/lost/a/c1' };
  await move('c2', { commits: [fact('c2')], more: 0, lost });
  expect(events('commit.rewound')).toMatchObject([{ from: 'c1', to: 'c2', lost }]);
  // Back to where it began: there is no new commit, and the next is counted from there.
  await move('b0', { commits: [], more: 0, lost: { count: 1, keptRef: 'refs/musher/lost/a/c2' } });
  expect(head()).toMatchObject({ head: 'b0' });
});

it('a commit on another branch is told to agent and operator, until its worktree is back', async () => {
  const { box, move, strayed, asked, head } = await open();
  await move('c1', { commits: [fact('c1')], more: 0 });
  strayed('m1', 'main');
  await move('m1', nothing, { branch: 'main' });
  expect(asked).toHaveLength(1);
  expect(await box.ask('inbox.list')).toMatchObject({
    items: [{ id: 'stray/a', title: 'A commit on main instead of agent/a' }],
  });
  const { items } = (await box.ask('inbox.read', {}, 'agent:a')) as {
    items: { text: string }[];
  };
  expect(items.at(-1)?.text).toContain('git switch agent/a && git cherry-pick m1');
  await move('c1', nothing);
  expect(head()).not.toHaveProperty('stray');
  expect(await box.ask('inbox.list')).toMatchObject({ items: [] });
});

it('a purged agent leaves nothing behind, and one of its name begins anew', async () => {
  const { box, move, head, asked } = await open();
  await move('c1', { commits: [fact('c1')], more: 0 });
  await box.dispatch('agent.destroy', { agent: 'a' });
  await box.dispatch('agent.purge', { agent: 'a' });
  expect(head()).toBeUndefined();
  await box.dispatch('agent.add', { name: 'a' });
  await move('c9', nothing);
  expect(asked.at(-1)).toBe(`${hex('b')}..c9`);
});

it('what the end cuts off is looked for again at the next start: nothing is noted as seen that was not told', async () => {
  const played = world();
  const found = Promise.withResolvers<Awaited<ReturnType<Commits['strays']>>>();
  played.outside.commits = { ...played.outside.commits, strays: () => found.promise };
  const store = memoryStore();
  const box = await openBox({ features: played.features, store });
  await box.dispatch('agent.add', { name: 'a' });
  played.outside.trees.tell('/r.worktrees/a', { head: 'c1', branch: 'agent/a' });
  await box.settle();
  await box.hub.stop();
  found.resolve({ commits: [{ commit: 'm1', branch: 'main' }], mark: '7' });
  await box.settle();
  expect(store.marks('commits').get('reflog/a')).toBeUndefined();
  expect(box.logged).toEqual([]);
});
