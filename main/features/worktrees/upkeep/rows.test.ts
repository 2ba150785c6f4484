import { expect, it } from 'vitest';
import type { FoundTree } from '../ports.ts';
import { type Owner, rowsOf } from './rows.ts';

const folder = '/r.worktrees';
const agents: readonly Owner[] = [
  { id: 'ada', state: 'stopped', branch: 'agent/ada', worktreePath: `${folder}/ada` },
  { id: 'old', state: 'destroyed', branch: 'agent/old' },
  { id: 'off', state: 'stopped', branch: 'agent/off', worktreePath: `${folder}/off` },
];

/** `kind path more`. */
function found(kind: FoundTree['kind'], path: string, more: Partial<FoundTree> = {}): FoundTree {
  return { kind, path: `${folder}/${path}`, id: `id-${path}`, ...more };
}

it.each<[string, FoundTree, string]>([
  ['an agent works there', found('linked', 'ada', { madeFor: 'ada' }), 'agent ada'],
  ['an agent’s that moved', found('moved', 'x', { wasAt: `${folder}/ada` }), 'moved ada'],
  ['of an agent that is destroyed', found('linked', 'old', { madeFor: 'old' }), 'kept old'],
  ['of an agent that works elsewhere', found('linked', 'x', { madeFor: 'ada' }), 'kept ada'],
  ['of an agent that nobody knows', found('linked', 'x', { madeFor: 'x' }), 'orphan x goes'],
  ['made by hand', found('linked', 'x'), 'outside'],
  ['gone', found('missing', 'x'), 'missing goes'],
  ['gone, of a destroyed agent', found('missing', 'x', { madeFor: 'old' }), 'missing old'],
  ['gone and locked', found('missing', 'x', { locked: '' }), 'missing'],
  ['locked, of nobody', found('linked', 'x', { madeFor: 'x', locked: 'why' }), 'orphan x'],
  ['forgotten by git', found('forgotten', 'x'), 'forgotten goes'],
  ['forgotten, of an agent', found('forgotten', 'ada'), 'forgotten ada'],
  ['forgotten, elsewhere', found('forgotten', '../r.worktrees-2/x'), 'forgotten'],
  ['left over', found('trash', '.trash/x-1'), 'trash goes'],
  ['no worktree', found('folder', 'x'), 'folder'],
])('%s', (_what, tree, said) => {
  const path = tree.path.replace('/r.worktrees/../', '/');
  const rows = rowsOf([{ ...tree, path }], {
    agents: agents.slice(0, 2),
    worktreesFolder: folder,
  });
  const row = rows.find((one) => one.path === path);
  expect([row?.state, row?.agent, row?.pruneId && 'goes'].filter(Boolean).join(' ')).toBe(said);
});

it('an agent whose worktree nobody finds has a row too, and those of agents come after the main checkout', () => {
  const rows = rowsOf(
    [found('linked', 'z'), found('linked', 'ada'), { kind: 'main', path: '/r', id: 'm' }],
    { agents, worktreesFolder: folder },
  );
  expect(rows.map(({ state, path, agent }) => [state, path, agent])).toEqual([
    ['main', '/r', undefined],
    ['agent', `${folder}/ada`, 'ada'],
    ['missing', `${folder}/off`, 'off'],
    ['outside', `${folder}/z`, undefined],
  ]);
});
