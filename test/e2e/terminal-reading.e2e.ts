// Reading older lines while output runs, and what is said when output was left out.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { feed, openStream, restore, said, shown } from './stream-page.ts';
import { terminalOf } from './musher-page.ts';

const size = { cols: 40, rows: 10 };

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('stream');
});
test.afterAll(() => fixture.stop());

const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `line ${from + n}\r\n`).join('');

const jump = (page: Page) => page.getByRole('button', { name: /lines? below/ });

async function openAtLines(page: Page): Promise<void> {
  await openStream(page, fixture.url);
  await restore(page, { data: lines(0, 200), ...size });
  await expect.poll(() => shown(page)).toContain('line 199');
  await expect(jump(page)).toHaveCount(0);
}

async function scrollUp(page: Page): Promise<string> {
  await page.locator('.xterm-screen').hover();
  await page.mouse.wheel(0, -400);
  await expect(jump(page)).toBeVisible();
  return shown(page);
}

test('what is read stays where it is while output runs, and says how much is below', async ({
  page,
}) => {
  await openAtLines(page);
  const read = await scrollUp(page);
  const below = Number.parseInt((await jump(page).textContent()) ?? '', 10);
  await feed(page, lines(200, 700));
  await expect(jump(page)).toContainText(`${below + 500} lines below`);
  expect(await shown(page)).toBe(read);
  await jump(page).click();
  await expect.poll(() => shown(page)).toContain('line 699');
  await expect(jump(page)).toHaveCount(0);
  await expect(terminalOf(page, 'a').getByRole('textbox')).toBeFocused();
  await feed(page, lines(700, 720));
  await expect.poll(() => shown(page)).toContain('line 719');
});

test('a key leads to the end, and is the program’s when the end is shown', async ({ page }) => {
  await openAtLines(page);
  await scrollUp(page);
  await terminalOf(page, 'a').getByRole('textbox').focus();
  await page.keyboard.press('Shift+End');
  await expect(jump(page)).toHaveCount(0);
  expect(await said(page)).toEqual([]);
  await page.keyboard.press('Shift+End');
  expect(await said(page)).toEqual(['\x1b[1;2F']);
});

test('what is typed shows the end', async ({ page }) => {
  await openAtLines(page);
  await scrollUp(page);
  await terminalOf(page, 'a').getByRole('textbox').focus();
  await page.keyboard.press('x');
  await expect(jump(page)).toHaveCount(0);
  expect(await said(page)).toEqual(['x']);
});

test('a new screen leaves what is read where it is', async ({ page }) => {
  await openAtLines(page);
  const read = await scrollUp(page);
  await restore(page, { data: lines(50, 460), ...size });
  await expect(jump(page)).toContainText(/\d+ lines below/);
  await expect.poll(() => shown(page)).toBe(read);
  // Those lines are gone for good: as far from the end as before.
  await restore(page, { data: lines(1000, 1500), ...size });
  await expect.poll(() => shown(page)).toContain('line 12');
  await expect(jump(page)).toBeVisible();
});

test('output that was left out is said, until somebody scrolls or time passes', async ({
  page,
}) => {
  await page.clock.install();
  await openAtLines(page);
  const note = page.getByText('Output was skipped here to keep up');
  await restore(page, { data: lines(0, 100), ...size });
  await expect.poll(() => shown(page)).toContain('line 99');
  await expect(note).toHaveCount(0);
  await restore(page, { data: lines(0, 200), ...size, hasSkipped: true });
  await expect(note).toBeVisible();
  expect(await shown(page)).not.toContain('skipped');
  await scrollUp(page);
  await expect(note).toHaveCount(0);
  await restore(page, { data: lines(0, 300), ...size, hasSkipped: true });
  await expect(note).toBeVisible();
  await page.clock.runFor(11_000);
  await expect(note).toHaveCount(0);
});
