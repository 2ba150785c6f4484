import { expect, it } from 'vitest';
import { openBox } from '../../../test/harness/hub.ts';
import { world } from '../../../test/harness/hub-ports.ts';
import { selectAgents } from './slice.ts';

async function open() {
  const { outside, features } = world();
  const box = await openBox({ features });
  const path = '/code/Shop login';
  await box.dispatch('worktree.adopt', { path });
  outside.done.length = 0;
  const go = async (verb: string, more = {}) => {
    await box.dispatch(`agent.${verb}`, { agent: 'shop-login', ...more });
    return selectAgents(box.hub.state()).byId.get('shop-login');
  };
  return { box, outside, path, go };
}

it('it becomes a stopped agent of its folder’s name, and works where it stands', async () => {
  const { go, path, outside, box } = await open();
  expect(selectAgents(box.hub.state()).byId.get('shop-login')).toMatchObject({
    ...{ state: 'stopped', worktreePath: path, adoptedPath: path, branch: 'agent/Shop login' },
    base: { ref: 'main' },
  });
  expect(await go('start')).toMatchObject({ state: 'running', worktreePath: path });
  expect(outside.opened.get('shop-login.1')).toMatchObject({ cwd: path });
});

it('destroyed, its folder stays and is taken up again; removed with it, it is made as any other', async () => {
  const { go, path, outside } = await open();
  const gone = await go('destroy');
  expect(gone).toMatchObject({ state: 'destroyed', adoptedPath: path });
  expect(outside.retired.at(-1)).toMatchObject({ worktreePath: path, keepsFolder: true });
  expect(await go('revive')).toMatchObject({ worktreePath: path });
  expect((await go('destroy', { removeFolder: true }))?.adoptedPath).toBeUndefined();
  expect(outside.retired.at(-1)).toMatchObject({ keepsFolder: false });
  expect(await go('revive')).toMatchObject({ worktreePath: '/r.worktrees/shop-login' });
});

it('what an agent works in is not adopted by a second', async () => {
  const { box, path } = await open();
  await expect(box.dispatch('worktree.adopt', { path, agent: 'other' })).rejects.toMatchObject({
    wire: {
      code: 'WORKTREE_NOT_ADOPTABLE',
      message: expect.stringContaining('agent "shop-login"'),
    },
  });
  await expect(box.dispatch('worktree.adopt', { path: '/x', agent: 'A b' })).rejects.toMatchObject({
    wire: { code: 'AGENT_NAME_INVALID' },
  });
});
