// Settings on the page, from a hub in memory: found, changed and taken back by the keyboard, checked while they are typed, and what goes wrong.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1280, height: 800 } });

async function open(page: Page, how = ''): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=busy${how}#/settings`);
  await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
}

const row = (page: Page, key: string) => page.locator(`[data-key='${key}']`);
const field = (page: Page, key: string) => row(page, key).locator('input, select, textarea');

test('each setting says what counts, whose it is, and what the other file says', async ({
  page,
}) => {
  await open(page);
  await expect(row(page, 'limits.turns')).toContainText('your own');
  await expect(row(page, 'limits.turns')).toContainText('says 120, which does not count');
  await expect(row(page, 'limits.cost_usd')).toContainText('repository');
  await expect(row(page, 'snapshots.every_minutes')).toContainText('default');
  await expectAccessible(page, 'settings');
  await page.keyboard.press('o');
  await expect(row(page, 'limits.turns')).toContainText('It does not count: your own file says it');
  await expect(row(page, 'editor.command')).toContainText('Only your own file is asked for it');
  await expect(field(page, 'editor.command')).toBeDisabled();
  await expectAccessible(page, 'the other file');
});

test('by keyboard: found, changed, refused while it is typed, and reset', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await page.keyboard.type('turns of one run');
  await expect(page.getByRole('listitem').filter({ has: page.locator('code') })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field(page, 'limits.turns')).toHaveValue('200');
  await field(page, 'limits.turns').focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('0');
  await expect(row(page, 'limits.turns').getByRole('alert')).toContainText('Expected at least 1');
  await expectAccessible(page, 'refused');
  await page.keyboard.press('Enter');
  await expect(field(page, 'limits.turns')).toHaveValue('0');
  await page.keyboard.press('Escape');
  await expect(field(page, 'limits.turns')).toHaveValue('200');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('50');
  await page.keyboard.press('Enter');
  await expect(row(page, 'limits.turns').getByRole('status')).toHaveText('Saved.');
  await expect(field(page, 'limits.turns')).toHaveValue('50');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field(page, 'limits.turns')).toHaveValue('');
  await expect(row(page, 'limits.turns')).toContainText('The repository’s file says 120.');
  await expect(field(page, 'limits.turns')).toBeFocused();
  await expect(row(page, 'limits.turns').getByRole('button', { name: 'Undo' })).toBeVisible();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field(page, 'limits.turns')).toHaveValue('50');
  await expect(field(page, 'limits.turns')).toBeFocused();
});

test('what the disk refuses says why, and is tried again', async ({ page }) => {
  await open(page);
  await field(page, 'limits.turns').fill('13');
  await page.keyboard.press('Enter');
  const refused = row(page, 'limits.turns').getByRole('alert');
  await expect(refused).toContainText('there is no room left on its disk');
  await expect(field(page, 'limits.turns')).toHaveValue('13');
  await refused.getByRole('button', { name: 'Try again' }).click();
  await expect(refused).toContainText('there is no room left on its disk');
});

test('rows that have names unfold, are added and removed', async ({ page }) => {
  await open(page);
  const profiles = page.getByRole('region', { name: 'Rows of profiles', exact: true });
  await profiles.getByText('reviewer', { exact: true }).click();
  await expect(field(page, 'profiles.reviewer.args')).toHaveValue('--permission-mode\nplan');
  await expect(field(page, 'profiles.reviewer.env')).toHaveValue('REVIEW=strict');
  await expectAccessible(page, 'a row');
  await profiles.getByRole('button', { name: 'Remove reviewer' }).click();
  await profiles.getByRole('button', { name: 'Remove reviewer: press again' }).click();
  await expect(profiles.getByText('reviewer', { exact: true })).toBeHidden();
  await page.getByText('profiles.reviewer is removed.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(page, 'profiles.reviewer.args')).toHaveValue('--permission-mode\nplan');
  await expect(field(page, 'profiles.reviewer.env')).toHaveValue('REVIEW=strict');
  await profiles.getByRole('button', { name: 'Add to profiles' }).click();
  await page.keyboard.type('mine');
  await page.keyboard.press('Tab');
  await page.keyboard.type('my-cli');
  await expectAccessible(page, 'adding a row');
  await page.keyboard.press('Enter');
  await expect(profiles.getByText('mine', { exact: true })).toBeVisible();
});

test('problems of a file stand on top with their lines, and nothing found says so', async ({
  page,
}) => {
  await open(page, '&settings=bad');
  const problems = page.getByRole('alert').filter({ hasText: 'did you mean' });
  await expect(problems).toContainText('Line 4 limits.turn: there is no key "turn"');
  await expect(page.getByRole('button', { name: 'Open in editor' })).toBeVisible();
  await expectAccessible(page, 'problems');
  await page.keyboard.press('/');
  await page.keyboard.type('zzzz');
  await expect(page.getByText('No setting has these words')).toBeVisible();
  await expectAccessible(page, 'nothing found');
});

test('a document of settings is made, and another shows what it would change before it does', async ({
  page,
}) => {
  await open(page);
  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox')).toHaveValue(/"musher": "settings"/);
  await expect(dialog).toContainText('may be secret: profiles.reviewer.env');
  await expectAccessible(page, 'export');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Import…' }).click();
  await dialog.getByRole('textbox').fill('nothing');
  await dialog.getByRole('button', { name: 'See what changes' }).click();
  await expect(dialog.getByRole('alert')).toContainText('it is no JSON');
  await dialog.getByRole('textbox').fill('{"musher": "settings"}');
  await dialog.getByRole('button', { name: 'See what changes' }).click();
  await expect(dialog.getByRole('status')).toContainText('limits.turns 200 → 90');
  await expectAccessible(page, 'import');
  await dialog.getByRole('button', { name: 'Change 2 settings' }).click();
  await expect(dialog).toBeHidden();
  await expect(field(page, 'limits.turns')).toHaveValue('90');
});

test('before they are read, and where they cannot be', async ({ page }) => {
  await open(page, '&settings=slow');
  await expect(page.getByText('Reading settings')).toBeAttached();
  await open(page, '&settings=fails');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessible(page, 'failed');
});
