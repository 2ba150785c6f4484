// What axe finds on a page, as one list that a failed test shows.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** `where` stands before each finding. The page has no frames, so axe needs no second page to gather them. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  await expectNothing(where, axeOf(page));
}

/** Of what this selector finds alone: cheap enough to be asked of each of many states. `rules`: left out, all. */
export async function expectPartAccessible(
  page: Page,
  where: string,
  { part, rules }: { part: string; rules?: readonly string[] },
): Promise<void> {
  const axe = axeOf(page).include(part);
  await expectNothing(where, rules === undefined ? axe : axe.withRules([...rules]));
}

/** All of it in the dark, then the colours in the light: they are all that a theme changes. Leaves the page dark. */
export async function expectAccessibleInBothThemes(page: Page, where: string): Promise<void> {
  await showIn(page, 'dark');
  await expectNothing(`${where}, dark`, axeOf(page));
  await showIn(page, 'light');
  await expectNothing(`${where}, light`, axeOf(page).withRules(['color-contrast']));
  await showIn(page, 'dark');
}

function axeOf(page: Page): AxeBuilder {
  // A terminal's rows are a picture of text, read out by its own live region.
  // What passed is not written down node by node: that took longer than finding what does not.
  return new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .exclude('.xterm-screen');
}

async function expectNothing(where: string, axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const told = violations.map(
    ({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(told).toEqual([]);
}

export async function showIn(page: Page, colorScheme: 'dark' | 'light'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme);
  // Colours that are still on their way are those of neither.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((one) => one instanceof CSSTransition)
        .map(({ finished }) => finished),
    ),
  );
}
