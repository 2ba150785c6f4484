// The board and the story page from a hub in memory: found, moved, written and edited, by pointer and by keys; nothing that axe finds.

import { expect, type Locator, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessibleInThemes } from './axe.ts';
import { goTo } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1440, height: 900 } });

async function open(page: Page, target = '', asked = 'scene=stories'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?${asked}#/stories${target}`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

const column = (page: Page, title: string) =>
  page.getByRole('region', { name: new RegExp(`^${title},`) });
const card = (page: Page, id: string) => page.locator(`#card-${id}`);
/** Choices of a select box are options too. */
const cards = (page: Page) => page.locator('[data-board] [role="option"]');
const selected = (page: Page) => page.locator('[data-board] [aria-selected="true"]');

async function drag(page: Page, from: Locator, to: Locator): Promise<void> {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  await page.mouse.move((start?.x ?? 0) + 40, (start?.y ?? 0) + 30);
  await page.mouse.down();
  await page.mouse.move((start?.x ?? 0) + 60, (start?.y ?? 0) + 50, { steps: 4 });
  await page.mouse.move((end?.x ?? 0) + (end?.width ?? 0) / 2, (end?.y ?? 0) + 200, { steps: 8 });
}

test('a card says what it is, whose, and what it waits for', async ({ page }) => {
  await open(page);
  await expect(card(page, 's-12')).toContainText(/High priority|High/);
  await expect(card(page, 's-12')).toContainText('backend');
  await expect(card(page, 's-12')).toContainText('waiting for you');
  await expect(card(page, 's-12')).toContainText('2/5');
  // Archived ones are met, superseded ones stand for what took their place, abandoned ones are marked.
  await expect(card(page, 's-22')).toContainText('waits for s-12');
  await expect(card(page, 's-27')).toContainText('waits for s-8!');
  await expect(card(page, 's-17')).toContainText('conflict ×2');
  await expect(card(page, 's-18')).toContainText('Blocked: the key of the bank is missing');
  await expect(column(page, 'Coding')).toContainText('3/2 over');
  await expect(card(page, 's-26')).toContainText('<script>alert(1)</script>');
  await expectAccessibleInThemes(page, 'the board');
});

test('dragged where it may go, it is there at once, and back by z', async ({ page }) => {
  await open(page);
  await drag(page, card(page, 's-24'), column(page, 'Coding'));
  await expect(column(page, 'QA')).toContainText('Not from Backlog; from there to Coding, Done');
  await expectAccessibleInThemes(page, 'while a card is dragged');
  await page.mouse.up();
  await expect(column(page, 'Coding')).toContainText('Crash on an empty basket');
  await expect(page.getByText('Moved s-24 from Backlog to Coding')).toBeVisible();
  await page.keyboard.press('z');
  await expect(column(page, 'Backlog')).toContainText('Crash on an empty basket');
});

test('dropped where it may not go, it stays and says why', async ({ page }) => {
  await open(page);
  await drag(page, card(page, 's-21'), column(page, 'Coding'));
  await expect(column(page, 'Coding')).toContainText('Waits for s-12');
  await page.mouse.up();
  await expect(page.getByText('s-21 cannot go to Coding: Waits for s-12.')).toBeVisible();
  await expect(column(page, 'Backlog')).toContainText('Log in with a passkey');
});

test('a move that needs a reason asks for it', async ({ page }) => {
  await open(page);
  await drag(page, card(page, 's-23'), column(page, 'QA'));
  const place = await page.getByText('Asks for reason').last().boundingBox();
  await page.mouse.move((place?.x ?? 0) + 20, place?.y ?? 0, { steps: 4 });
  await page.mouse.up();
  const dialog = page.getByRole('dialog', { name: 'Move s-23 to Blocked' });
  await expect(dialog.getByRole('button', { name: 'Move' })).toBeDisabled();
  await expectAccessibleInThemes(page, 'asked why');
  await dialog.getByLabel('Why').fill('nobody answers');
  await page.keyboard.press('Control+Enter');
  await expect(column(page, 'Aside')).toContainText('Blocked: nobody answers');
});

test('all of it by keys', async ({ page }) => {
  await open(page);
  await page.keyboard.press('j');
  await expect(selected(page)).toContainText('s-24');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await page.keyboard.press('m');
  const targets = page.getByRole('dialog', { name: 'Move s-24' });
  await expect(targets).toContainText('Not from Backlog');
  await expectAccessibleInThemes(page, 'where it may go');
  await page.keyboard.press('c');
  await expect(column(page, 'Coding')).toContainText('Crash on an empty basket');
  await page.keyboard.press('l');
  await expect(selected(page)).toHaveAttribute('id', /^card-s-15/);
  await page.keyboard.press('a');
  await page
    .getByRole('dialog', { name: 'Whose is s-15' })
    .getByRole('button', { name: /migrate/ })
    .isDisabled();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('heading', { name: 'The docs name every error code' }).first(),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(selected(page)).toHaveAttribute('id', /^card-s-15/);
});

test('the filter narrows down, by words and by what stories are', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await page.keyboard.type('label:shop is:blocked');
  await expect(cards(page)).toHaveCount(1);
  await expect(page.getByText('1 of 20')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('is:ready');
  await expect(column(page, 'Backlog').getByRole('option')).toHaveCount(4);
  await page.keyboard.press('Escape');
  await page.keyboard.type('xyzzy');
  await expect(page.getByRole('heading', { name: 'No story fits' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await page.getByLabel('Group').selectOption('priority');
  await expect(column(page, 'Backlog')).toContainText('Critical1');
});

test('written by the page, with a preview in which nothing is markup or fetched', async ({
  page,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await open(page);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New story' });
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Expected a title.')).toBeVisible();
  await dialog.getByLabel('Title').fill('Bills as PDF');
  await dialog
    .getByLabel('What is to be done')
    .fill('# Why\n\n<b>x</b> ![p](https://tracker.example/p.png) [here](https://evil.example/)');
  await dialog.getByRole('radio', { name: 'Preview' }).click();
  await expect(dialog.getByText('<b>x</b>')).toBeVisible();
  await expect(dialog.getByText('https://evil.example/')).toBeVisible();
  await expect(dialog.getByRole('link')).toHaveCount(0);
  await expectAccessibleInThemes(page, 'a new story');
  await dialog.getByLabel('Depends on').fill('rate lim');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('list', { name: 'Depends on: chosen' })).toContainText('s-12');
  await dialog.getByLabel('Priority').selectOption('critical');
  await page.keyboard.press('Control+Enter');
  await expect(column(page, 'Backlog')).toContainText('Bills as PDF');
  expect(asked.filter((url) => url.includes('example'))).toEqual([]);
});

test('the page of a story says all of it, and what may be done next', async ({ page }) => {
  await open(page, '/s-12');
  await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('Coding');
  await expect(page.getByRole('region', { name: 'Needed by (1)' })).toContainText('s-21');
  await expect(page.getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'a test covers a wrong key' })).toBeChecked();
  await expectAccessibleInThemes(page, 'the page of a story');
  await page.keyboard.press('m');
  await page.keyboard.press('q');
  await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('QA');
  await page.keyboard.press('z');
  await expect(page.getByRole('region', { name: 'Where it stands' })).toContainText('Coding');
});

test('two who edit: what was not touched follows, what both wrote is asked', async ({ page }) => {
  await open(page, '/s-12/edit');
  await page.getByLabel('Title').fill('Limits for all');
  await page.evaluate(() => {
    const { bridge } = window as unknown as {
      bridge: { records(): Record<string, object>; put(records: object): void };
    };
    const story = bridge.records()['story/s-12'];
    bridge.put({ 'story/s-12': { ...story, title: 'Limits by key', priority: 'low', version: 2 } });
  });
  await expect(page.getByText('Somebody changed the title meanwhile')).toBeVisible();
  await expect(page.getByLabel('Priority')).toHaveValue('low');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
  await expectAccessibleInThemes(page, 'two who edit');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByLabel('Title')).toHaveValue('Limits for all');
  await expect(page.getByRole('button', { name: 'Save' })).toBeEnabled();
  await page.getByLabel('Depends on').fill('s-21');
  await expect(page.getByText('waits for s-12 itself')).toBeVisible();
});

test('ten thousand of them: few are mounted, and the last is reached', async ({ page }) => {
  await open(page, '', 'scene=stories&count=10000');
  await expect(column(page, 'Backlog')).toContainText('5,000');
  expect(await cards(page).count()).toBeLessThan(120);
  await page.keyboard.press('j');
  await page.keyboard.press('End');
  await expect(selected(page)).toHaveAttribute('aria-posinset', '5000');
});

test('what is over is listed, and an empty board says what comes', async ({ page }) => {
  await open(page, '/over');
  await expect(page.getByText('Done long ago, number 4')).toBeVisible();
  await expectAccessibleInThemes(page, 'what is over');
  await open(page, '', 'scene=empty');
  await expect(page.getByRole('heading', { name: 'No stories yet' })).toBeVisible();
  await expectAccessibleInThemes(page, 'an empty board');
  await goTo(page, '#/stories/s-99');
  await expect(page.getByRole('heading', { name: 'This story cannot be shown' })).toBeVisible();
});
