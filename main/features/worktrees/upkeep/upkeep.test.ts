import { expect, it } from 'vitest';
import { openBox } from '../../../../test/harness/hub.ts';
import { world } from '../../../../test/harness/hub-ports.ts';
import type { WorktreeRow } from '../../../../preload/contract/worktree-commands.ts';
import type { WorktreeWork } from '../../../../preload/contract/worktree-work.ts';
import { musherError } from '../../../base/result.ts';
import { selectAgents } from '../../agents/index.ts';
import type { FoundTree } from '../ports.ts';

const folder = '/r.worktrees';

async function open(...found: Array<Omit<FoundTree, 'id'>>) {
  const { outside, features } = world();
  const box = await openBox({ features });
  await box.dispatch('agent.add', { name: 'a', start: false });
  outside.upkeep.found = found.map((one) => ({ ...one, id: `id${one.path.split('/').at(-1)}` }));
  const agent = () => selectAgents(box.hub.state()).byId.get('a');
  const go = async (type: string, data: object) =>
    (await box.dispatch(type, data)).result as { work?: string; items: object[] };
  const work = async (id = '') => (await box.ask('worktree.work', { work: id })) as WorktreeWork;
  return { box, outside, upkeep: outside.upkeep, agent, go, work };
}

const moved = { kind: 'moved', path: '/new/a', wasAt: `${folder}/a`, branch: 'agent/a' } as const;
const orphan = { kind: 'linked', path: `${folder}/x`, madeFor: 'x', branch: 'agent/x' } as const;

it('a repair points git and agent at where it stands, and says so; a dry run only says', async () => {
  const { go, agent, upkeep, work } = await open(moved);
  const item = { path: '/new/a', agent: 'a', deed: 'repoint', say: expect.any(String) };
  expect(await go('worktree.repair', { dryRun: true })).toEqual({ items: [item] });
  expect([upkeep.repointed, agent()?.worktreePath]).toEqual([[], `${folder}/a`]);
  const { work: id } = await go('worktree.repair', {});
  expect(await work(id)).toMatchObject({
    kind: 'repair',
    items: [
      { ...item, result: { outcome: 'done', said: 'git knows it at /new/a, and a works there' } },
    ],
    endedMs: expect.any(Number),
  });
  expect([upkeep.repointed, agent()?.worktreePath]).toEqual([['/new/a'], '/new/a']);
});

it.each([
  {
    of: 'its newest snapshot',
    snapshot: { ref: 's/1', isOfTip: true },
    deed: 'provision a s/1',
    said: /with the files of/,
  },
  {
    of: 'a branch that went on since',
    snapshot: { ref: 's/1', isOfTip: false },
    deed: 'provision a',
    said: /of an older commit/,
  },
  { of: 'a branch alone', snapshot: undefined, deed: 'provision a', said: /no snapshot/ },
])(
  'what vanished is made anew when that is asked for, from $of',
  async ({ snapshot, deed, said }) => {
    const { go, upkeep, outside, work } = await open();
    upkeep.snapshot = snapshot;
    const { work: nothing, items } = await go('worktree.repair', {});
    expect([nothing, items]).toMatchObject([undefined, [{ deed: 'none', agent: 'a' }]]);
    outside.done.length = 0;
    const { work: id } = await go('worktree.repair', { target: 'a', renew: true });
    expect(outside.done).toEqual([deed]);
    expect((await work(id)).items[0]?.result?.said).toMatch(said);
  },
);

it('one whose program runs is not made anew under it, and a target that is nothing is refused', async () => {
  const { go, box } = await open();
  await box.dispatch('agent.start', { agent: 'a' });
  expect(await go('worktree.repair', { renew: true })).toMatchObject({
    items: [{ deed: 'none', say: expect.stringContaining('stop it first') }],
  });
  await expect(go('worktree.repair', { target: '/nowhere' })).rejects.toMatchObject({
    wire: { code: 'WORKTREE_UNKNOWN' },
  });
});

it('a repair that fails says why, and leaves the agent where it was', async () => {
  const { go, agent, upkeep, work } = await open(moved);
  upkeep.repoint = async () => {
    throw musherError('GIT_LOCKED', { subcommand: 'worktree', lock: 'l', seconds: 3 });
  };
  const { work: id } = await go('worktree.repair', {});
  expect((await work(id)).items[0]?.result).toMatchObject({
    ...{ outcome: 'left', error: { code: 'GIT_LOCKED' } },
  });
  expect(agent()?.worktreePath).toBe(`${folder}/a`);
});

it('what was shown is pruned, and nothing where something of it is another by now', async () => {
  const { go, upkeep, work } = await open(orphan, { kind: 'missing', path: `${folder}/gone` });
  await expect(go('worktree.prune', { items: ['idx', 'idold'] })).rejects.toMatchObject({
    wire: { code: 'WORKTREE_CHANGED', message: expect.stringContaining('idold') },
  });
  expect(upkeep.removed).toEqual([]);
  const { work: id } = await go('worktree.prune', { items: ['idx', 'idgone', 'idx'] });
  expect(upkeep.removed).toEqual([orphan.path, `${folder}/gone`]);
  expect(await work(id)).toMatchObject({
    items: [
      { path: orphan.path, result: { outcome: 'done', snapshotRef: expect.any(String) } },
      {},
    ],
    endedMs: expect.any(Number),
  });
});

it('an agent’s, a locked one and one made by hand have no id to be pruned by', async () => {
  const { go, upkeep } = await open(
    { kind: 'linked', path: `${folder}/a`, madeFor: 'a' },
    { ...orphan, locked: 'on a stick' },
    { kind: 'linked', path: '/mine' },
  );
  for (const id of ['ida', 'idx', 'idmine'])
    await expect(go('worktree.prune', { items: [id] })).rejects.toMatchObject({
      wire: { code: 'WORKTREE_CHANGED' },
    });
  expect(upkeep.removed).toEqual([]);
});

it('who waits for a work is told when it ends, and of one that nobody knows so', async () => {
  const { box, upkeep } = await open(orphan);
  let end: () => void = () => {};
  upkeep.remove = () =>
    new Promise((resolve) => {
      end = () => resolve({ isGone: false, snapshotRef: 'r' });
    });
  const { result } = await box.dispatch('worktree.prune', { items: ['idx'] });
  const { work } = result as { work: string };
  const waiting = box.ask('worktree.work', { work, waitMs: 60_000 });
  end();
  expect(await waiting).toMatchObject({ id: work, endedMs: expect.any(Number) });
  await expect(box.ask('worktree.work', { work: 'w-0' })).rejects.toMatchObject({
    wire: { code: 'WORK_UNKNOWN' },
  });
});

it('of works that ended the newest twenty are remembered', async () => {
  const { go, box } = await open(orphan);
  const ids: string[] = [];
  for (let count = 0; count < 22; count++)
    ids.push((await go('worktree.prune', { items: ['idx'] })).work ?? '');
  const known = await Promise.all(
    ids.map((work) =>
      box.ask('worktree.work', { work }).then(
        () => 1,
        () => 0,
      ),
    ),
  );
  expect(known.reduce<number>((sum, one) => sum + one, 0)).toBe(20);
});

it('what cannot be asked says so in its own row, and the others are there', async () => {
  const { box, upkeep } = await open(
    { kind: 'main', path: '/r', head: 'c1' },
    { kind: 'linked', path: '/broken', head: 'c2' },
    { kind: 'linked', path: '/gone', head: 'c3' },
  );
  upkeep.count = async ({ tree: { path } }) => {
    if (path === '/broken')
      throw musherError('GIT_FAILED', { subcommand: 'status', reason: 'index file corrupt' });
    if (path === '/gone') throw new Error('no such folder');
    return { changed: 1 };
  };
  const { worktrees } = (await box.ask('worktree.list')) as { worktrees: WorktreeRow[] };
  const byPath = new Map(worktrees.map((row) => [row.path, row]));
  expect(byPath.get('/r')).toMatchObject({ changed: 1 });
  expect(byPath.get('/broken')?.trouble?.message).toContain('index file corrupt');
  expect(byPath.get('/gone')?.trouble?.message).toContain('no such folder');
});

it('what the watch knows of an agent’s tree is not asked again', async () => {
  const { box, upkeep, outside } = await open({ kind: 'linked', path: `${folder}/a`, head: 'c1' });
  const asked: boolean[] = [];
  upkeep.count = async ({ isFiles }) => {
    asked.push(isFiles);
    return { unmerged: 2 };
  };
  const list = async () =>
    ((await box.ask('worktree.list')) as { worktrees: WorktreeRow[] }).worktrees[0];
  await list();
  const change = { kind: 'modified', isStaged: false } as const;
  outside.trees.tell(`${folder}/a`, { changes: new Map([['x', change]]) });
  expect(await list()).toMatchObject({ state: 'agent', changed: 1, unmerged: 2 });
  expect(asked.at(-1)).toBe(false);
});
