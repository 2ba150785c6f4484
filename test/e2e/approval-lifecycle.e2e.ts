// Requests while the world moves on: what the review says of their branch and target, and what is done about it.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible, expectStatesAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const decision = (page: Page) => page.getByRole('region', { name: 'Decision' });
const merge = (page: Page) => page.getByRole('region', { name: 'Merge as of now' });

async function open(page: Page, approval: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=lifecycle#/review/approval/${approval}`);
  await expect(decision(page)).toBeVisible();
}

/** By approval: what a merge would come to, or why it is not asked for any more. */
const standing: ReadonlyArray<readonly [string, RegExp]> = [
  ['a-40', /^main is 3 commits ahead; merges clean$/],
  ['a-41', /12 commits ahead; merges, but 2 files not as shown/],
  ['a-42', /does not merge: 3 files in conflict.*Ask for a rebase/],
  ['a-43', /has all of this already: nothing to merge/],
  ['a-49', /main is 1 commit behind where the diff begins; merges, but 1 file not as shown/],
  ['a-46', /main has this commit already/],
  ['a-47', /There is no branch "release\/2026-11" to merge into/],
];
const withdrawn: ReadonlyArray<readonly [string, RegExp]> = [
  ['a-44', /withdrawn.*By Musher: its commit 9c1e5b70d2 is no longer on agent\/backend/],
  ['a-45', /nobody decided it within 14 days/],
  ['a-48', /the branch agent\/checkout is gone/],
];

test('each request says how it stands', async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 700 });
  await open(page, 'a-40');
  const show = (approval: string, isAsExpected: () => Promise<void>) =>
    [approval, () => open(page, approval).then(isAsExpected)] as const;
  await expectStatesAccessible(page, '[aria-label="Approval"]', [
    ...standing.map(([approval, says]) =>
      show(approval, () => expect(merge(page)).toHaveText(says)),
    ),
    ...withdrawn.map(([approval, says]) =>
      show(approval, async () => {
        await expect(decision(page).getByRole('status')).toHaveText(says);
        await expect(merge(page)).toBeHidden();
      }),
    ),
  ]);
});

test('newer commits on its branch are said in the review, its list and the Inbox', async ({
  page,
}) => {
  await open(page, 'a-40');
  await expect(page.getByText('2 newer commits on its branch')).toBeVisible();
  await expect(page.getByRole('option', { name: /describe the rate limits/ })).toContainText(
    '2 newer',
  );
  await page.goto(`${fixture.url}?scene=lifecycle#/inbox/approval/a-42`);
  await expect(page.getByRole('option', { name: /limits in the cart/ })).toContainText('1 newer');
  await expectAccessible(page, 'the Inbox');
});

test('of what does not merge, Enter asks for a rebase, and a yes is beside it', async ({
  page,
}) => {
  await open(page, 'a-42');
  await expect(merge(page)).toContainText('3 files in conflict');
  await page.getByRole('button', { name: 'Show them' }).click();
  await expect(page.getByRole('button', { name: 'src/limits/window.ts' })).toBeVisible();
  await page.keyboard.press('Escape');
  // The keyboard comes back to it, a moment after what it opened is gone.
  await expect(page.getByRole('button', { name: 'Show them' })).toBeFocused();
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: 'Approve all the same' })).toBeEnabled();
  await expectAccessible(page, 'the yes');
  await page.keyboard.press('Enter');
  const note = page.getByRole('textbox', { name: 'Note to checkout' });
  await expect(note).toBeFocused();
  await expect(note).toHaveValue(
    /does not merge into main .*conflict in docs\/api\/errors\.md, .*Rebase onto main/,
  );
});
