// What axe finds on a page, as one list that a failed test shows.

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** `where` stands before each finding. The page has no frames, so axe needs no second page to gather them. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  // A terminal's rows are a picture of text, read out by its own live region.
  const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.xterm-screen');
  const { violations } = await axe.analyze();
  const told = violations.map(
    ({ id, nodes }) => `${where}: ${id}: ${nodes.map((node) => node.html).join('\n  ')}`,
  );
  expect(told).toEqual([]);
}
