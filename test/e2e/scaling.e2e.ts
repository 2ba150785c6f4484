// Screens whose pixels are smaller than CSS pixels, by 125 to 300 %: all fits, and terminals' cells are whole pixels of the screen.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { cases } from '../harness/rounds.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const screen = { width: 1920, height: 1080 };
/** Of all cells together xterm rounds to a whole CSS pixel. */
const nearlyWhole = 0.1;

/** What a window that fills the screen has at that scale. */
async function showAt(page: Page, scale: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setDeviceMetricsOverride', {
    width: Math.floor(screen.width / scale),
    height: Math.floor(screen.height / scale),
    deviceScaleFactor: scale,
    mobile: false,
  });
}

/** In pixels of the screen, how far the width and the height of cells are from a whole number, of each terminal. */
function offPixels(): number[] {
  const { bridge } = window as unknown as { bridge: { columns(): Record<string, number> } };
  const columns = bridge.columns();
  return [...document.querySelectorAll<HTMLElement>('[data-terminal]')].flatMap((terminal) => {
    const screen = terminal.querySelector('.xterm-screen')?.getBoundingClientRect();
    const row = terminal.querySelector('.xterm-rows > div')?.getBoundingClientRect();
    const count = columns[terminal.dataset.terminal ?? ''];
    if (!screen || !row || !count) return [1];
    return [screen.width / count, row.height].map((css) => {
      const px = css * devicePixelRatio;
      return Math.abs(px - Math.round(px));
    });
  });
}

async function expectWhole(page: Page, scale: number): Promise<void> {
  await expect.poll(() => page.evaluate('devicePixelRatio')).toBe(scale);
  await expect(page.locator('.xterm-rows').first()).toContainText(/npm test passes/);
  await expect
    .poll(async () => Math.max(...(await page.evaluate(offPixels))), {
      message: `cells at ${scale}`,
    })
    .toBeLessThan(nearlyWhole);
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
    `nothing lies beside the page at ${scale}`,
  ).toBe(true);
}

test('cells are whole pixels at every scale, also when a window is moved to another screen', async ({
  page,
}) => {
  await showAt(page, 1.25);
  await page.goto(`${fixture.url}?scene=team&count=4#/agents`);
  for (const scale of cases([1.25, 3, 1.5], [1.75, 2, 2.25, 1])) {
    await showAt(page, scale);
    await expectWhole(page, scale);
  }
});
