// Thirty-six live terminals on one page, resized and scrolled ten times: how many are white or garbled at any look, and
// how many contexts the browser took away.
import { chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import { serveFixture } from '../harness/fixture-page.ts';
import { panesAtRest, resizeAndScroll, spoiltPanes } from '../harness/painted-panes.ts';
import type { Bench } from './bench.ts';

export const bench: Bench = {
  name: 'panes',
  async run() {
    const fixture = await serveFixture('panes');
    const browsers = await Promise.all([1, 2].map(() => chromium.launch(chromiumLaunchOptions())));
    const [page, reader] = await Promise.all(browsers.map((browser) => browser.newPage()));
    try {
      if (!page || !reader) throw new Error('no page to look at');
      await page.goto(fixture.url);
      return await measure(page, reader);
    } finally {
      await Promise.all(browsers.map((browser) => browser.close()));
      await fixture.stop();
    }
  },
};

async function measure(page: Page, reader: Page) {
  let [spoilt, looks, contextsLost] = [0, 0, 0];
  page.on('console', (message) => {
    if (message.text().includes('Too many active WebGL contexts')) contextsLost++;
  });
  await panesAtRest(page);
  await resizeAndScroll(page, 10, async () => {
    looks++;
    spoilt += (await spoiltPanes(page, reader)).length;
  });
  return [
    { name: 'panes.spoilt', value: spoilt, unit: 'panes' },
    { name: 'panes.contextsLost', value: contextsLost, unit: 'contexts' },
    { name: 'panes.looks', value: looks, unit: 'pictures' },
  ];
}
