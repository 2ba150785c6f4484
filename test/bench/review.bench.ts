// A review of 600 files with 60,000 changed lines: how soon it is there, and whether it scrolls as smoothly as an empty page.
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import { makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const fileCount = 600;
const linesPerFile = 50;
const rounds = 5;
/** What a person does not take for waiting. */
const openMs = 1_000;
const scrollMs = 2_000;
/** In each frame: as fast as a wheel is turned by who looks for something. */
const scrollPx = 60;

export const bench: Bench = {
  name: 'review',
  async run() {
    const world = await makeServeWorld();
    const browser = await chromium.launch(await chromiumLaunchOptions());
    try {
      return await measure(world, browser);
    } finally {
      await browser.close();
      await world.dispose();
    }
  },
};

function files(word: string): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: fileCount }, (_, at) => {
      const lines = Array.from(
        { length: linesPerFile },
        (_, n) => `export const ${word}${n} = ${at};\n`,
      );
      return [`src/part-${at % 20}/file-${at}.ts`, lines.join('')];
    }),
  );
}

async function measure(world: ServeWorld, browser: Browser): Promise<BenchNumber[]> {
  const serving = await world.serve();
  await world.repository.commit('before', files('before'));
  const agent = await world.addAgent(serving, 'one');
  const commit = await world.repository.commit('after', files('after'), agent.worktree);
  await agent.command('approval.request', { commit });
  const viewport = { width: 1440, height: 900 };
  const empty = await browser.newPage({ viewport });
  const page = await browser.newPage({ viewport });
  await page.goto(serving.loginUrl);
  await page.getByRole('main').waitFor();
  const opened: number[] = [];
  const ratios: number[] = [];
  let bare = 0;
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate(() => {
      location.hash = '#/messages';
    });
    await page.getByRole('region', { name: 'Diff' }).waitFor({ state: 'detached' });
    opened.push(await open(page));
    await empty.bringToFront();
    bare = await framesPerSecond(empty);
    await page.bringToFront();
    ratios.push((await framesPerSecond(page)) / bare);
  }
  // The first one also loads the view's own code.
  const value = median(opened.slice(1));
  const ratio = median(ratios);
  return [
    { name: 'review.open', value, unit: 'ms', limit: openMs, ratio: value / openMs },
    { name: 'review.scroll', value: ratio * bare, unit: 'frames/s', limit: bare, ratio },
  ];
}

/** Until a line of the diff is drawn, in its frame. */
function open(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        location.hash = '#/review';
        const look = () => {
          const drawn = [...document.querySelectorAll('diffs-container')].some((one) =>
            one.shadowRoot?.querySelector('[data-line]'),
          );
          if (drawn) requestAnimationFrame(() => resolve(performance.now() - from));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** While the diff scrolls, where there is one. */
function framesPerSecond(page: Page): Promise<number> {
  return page.evaluate(
    ({ ms, px }) =>
      new Promise<number>((resolve) => {
        const diff = document.querySelector('[role="region"][aria-label="Diff"]');
        const from = performance.now();
        let frames = 0;
        const tick = (at: number) => {
          if (at - from >= ms) return resolve((frames * 1000) / (at - from));
          frames += 1;
          diff?.scrollBy(0, px);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    { ms: scrollMs, px: scrollPx },
  );
}
