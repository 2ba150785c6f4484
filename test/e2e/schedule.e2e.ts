// The schedule by key and by form, on a hub in memory: what is wrong is said before anything is set.

import { expect, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

test('timers are looked through, paused, changed and taken back by key', async ({ page }) => {
  await page.goto(`${fixture.url}?scene=schedule#/schedule`);
  const detail = page.getByRole('region', { name: /^Timer t-/ });
  await expect(detail).toHaveAccessibleName('Timer t-2');
  await expect(detail.getByRole('region', { name: 'History' })).toContainText('Firing 318');
  await expectAccessible(page, 'the schedule');
  for (let step = 0; step < 4; step++) await page.keyboard.press('j');
  await expect(detail).toHaveAccessibleName('Timer t-1');
  await expect(detail).toContainText('Monday to Friday at 09:00 (Europe/Berlin)');
  await page.keyboard.press('p');
  await expect(detail).toContainText('paused');
  await page.keyboard.press('e');
  await expect(page.getByRole('dialog', { name: 'Change t-1' })).toBeVisible();
  await expect(page.getByLabel('Cron', { exact: true })).toHaveValue('0 9 * * 1-5');
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await expect(page.getByRole('radio', { name: 'Triggers' })).toBeChecked();
  await page.keyboard.press('v');
  await expect(page.getByText('Start tests again, try 3 of 10')).toBeVisible();
});

test('the form says what is wrong, and when it would fire, before it is set', async ({ page }) => {
  await page.goto(`${fixture.url}?scene=schedule#/schedule`);
  await expect(page.getByRole('region', { name: /^Timer t-/ })).toBeVisible();
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'New timer' });
  await form.getByRole('radio', { name: 'Command' }).click();
  await form.getByLabel('Command', { exact: true }).fill('story.mvoe');
  await form.getByLabel('At', { exact: true }).fill('in 2h');
  await expect(form.getByRole('alert')).toContainText('There is no command "story.mvoe"');
  await form.getByLabel('Command', { exact: true }).fill('story.move');
  await form.getByRole('radio', { name: 'By the calendar' }).click();
  await form.getByLabel('Cron', { exact: true }).fill('0 0 30 2 *');
  await expect(form.getByRole('alert')).toContainText('there is no day 30 in month 2');
  await expect(form.getByRole('button', { name: /^Set/ })).toBeDisabled();
  await form.getByLabel('Cron', { exact: true }).fill('0 9 * * *');
  await expect(form.getByRole('complementary').getByRole('listitem')).toHaveCount(5);
  await expect(form.getByRole('button', { name: /^Set/ })).toBeEnabled();
  await expectAccessible(page, 'the form of a timer');
});
