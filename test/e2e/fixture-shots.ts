// Pictures of what takes hours to come about, or a CLI with a model: the page as it is shipped, on a hub in memory.

import { join } from 'node:path';
import { type Browser, expect, type Page } from '@playwright/test';
import { serveFixture } from '../harness/fixture-page.ts';

interface FixtureShot {
  readonly name: string;
  readonly theme: 'dark' | 'light';
  readonly address: string;
  /** Brings the page to where the picture is taken. */
  readonly prepare: (page: Page) => Promise<void>;
}

const shots: readonly FixtureShot[] = [
  {
    name: 'history',
    theme: 'dark',
    address: '?scene=busy#/agents/agent/backend',
    async prepare(page) {
      await expect(page.locator('[data-terminal][data-state="live"]')).toBeVisible();
      await expect(page.getByRole('list', { name: 'backend in the last 6 hours' })).toBeVisible();
      await page.getByRole('button', { name: 'Terminal look' }).click();
    },
  },
  {
    name: 'board',
    theme: 'dark',
    address: '?scene=stories#/stories',
    async prepare(page) {
      await expect(page.getByText('Pay by invoice')).toBeVisible();
      await page.keyboard.press('l');
    },
  },
  {
    name: 'permission',
    theme: 'light',
    address: '?scene=permissions#/inbox/permission/perm-8',
    prepare: (page) => expect(page.getByText('high risk')).toBeVisible(),
  },
];

/** One file for each, of this size; returns their paths. */
export async function shootFixtures(
  browser: Browser,
  folder: string,
  viewport: { width: number; height: number },
): Promise<string[]> {
  const fixture = await serveFixture('renderer');
  try {
    const paths: string[] = [];
    for (const { name, theme, address, prepare } of shots) {
      const look = { colorScheme: theme, reducedMotion: 'reduce' } as const;
      const page = await browser.newPage({ viewport, ...look });
      await page.goto(`${fixture.url}${address}`);
      await prepare(page);
      await page.evaluate(() => document.fonts.ready);
      const path = join(folder, `${name}-${theme}.png`);
      await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
      await page.close();
      paths.push(path);
    }
    return paths;
  } finally {
    await fixture.stop();
  }
}
