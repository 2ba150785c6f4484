// Part of a branch in the review: what is asked for and what is not, one commit after the other, and a yes to the whole.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { expectPartAccessibleInBothThemes, expectStatesAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page, approval: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=ranges#/review/approval/${approval}`);
  await expect(page.getByRole('region', { name: 'Decision' })).toBeVisible();
}

const approval = (page: Page) => page.getByRole('region', { name: 'Approval' });
const approve = (page: Page) => page.getByRole('button', { name: /^Approve [0-9a-f]/ });

test('how much of a branch is asked for is said above it', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await open(page, 'a-50');
  const ranges = [
    ['a-50', 'commits 2-4 of 5'],
    ['a-51', 'commit 5 of 5'],
    ['a-52', 'whole branch, 5 commits'],
  ] as const;
  await expectStatesAccessible(
    page,
    '[aria-label="Approval"]',
    ranges.map(([id, says]) => [
      id,
      async () => {
        await open(page, id);
        await expect(approval(page).getByText(says).first()).toBeVisible();
        await expect(approve(page)).toBeEnabled();
      },
    ]),
  );
  await open(page, 'a-51');
  await expect(page.getByText(/do not apply to "main" by themselves/)).toBeVisible();
  await open(page, 'a-50');
  await page.getByRole('button', { name: 'commits 2-4 of 5' }).click();
  const list = page.getByRole('dialog', { name: 'Commits' });
  await expect(list.getByRole('group', { name: /^Later.*not asked for/ })).toHaveText(/docs/);
  await expect(list.getByRole('group', { name: /^Before.*not asked for/ })).toHaveText(/runner/);
  await expect(list.getByRole('list', { name: 'Commits' }).getByRole('listitem')).toHaveCount(3);
  await expectPartAccessibleInBothThemes(page, 'the commits', '[role="dialog"]');
  await list.getByRole('button', { name: /^limits: count by it/ }).click();
  await expect(list).toBeHidden();
  await expect(page.getByRole('region', { name: 'One commit alone' })).toHaveText(/2 of 3/);
  await expectPartAccessibleInBothThemes(page, 'one commit alone', '[aria-label="Approval"]');
});

test('a yes to part of a branch offers what can be', async ({ page }) => {
  await open(page, 'a-50');
  await expect(approve(page)).toBeEnabled();
  await page.keyboard.press('a');
  const how = page.getByRole('combobox', { name: 'How' });
  await expect(how).toHaveValue('rebase');
  await expect(how.getByRole('option')).toHaveCount(2);
});

test('commit by commit, then approved as a whole: that is merged and nothing else', async ({
  page,
}) => {
  test.setTimeout(60_000);
  const world: ServeWorld = await makeServeWorld();
  try {
    const serving = await world.serve();
    const one = await world.addAgent(serving, 'one');
    const made: string[] = [];
    for (const name of ['first', 'second', 'third', 'fourth'])
      made.push(
        await world.repository.commit(
          `Add ${name}`,
          { [`${name}.txt`]: `${name}\n` },
          one.worktree,
        ),
      );
    const [from, , commit] = made;
    await one.command('approval.request', { commit, from, title: 'Two in the middle' });
    await openMusher(page, serving);
    await goTo(page, '#/review');
    await expect(approve(page)).toBeEnabled();
    await expect(approval(page).getByText('commits 2-3 of 4')).toBeVisible();
    const bar = page.getByRole('region', { name: 'One commit alone' });
    for (const [says, file] of [
      ['Commit 1 of 2', 'second.txt'],
      ['Commit 2 of 2', 'third.txt'],
    ] as const) {
      await page.keyboard.press('o');
      await expect(bar).toContainText(says);
      await expect(approval(page).getByText(file).first()).toBeVisible();
      await expect(approve(page)).toBeDisabled();
    }
    await page.keyboard.press('Escape');
    await expect(bar).toBeHidden();
    await expect(approve(page)).toBeEnabled();
    for (const key of ['a', 'Space', 'Enter']) await page.keyboard.press(key);
    const decision = page.getByRole('region', { name: 'Decision', exact: true });
    await expect(decision).toContainText('merged', { timeout: 20_000 });
    const files = await world.repository.git(['ls-tree', '--name-only', 'main']);
    expect(files.split('\n').filter((name) => name.endsWith('.txt'))).toEqual([
      ...['second.txt', 'third.txt'],
    ]);
  } finally {
    await world.dispose();
  }
});
