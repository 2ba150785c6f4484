// Whose work collides, a target that moved, and commits elsewhere: seen, decided by keys, and within reach of assistive technology.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessibleInThemes } from './axe.ts';
import { goTo } from './musher-page.ts';
import { testAtLength } from './test-at-length.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page, hash = '#/conflicts', scene = 'conflicts'): Promise<void> {
  await page.goto(`${fixture.url}?scene=${scene}${hash}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

const detailOf = (page: Page, agents: string) =>
  page.getByRole('region', { name: `Conflict of ${agents}` });
const shown = (page: Page) =>
  page.getByRole('listbox', { name: 'Conflicts' }).getByRole('option', { selected: true });

// Of all these states `pictures` looks at some, in one theme.
testAtLength('nothing of it is out of reach of assistive technology', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  await expect(page.getByRole('region', { name: 'Place 1 of 2' })).toBeVisible();
  await expectAccessibleInThemes(page, 'conflicts');
  await goTo(page, '#/conflicts/intents');
  await expect(page.getByRole('article', { name: 'Intent of docs' })).toBeVisible();
  await expectAccessibleInThemes(page, 'intents');
  await goTo(page, '#/inbox/target/main');
  await expect(page.getByRole('button', { name: /It is right/ })).toBeVisible();
  await expectAccessibleInThemes(page, 'a target that moved');
  await goTo(page, '#/inbox/stray/docs');
  await expect(page.getByText('git switch agent/docs && git cherry-pick')).toBeVisible();
  await expectAccessibleInThemes(page, 'a stray commit');
  await goTo(page, '#/inbox/target/release/2.3');
  await expect(page.getByText(/^git log --oneline .*refs\/musher\/targets/)).toBeVisible();
  await expectAccessibleInThemes(page, 'a target that was moved back');
  await goTo(page, '#/conflicts/conflict/c-7');
  await expect(detailOf(page, 'main and docs')).toContainText('main has moved on');
  await expect(page.getByRole('group', { name: /merged first/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Message docs/ })).toBeVisible();
  await expectAccessibleInThemes(page, 'a conflict with what is merged already');
  await goTo(page, '#/agents/agent/backend');
  await expect(page.getByRole('list', { name: 'Commits' })).toBeVisible();
  await expectAccessibleInThemes(page, 'an agent that collides');
});

test('by keys alone: from one to the next, both told, and one dismissed and taken back', async ({
  page,
}) => {
  await open(page);
  await expect(shown(page)).toHaveText(/backend and checkout/);
  await page.keyboard.press('j');
  await expect(detailOf(page, 'refactor and checkout')).toBeVisible();
  await page.keyboard.press('m');
  const text = page.getByLabel('Message to refactor and checkout');
  await expect(text).toBeFocused();
  await expect(text).toHaveValue(/refactor goes first/);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Sent to refactor and checkout')).toBeVisible();
  await page.keyboard.press('x');
  await page.keyboard.type('They agreed.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('option')).toHaveCount(4);
  await page.keyboard.press('z');
  await expect(page.getByRole('option')).toHaveCount(5);
  await expect(shown(page)).toHaveText(/refactor and checkout/);
});

test('the square of a team leads by arrows, with its names in sight', async ({ page }) => {
  await open(page, '#/conflicts', 'collisions');
  await page.getByLabel('All agents').check();
  const grid = page.getByRole('grid', { name: 'Who collides with whom' });
  await grid.focus();
  const before = await shown(page).textContent();
  const heads = (role: 'columnheader' | 'rowheader', name: string) =>
    grid.getByRole(role, { name });
  // At the lowest row, and then at its end: the names of both stay.
  await expect(heads('columnheader', 'flags')).toBeInViewport();
  await page.keyboard.press('End');
  await expect(grid.getByRole('gridcell', { selected: true })).toBeInViewport();
  await expect(heads('rowheader', 'webhooks')).toBeInViewport();
  for (let row = 0; row < 36; row += 1) await page.keyboard.press('ArrowUp');
  await expect(heads('rowheader', 'a11y')).toBeInViewport();
  for (let column = 0; column < 36; column += 1) await page.keyboard.press('ArrowLeft');
  await expect(shown(page)).not.toHaveText(before ?? '');
});

test('the three ways: lines of both by their numbers, what hides made visible, and why there are none', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  const place = page.getByRole('region', { name: 'Place 2 of 2' });
  await expect(place).toContainText('‹U+202E›txt.exe');
  await expect(place.getByRole('row').first()).toContainText('44');
  await page.getByRole('button', { name: /logo.*binary/ }).click();
  await expect(page.getByText('No lines to show: it is binary.')).toBeVisible();
  await goTo(page, '#/conflicts/conflict/c-2');
  const error = detailOf(page, 'docs and backend').getByRole('alert');
  await expect(error).toContainText('has no worktree now');
  await expect(error.getByRole('button', { name: 'Look again' })).toBeVisible();
});

test('files are taken from an intent with a reason, and the merge order is said', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('radio', { name: /checkout/ }).check();
  await expect(page.getByRole('group', { name: 'Whose work is merged first' })).toContainText(
    'checkoutsaid by you',
  );
  await page.keyboard.press('i');
  const intent = page.getByRole('article', { name: 'Intent of backend' });
  await intent.getByRole('button', { name: 'Take…' }).click();
  const take = page.getByRole('button', { name: /Release 3 files/ });
  await expect(take).toBeDisabled();
  await page.getByLabel('Reason').fill('The release needs it.');
  await take.click();
  await expect(intent).toBeHidden();
});

test('a target is moved back only after what that does was read, and a failure stays in sight', async ({
  page,
}) => {
  await open(page, '#/inbox/target/main');
  await expect(page.getByText('By git’s reflog, which anyone can write')).toBeVisible();
  await page.keyboard.press('b');
  const dialog = page.getByRole('dialog', { name: 'Move main back?' });
  await expect(dialog).toContainText('2 commits leave it');
  await expect(dialog).toContainText('/home/ada/shop');
  await dialog.getByRole('button', { name: 'Move back' }).click();
  await expect(page.getByRole('button', { name: 'Moving back' })).toBeDisabled();
  await goTo(page, '#/inbox/target/release/2.4');
  await expect(page.getByText('with uncommitted changes')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('option', { name: /^Moved from release/ })).toBeHidden();
});
