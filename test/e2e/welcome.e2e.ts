// The page that lets a repository be chosen, on a hub in memory: what is dropped on it, and the list below its field.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const field = (page: Page) => page.getByRole('combobox', { name: 'Folder of the repository' });

async function open(page: Page): Promise<void> {
  await page.goto(`${fixture.url}?scene=welcome`);
  await expect(page.getByText('is in no git repository')).toBeVisible();
}

/** A folder of that name, as the system hands it over. */
async function drop(page: Page, name: string): Promise<void> {
  await page.evaluate((file) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], file));
    const how = { dataTransfer, bubbles: true, cancelable: true };
    for (const type of ['dragover', 'drop']) document.body.dispatchEvent(new DragEvent(type, how));
  }, name);
}

test('a folder that is dropped is chosen in the desktop app, and a browser says why it cannot be', async ({
  page,
}) => {
  await open(page);
  await drop(page, 'shop');
  await expect(page.getByText('A browser tells no page where a folder is')).toBeVisible();
  await expect(field(page)).toHaveValue('~/code');

  await page.addInitScript(() => {
    const pathOf = (file: File) => `/home/robin/code/${file.name}`;
    Object.assign(window, { musher: { pathOf } });
  });
  await page.reload();
  await expect(page.getByText('is in no git repository')).toBeVisible();
  await drop(page, 'shop');
  await expect(field(page)).toHaveValue('~/code/shop');
  await expect(page.getByRole('button', { name: 'Open shop' })).toBeVisible();
});

test('the list leaves the button free that opens what is typed, and comes back by a key', async ({
  page,
}) => {
  await open(page);
  await field(page).fill('~/code/sh');
  const list = page.getByRole('listbox', { name: 'Folders' });
  await expect(list.getByRole('option')).toHaveCount(2);
  await field(page).fill('~/code/shop');
  await expect(list).toBeHidden();
  await field(page).press('ArrowDown');
  await expect(list.getByRole('option', { name: '~/code/shop/src' })).toBeVisible();
  await field(page).press('Escape');
  await page.getByRole('button', { name: 'Open shop' }).click();
  await expect(page.getByText('Opening ~/code/shop…')).toBeVisible();
  await page.getByRole('button', { name: 'Stop waiting' }).click();
  await expect(page.getByRole('button', { name: 'Open shop' })).toBeVisible();
});
