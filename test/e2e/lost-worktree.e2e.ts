// A worktree that somebody moves away under its agent: the page says so while it runs, and when it is back.

import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld, untilAgent } from '../harness/serve-world.ts';
import { expectOnScreen, goTo, openMusher, terminalOf } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

test('it is told at the running agent, a restart is refused, and what is back is well again', async ({
  page,
}) => {
  const first = await world.serve();
  const command = ['sh', '-c', 'echo at work; exec sleep 1000'];
  await first.operator.command('agent.add', { name: 'a', profile: 'script', command });
  const { worktreePath = '' } = await untilAgent(first, 'a', 'running');
  const elsewhere = join(world.repository.root, '..', 'elsewhere');
  // A hub that begins looks at once; this one would in half a minute.
  await first.kill('SIGKILL');
  await rename(worktreePath, elsewhere);
  const serving = await world.serve();
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/a');

  const told = page.getByText(/no worktree of agent "a" at .* If it was moved, move it back/);
  await expect(told).toBeVisible();
  await expectOnScreen(terminalOf(page, 'a'), 'at work');
  await expect(page.getByRole('row', { name: /worktree missing .* high/ })).toBeVisible();

  await rename(elsewhere, worktreePath);
  await expect(told).toBeHidden();
  await expect(page.getByRole('row', { name: /worktree/ })).toBeHidden();
  await untilAgent(serving, 'a', 'running');

  await rename(worktreePath, elsewhere);
  await serving.operator.command('agent.restart', { agent: 'a' });
  await expect(page.getByText(/no worktree of agent "a" at/).first()).toBeVisible();
  const { failure } = await untilAgent(serving, 'a', 'stopped');
  expect(failure).toMatchObject({ code: 'WORKTREE_MISSING' });
});
