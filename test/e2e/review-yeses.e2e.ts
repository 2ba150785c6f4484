// A yes with words, and a yes to several: only to what was opened, undone as one, and what is refused loses nothing.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const settledMs = 20_000;
const list = (page: Page) => page.getByRole('listbox');
const row = (page: Page, name: RegExp) => list(page).getByRole('option', { name });
const opened = (page: Page) => page.getByRole('button', { name: /^Approve [0-9a-f]/ });

/** Keys that decide do something again: the selection may just have moved by itself. */
const untilAnswerable = (page: Page) => expect(page.locator('[data-quiet="true"]')).toHaveCount(0);

async function openReview(page: Page, approval: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=yeses#/review/approval/${approval}`);
  await expect(opened(page)).toBeEnabled();
}

test('a note is written with the yes from the keyboard, and is still there when it is undone or refused', async ({
  page,
}) => {
  await openReview(page, 'a-51');
  await page.keyboard.press('a');
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Approve and merge' })).toBeFocused();
  await page.keyboard.press('m');
  const note = page.getByRole('textbox', { name: 'Note to backend, with the yes' });
  await page.keyboard.type('please refuse this');
  await expectAccessible(page, 'a note with the yes');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('decided', { exact: true }).first()).toBeVisible();
  await page.keyboard.press('z');
  await expect(opened(page)).toBeEnabled();
  await untilAnswerable(page);
  await page.keyboard.press('a');
  await expect(note).toHaveValue('please refuse this');
  await page.keyboard.press('Enter');
  await expect(page.getByText('is for commit')).toBeVisible({ timeout: settledMs });
  await expect(opened(page)).toBeEnabled();
  await untilAnswerable(page);
  await page.keyboard.press('a');
  await note.fill('nicely done');
  await page.keyboard.press('Control+Enter');
  const decision = page.getByRole('region', { name: 'Decision', exact: true });
  await expect(decision.getByRole('status')).toContainText('nicely done', { timeout: settledMs });
});

test('several are approved at once, those alone whose diff was opened, and undone as one', async ({
  page,
}) => {
  await page.goto(`${fixture.url}?scene=yeses#/inbox`);
  await expect(list(page)).toBeFocused();
  for (const name of [/by address/, /rounding/, /one place/])
    await row(page, name)
      .first()
      .click({ modifiers: ['ControlOrMeta'] });
  const region = page.getByRole('region', { name: 'Approve', exact: true });
  await expect(region.getByRole('button', { name: /Approve none yet/ })).toBeDisabled();
  await expect(region.getByText('not opened yet')).toHaveCount(3);
  await expectAccessible(page, 'none opened');
  // Through all three, and back to what was chosen.
  for (const left of [2, 1, 0]) {
    await page.keyboard.press('o');
    const approval = page.getByRole('region', { name: 'Approval', exact: true });
    await expect(approval).toHaveAttribute('data-opened', 'true');
    await page.keyboard.press('Escape');
    await expect(region.getByText('not opened yet')).toHaveCount(left);
  }
  await expect(region).toContainText('its diff is cut: decide it by itself');
  await page.keyboard.press('a');
  const confirm = region.getByRole('button', { name: 'Approve and merge' });
  await expect(confirm).toBeDisabled();
  await region.getByRole('checkbox').check();
  await region.getByRole('textbox', { name: 'Note to each agent' }).fill('thanks');
  await expectAccessible(page, 'several to approve');
  await confirm.click();
  await expect(page.getByText('Approved 2 requests: thanks')).toBeVisible();
  await expect(row(page, /rounding/)).toHaveCount(0);
  await page.keyboard.press('z');
  await expect(region.getByRole('button', { name: /Approve 2 of 3/ })).toBeVisible();
  await untilAnswerable(page);
  await page.keyboard.press('a');
  await expect(confirm).toBeFocused();
  await page.keyboard.press('Enter');
  // One was refused: it waits still, and says why.
  await expect(page.getByText('Approval "a-52" is for commit')).toBeVisible({ timeout: settledMs });
  await expect(row(page, /rounding/)).toBeVisible();
  await expect(row(page, /feat\(api\)/)).toHaveCount(0);
});

test('what a rule approved says so, and what one left says why', async ({ page }) => {
  await openReview(page, 'a-53');
  await expect(page.getByText('A rule left this to you.')).toBeVisible();
  await expectAccessible(page, 'left by a rule');
  await page.goto(`${fixture.url}?scene=yeses#/review/approval/a-55`);
  const decision = page.getByRole('region', { name: 'Decision', exact: true });
  await expect(decision.getByRole('status')).toContainText('by rule docs-only');
});
