// The page of test/fixtures/stream: a terminal that the test is the program of.

import { expect, type Page } from '@playwright/test';
import type { RestoredScreen } from '../../renderer/hub/bridge.ts';
import { screenText, terminalOf, withoutWebGl } from './musher-page.ts';

interface Stream {
  readonly said: string[];
  isParsed(): boolean;
  feed(base64: string): void;
  restore(screen: RestoredScreen): void;
}

type StreamWindow = Window & { readonly stream: Stream };

export async function openStream(page: Page, url: string): Promise<void> {
  await page.addInitScript(withoutWebGl);
  await page.goto(url);
  await expect(page.locator('.xterm-screen')).toBeVisible({ timeout: 30_000 });
}

/** Resolves when all of it is parsed. */
export async function feed(page: Page, output: string | Uint8Array): Promise<void> {
  const base64 = Buffer.from(output).toString('base64');
  await page.evaluate((data) => (window as unknown as StreamWindow).stream.feed(data), base64);
  await page.waitForFunction(() => (window as unknown as StreamWindow).stream.isParsed());
}

export function restore(page: Page, screen: RestoredScreen): Promise<void> {
  return page.evaluate((one) => (window as unknown as StreamWindow).stream.restore(one), screen);
}

/** What the terminal said to its program, and forgets it. */
export function said(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as StreamWindow).stream.said.splice(0));
}

export function shown(page: Page): Promise<string> {
  return screenText(terminalOf(page, 'a'));
}
