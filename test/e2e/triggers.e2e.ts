// Triggers on the page, from a hub in memory: read, unfolded, paused, and added with a dry run beside what is typed.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1280, height: 800 } });

const rows = (page: Page) => page.getByRole('region', { name: 'Triggers' }).getByRole('listitem');

async function open(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=triggers#/schedule/triggers`);
  await expect(rows(page)).toHaveCount(8);
}

test('what needs a look is first; all of it is unfolded and paused by key', async ({ page }) => {
  await open(page);
  await expect(rows(page).first()).toContainText('Tell the build');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  await expect(rows(page).first()).toContainText('What it does failed 3 times in a row');
  await expect(rows(page).first()).toContainText('fired on event 4812');
  await expectAccessible(page, 'a trigger that is unfolded');
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'Resume' })).toHaveCount(0);
  await page.keyboard.press('x');
  await expect(page.getByRole('dialog', { name: 'Remove tr-3?' })).toBeVisible();
});

test('a new one says beside it what it would have fired on, and what is wrong at its field', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New trigger' });
  const run = dialog.getByRole('region', { name: 'Dry run' });
  await dialog.getByLabel('Events').fill('story.moved');
  await expect(run).toContainText('4 times in the newest 10,000 events');
  await expectAccessible(page, 'a new trigger');
  await dialog.getByLabel('And only where').fill('data.transition >');
  await expect(dialog).toContainText('line 1, column 18, at its end');
  await dialog.getByLabel('And only where').fill('');
  await dialog.getByRole('button', { name: /Add trigger/ }).click();
  await expect(dialog.getByText('Say what is to be done')).toBeVisible();
  await expect(dialog.getByLabel('Prompt')).toBeFocused();
  await page.keyboard.type('Look at it.');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(rows(page)).toHaveCount(9);
});
