// Many terminals on one page, looked at as pictures: a browser gives only so many graphics contexts.

import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { rounds } from '../harness/rounds.ts';
import { panesAtRest, resizeAndScroll, spoiltPanes } from '../harness/painted-panes.ts';

test.use({ launchOptions: chromiumLaunchOptions() });

let fixture: FixturePage;
/** In a browser of its own: reading must not hold up what is read. */
let other: Browser;
let reader: Page;

test.beforeAll(async () => {
  fixture = await serveFixture('panes');
  other = await chromium.launch(chromiumLaunchOptions());
  reader = await other.newPage();
});

test.afterAll(async () => {
  await other.close();
  await fixture.stop();
});

async function open(page: Page): Promise<void> {
  await page.goto(fixture.url);
  await expect(page.locator('.xterm-screen').first()).toBeVisible({ timeout: 30_000 });
}

/** In every pane that is whole on the screen, all can be read that was written into it. */
async function expectLegible(page: Page, when: string): Promise<void> {
  await panesAtRest(page);
  expect(await spoiltPanes(page, reader), `panes that cannot be read, ${when}`).toEqual([]);
}

// Ten times in the bench `panes`.
test('of 36 panes resized and scrolled, none is white or garbled', async ({ page }) => {
  test.setTimeout(180_000);
  const told: string[] = [];
  page.on('console', (message) => told.push(message.text()));
  await open(page);
  await resizeAndScroll(page, rounds(1, 3), (when) => expectLegible(page, when));
  expect(told.filter((text) => text.includes('Too many active WebGL'))).toEqual([]);
});

test('panes that come into sight leave the letters of the others alone', async ({ page }) => {
  // So few that each has a context.
  await page.setViewportSize({ width: 620, height: 410 });
  await open(page);
  await panesAtRest(page);
  for (const top of [150, 20, 260, 130]) {
    await page.getByRole('main').evaluate((element, to) => element.scrollTo(0, to), top);
    await panesAtRest(page);
    await page.evaluate(() => (window as unknown as { speak(): void }).speak());
    await expectLegible(page, `scrolled to ${top}`);
  }
});

test('who paints makes no difference to a pane’s size, and a context that the browser takes away leaves no hole', async ({
  page,
}) => {
  await open(page);
  await expect(page.locator('article canvas').first()).toBeAttached();
  const screens = page.locator('.xterm-screen');
  const sizes = () =>
    screens.evaluateAll((all) => [
      ...new Set(all.map((screen) => `${screen.clientWidth}x${screen.clientHeight}`)),
    ]);
  await expect.poll(sizes).toHaveLength(1);
  await expectLegible(page, 'at first');
  // Another page of the same process, which asks for as many as a browser gives.
  await page.evaluate(() => {
    const canvases = Array.from({ length: 20 }, () => document.createElement('canvas'));
    Object.assign(window, { kept: canvases.map((canvas) => canvas.getContext('webgl2')) });
  });
  await expectLegible(page, 'without contexts');
});

test('a page out of sight lets go of its terminals, and takes them up again when it is seen', async ({
  page,
}) => {
  await page.setViewportSize({ width: 620, height: 410 });
  await open(page);
  const attached = () =>
    page.evaluate(() => (window as unknown as { attached(): string[] }).attached().length);
  const see = (state: string) =>
    page.evaluate((told) => {
      Object.defineProperty(document, 'visibilityState', { value: told, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await expect.poll(attached).toBeGreaterThan(0);
  const before = await attached();
  await see('hidden');
  await see('visible');
  await see('hidden');
  await expect.poll(attached, { timeout: 15_000 }).toBe(0);
  await see('visible');
  await expect.poll(attached).toBe(before);
  await expectLegible(page, 'seen again');
});
