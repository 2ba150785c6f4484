// The merge queue in the review: what waits and why, how a yes merges, what was not merged or not pushed, and the way back.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible, expectStatesAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const decision = (page: Page) => page.getByRole('region', { name: 'Decision' });

async function open(page: Page, approval: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=queue#/review/approval/${approval}`);
  await expect(decision(page)).toBeVisible();
}

/** By approval: what is said, and what can be done. */
const states: ReadonlyArray<readonly [string, RegExp, readonly string[]]> = [
  ['a-30', /^Merging.*→ main/, []],
  ['a-31', /Next in the queue, held.*to be squashed/, ['Take back', 'Release main']],
  [
    'a-32',
    /after “feat\(api\): limits by address”, which it builds on/,
    ['Take back', 'Release main'],
  ],
  [
    'a-33',
    /Number 3 in the queue.*behind “docs: describe/,
    ['Take back', 'Merge first', 'Release main'],
  ],
  ['a-34', /cannot go forward.*Approve again with another strategy/, ['Approve again']],
  ['a-35', /Taken back by a-37/, []],
  ['a-36', /Not pushed.*fetch first.*then push again/, ['Push again', 'Undo…']],
  ['a-37', /Takes back a-35/, ['Undo…']],
];

test('each state says what it waits for and what can be done', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page, 'a-30');
  await expectStatesAccessible(
    page,
    '[aria-label="Decision"]',
    states.map(([approval, says, buttons]) => [
      approval,
      async () => {
        await open(page, approval);
        await expect(decision(page).getByRole('status')).toHaveText(says);
        for (const name of buttons)
          await expect(decision(page).getByRole('button', { name })).toBeVisible();
      },
    ]),
  );
});

test('how it is merged is said and chosen before the yes, from the keyboard', async ({ page }) => {
  await open(page, 'a-17');
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
  await page.keyboard.press('a');
  const how = page.getByRole('combobox', { name: 'How' });
  await expect(how).toHaveValue('merge');
  await how.selectOption('squash');
  await expectAccessible(page, 'the yes');
  await expect(how).toHaveValue('squash');
});
