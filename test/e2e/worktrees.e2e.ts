// Worktrees in the page of a real Musher: what was moved is mended, what somebody else made becomes an agent's, and what nobody needs
// goes when it is ticked.

import { rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import {
  agentRecord,
  makeServeWorld,
  scriptedAgent,
  type ServeWorld,
  untilAgent,
} from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectAccessible } from './axe.ts';
import { openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;
let moved: string;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  const { repository } = world;
  const command = scriptedAgent('forever.mjs');
  const add = { name: 'ada', profile: 'script', command, start: false };
  await serving.operator.command('agent.add', add);
  const { worktreePath = '' } = await untilAgent(serving, 'ada', 'stopped');
  moved = join(dirname(repository.root), 'ada-moved');
  await rename(worktreePath, moved);
  const mine = join(dirname(repository.root), 'mine');
  await repository.git(['worktree', 'add', '-q', '-b', 'mine', mine]);
  for (const gone of ['gone-1', 'gone-2']) {
    const path = join(repository.worktreesFolder, gone);
    await repository.git(['worktree', 'add', '-q', '-b', gone, path]);
    await rm(path, { recursive: true });
  }
});
test.afterAll(() => world.dispose());

async function open(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('worktrees');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Worktrees' })).toBeVisible();
}

test('mended, pruned and adopted from one dialog', async ({ page }) => {
  await openMusher(page, serving);
  await open(page);
  await expectAccessible(page, 'the list of worktrees');
  await page.getByRole('button', { name: 'Repair 1…' }).click();
  await page.getByRole('button', { name: 'Repair 1', exact: true }).click();
  await expect(page.getByText('ada works there')).toBeVisible();
  expect((await agentRecord(serving, 'ada')).worktreePath).toBe(moved);

  await page.getByRole('button', { name: 'All worktrees' }).click();
  await page.getByRole('button', { name: 'Prune 2…' }).click();
  await page.getByRole('checkbox', { name: /gone-1/ }).uncheck();
  await expectAccessible(page, 'what could be pruned');
  await page.getByRole('button', { name: 'Prune 1', exact: true }).click();
  await expect(page.getByRole('list', { name: 'What came of each' })).toContainText('done');
  await page.getByRole('button', { name: 'All worktrees' }).click();
  await expect(page.getByRole('button', { name: 'Prune 1…' })).toBeVisible();

  await page.getByRole('button', { name: 'Adopt…' }).click();
  await page.getByLabel('Name of the agent').fill('Mine');
  await page.getByLabel('Program').selectOption('shell');
  await page.getByRole('button', { name: 'Adopt', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('"mine"');
  await page.getByLabel('Name of the agent').fill('mine');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await untilAgent(serving, 'mine', 'stopped')).toMatchObject({ branch: 'mine' });
});
