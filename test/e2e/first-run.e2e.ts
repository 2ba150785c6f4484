// The first minutes: a page that lets a repository be chosen, and the tour through the real views. By keyboard alone.

import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { makeRepository, type TestRepository } from '../harness/repositories.ts';
import { type Serving, startWelcome } from '../harness/serve.ts';
import { expectAccessible, expectAccessibleInBothThemes } from './axe.ts';

let repository: TestRepository;
let home: string;
let serving: Serving;

test.beforeAll(async () => {
  repository = await makeRepository();
  home = await realpath(await mkdtemp(join(tmpdir(), 'musher-home-')));
  await mkdir(join(home, 'code/notes'), { recursive: true });
  serving = await startWelcome(join(home, 'code'), { env: { ...repository.env, HOME: home } });
});
test.afterAll(async () => {
  await serving?.stop();
  await repository.dispose();
  await rm(home, { recursive: true, force: true });
});

test('a folder becomes a repository after a yes, its page opens in the same window, and the tour goes through the views', async ({
  page,
}) => {
  await page.goto(serving.loginUrl);
  const field = page.getByRole('combobox', { name: 'Folder of the repository' });
  await expect(field).toHaveValue('~/code');
  await expect(page.getByText('is in no git repository')).toBeVisible();
  await expect(page.getByRole('list').getByText('git version')).toBeVisible();
  await expectAccessibleInBothThemes(page, 'welcome');
  await chooseNotes(page);
  const yes = page.getByRole('button', { name: 'Make it a git repository…' });
  await page.keyboard.press('Tab');
  await expect(yes).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
  await page.getByRole('button', { name: 'Make it one and open' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\?project=/);
  await takeTour(page);
});

/** By the folders that are offered. */
async function chooseNotes(page: Page): Promise<void> {
  const field = page.getByRole('combobox');
  await field.fill('~/code/no');
  await expect(page.getByRole('option', { name: '~/code/notes' })).toBeVisible();
  await expectAccessible(page, 'folders that are offered');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('~/code/notes/');
  await page.keyboard.press('Escape');
  await expect(page.getByText('~/code/notes.worktrees')).toBeVisible();
}

async function takeTour(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Take the tour' }).focus();
  await page.keyboard.press('Enter');
  const tour = page.getByRole('dialog', { name: 'Tour' });
  const next = tour.getByRole('button', { name: 'Next' });
  const heading = tour.getByRole('heading');
  for (const view of ['Inbox', 'Agents', 'Review', 'Board', 'Messages', 'Conflicts', 'Timeline']) {
    await expect(heading).toHaveText(new RegExp(`^${view}`));
    await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText(view);
    await expect(next).toBeFocused();
    await expect(page.locator('[data-tour="ring"]')).toBeVisible();
    if (view === 'Inbox') await expectAccessibleInBothThemes(page, 'the tour');
    await page.keyboard.press(view === 'Agents' ? 'ArrowRight' : 'Enter');
  }
  await expect(tour.getByRole('button', { name: 'Done' })).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(heading).toHaveText(/^Timeline/);
  await page.keyboard.press('Escape');
  await expect(tour).toHaveCount(0);
  await expect(page).toHaveURL(/#\/inbox$/);
  // It is offered once; from then on the palette has it.
  await page.reload();
  await expect(page.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Take the tour' })).toHaveCount(0);
  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill('Take the tour');
  await page.keyboard.press('Enter');
  await expect(heading).toHaveText(/^Inbox/);
  await expect(next).toBeFocused();
  await page.keyboard.press('Escape');
  await getHelp(page);
  await expect(next).toBeFocused();
}

/** What each view is for, and where things are of this repository. */
async function getHelp(page: Page): Promise<void> {
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect(help.getByRole('button', { name: /^Doctor/ })).toContainText('What Musher needs');
  await expect(help.getByText('notes/.musher/config.toml')).toBeVisible();
  await expectAccessible(page, 'help');
  await help.getByRole('button', { name: 'Take the tour' }).press('Enter');
}
