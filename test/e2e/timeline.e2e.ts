// The Timeline on a page over a hub in memory: into the past and back, by the keyboard, by the log and by playing.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessibleInThemes } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1440, height: 900 } });

async function open(page: Page, target = '', query = ''): Promise<void> {
  await page.goto(`${fixture.url}?scene=busy${query}#/timeline${target}`);
  await expect(page.getByRole('heading', { name: 'Timeline', level: 1 })).toBeVisible();
}

const past = (page: Page) => page.getByRole('region', { name: 'The past' });
const moment = (page: Page) => past(page).getByRole('heading', { name: /^As it was at/ });
const part = (page: Page, name: string) => past(page).getByRole('region', { name });

test('from now into the past, along it and back, with nothing there that acts', async ({
  page,
}) => {
  await open(page);
  await expect(page.getByText('This is now')).toBeVisible();
  await page.keyboard.press('k');
  await expect(moment(page)).toHaveText(/^As it was at #1,204, \d\d:\d\d:\d\d/);
  await page.keyboard.press('k');
  await expect(moment(page)).toContainText('#1,203');
  await page.keyboard.press('j');
  await expect(moment(page)).toContainText('#1,204');
  await page.getByRole('slider', { name: 'Moment' }).press('Home');
  await expect(moment(page)).toContainText('#1,');
  await page.goto(`${fixture.url}?scene=busy#/timeline/at/901`);
  await expect(moment(page)).toContainText('#901');
  await page.keyboard.press('[');
  await expect(moment(page)).toContainText('#900');
  await expect(part(page, 'Inbox then').getByRole('listitem').first()).toContainText('docs');
  await expect(part(page, 'Inbox then').getByRole('button')).toHaveCount(0);
  await expect(part(page, 'Agents then')).toContainText('needs to know which store to count in');
  await expect(part(page, 'Board then')).toContainText('Backlog 125');
  await part(page, 'Board then').getByRole('button', { name: /more$/ }).first().click();
  await expect(part(page, 'Backlog').getByRole('listitem')).toHaveCount(61);
  await part(page, 'Agents then')
    .getByRole('button', { name: /^Terminal of backend/ })
    .click();
  await expect(
    page.getByRole('region', { name: 'Terminal of backend at that moment' }),
  ).toBeVisible();
  await expectAccessibleInThemes(page, 'the past');
  await page.keyboard.press('Escape');
  await expect(page.getByText('This is now')).toBeVisible();
  await page.goBack();
  await expect(moment(page)).toContainText('#900');
});

test('the list is narrowed without losing the moment, and played from there', async ({ page }) => {
  await open(page, '/at/900');
  await page.getByLabel('Kind').selectOption('Stories');
  const rows = page.getByRole('list', { name: 'Events' }).getByRole('button', { name: /^#/ });
  await expect(rows.first()).toContainText('story.moved');
  await expect(moment(page)).toContainText('#900');
  await page.getByLabel('Speed').selectOption('64×');
  await page.getByRole('button', { name: 'Play from here' }).click();
  await expect(moment(page)).not.toContainText('#900');
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('searchbox', { name: 'Words' }).fill('nothinglikethis');
  await expect(page.getByText('No event fits')).toBeVisible();
});

test('says how far it is while it is folded, and what is not there', async ({ page }) => {
  await open(page, '/at/900', '&slow=folding');
  await expect(page.getByText('event 412,500 of 1,000,000').first()).toBeVisible();
  await page.goto('about:blank');
  await open(page, '/at/99999');
  await expect(page.getByText('There is no event #99999')).toBeVisible();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await expect(page.getByText('This is now')).toBeVisible();
});
