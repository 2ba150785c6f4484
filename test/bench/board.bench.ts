// The board with 10,000 stories: how soon it is there, whether it scrolls and drags as smoothly as an empty page, and what one
// change costs the page beside the same change on a board of 100.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type CDPSession, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';

const sizes = { few: 100, many: 10_000 } as const;
const rounds = 5;
/** What a person does not take for waiting. */
const openMs = 1_000;
const lookMs = 2_000;
/** A frame: what a key may cost until it is seen. */
const frameMs = 16;
/** As people type them: right, with slips, and of one kind alone. */
const typed = ['what is part 42', 'sotry 977', 'aera later', '#done in'];
/** In each frame: as fast as a wheel is turned by who looks for something. */
const scrollPx = 60;
const changes = 60;
const viewport = { width: 1440, height: 900 };

export const bench: Bench = {
  name: 'board',
  async run() {
    const browser = await chromium.launch(await chromiumLaunchOptions());
    try {
      const few = await onBoard(browser, sizes.few, ({ page, serving }) =>
        changeCost(page, serving),
      );
      return await onBoard(browser, sizes.many, (board) => measure(board, browser, few));
    } finally {
      await browser.close();
    }
  },
};

interface Board {
  readonly page: Page;
  readonly serving: Serving;
}

/** A page on the board of a repository with so many stories. */
async function onBoard<T>(
  browser: Browser,
  count: number,
  work: (board: Board) => Promise<T>,
): Promise<T> {
  const world = await makeServeWorld();
  try {
    const serving = await world.serve();
    const file = join(world.repository.root, 'issues.json');
    await writeFile(file, JSON.stringify(Array.from({ length: count }, (_, n) => issue(n + 1))));
    await serving.operator.command('story.import', { paths: [file] });
    const page = await browser.newPage({ viewport });
    await page.goto(serving.loginUrl);
    await page.getByRole('main').waitFor();
    await open(page);
    const result = await work({ page, serving });
    await page.close();
    return result;
  } finally {
    await world.dispose();
  }
}

function issue(n: number): object {
  return {
    ...{ number: n, title: `Story ${n}: what is to be done in part ${n % 97}`, body: 'text' },
    ...{ state: 'OPEN', url: `https://github.com/ada/shop/issues/${n}`, assignees: [] },
    labels: [{ name: `area-${n % 12}` }, { name: n % 5 === 0 ? 'bug' : 'later' }],
  };
}

async function measure({ page, serving }: Board, browser: Browser, few: number) {
  const empty = await browser.newPage({ viewport });
  const opened: number[] = [];
  const scrolled: number[] = [];
  const dragged: number[] = [];
  let bare = 0;
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate(() => {
      location.hash = '#/messages';
    });
    await page.getByRole('region', { name: /^Backlog/ }).waitFor({ state: 'detached' });
    opened.push(await open(page));
    await empty.bringToFront();
    const still = await framesPerSecond(empty);
    const moved = await whileMoving(empty);
    bare = still;
    await page.bringToFront();
    scrolled.push((await framesPerSecond(page)) / still);
    await pickUp(page);
    dragged.push((await whileMoving(page)) / moved);
    await page.keyboard.press('Escape');
    await page.mouse.up();
  }
  const many = await changeCost(page, serving);
  const key = await paletteCost(page);
  // The first one also loads the view's own code.
  const value = median(opened.slice(1));
  const [scroll, drag] = [median(scrolled), median(dragged)];
  const rows: BenchNumber[] = [
    { name: 'board.open', value, unit: 'ms', limit: openMs, ratio: value / openMs },
    { name: 'board.scroll', value: scroll * bare, unit: 'frames/s', limit: bare, ratio: scroll },
    { name: 'board.drag', value: drag * bare, unit: 'frames/s', limit: bare, ratio: drag },
    { name: 'board.change', value: many, unit: 'ms', limit: few, ratio: many / few },
    { name: 'board.palette', value: key, unit: 'ms', limit: frameMs, ratio: key / frameMs },
  ];
  return rows;
}

/** Until a card is drawn, in its frame. */
function open(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const from = performance.now();
        location.hash = '#/stories';
        const look = () => {
          if (document.querySelector('[data-board] [role="option"]'))
            requestAnimationFrame(() => resolve(performance.now() - from));
          else requestAnimationFrame(look);
        };
        look();
      }),
  );
}

/** While the backlog scrolls, where there is one. */
function framesPerSecond(page: Page): Promise<number> {
  return page.evaluate(
    ({ ms, px }) =>
      new Promise<number>((resolve) => {
        const list = document.querySelector('#board-backlog');
        const from = performance.now();
        let frames = 0;
        const tick = (at: number) => {
          if (at - from >= ms) return resolve((frames * 1000) / (at - from));
          frames += 1;
          list?.scrollBy(0, px);
          requestAnimationFrame(tick);
        };
        requestAnimationFrame(tick);
      }),
    { ms: lookMs, px: scrollPx },
  );
}

async function pickUp(page: Page): Promise<void> {
  // Whichever card is in sight there.
  const box = await page.locator('#board-backlog').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 300];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y + 20, { steps: 4 });
  await page.getByText('Off the line').waitFor();
}

/** Frames while the pointer goes over the page, to and fro. */
async function whileMoving(page: Page): Promise<number> {
  let isOver = false;
  const counting = page
    .evaluate(
      (ms) =>
        new Promise<number>((resolve) => {
          const from = performance.now();
          let frames = 0;
          const tick = (at: number) => {
            if (at - from >= ms) return resolve((frames * 1000) / (at - from));
            frames += 1;
            requestAnimationFrame(tick);
          };
          requestAnimationFrame(tick);
        }),
      lookMs,
    )
    .finally(() => {
      isOver = true;
    });
  for (let step = 0; !isOver; step += 1) {
    const swing = Math.abs((step % 120) - 60) / 60;
    await page.mouse.move(300 + swing * 800, 300 + Math.sin(step / 9) * 120);
  }
  return counting;
}

/** Of the page's main thread, for one story that goes from one column to another, in sight and drawn. */
async function changeCost(page: Page, { operator }: Serving): Promise<number> {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  // Time of the processor: what else the machine does counts for nothing.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = page.getByRole('region', { name: /^Coding/ });
  const costs: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = await taskMs(session);
    for (let n = 1; n <= changes; n += 1) {
      const to = round % 2 === 0 ? 'coding' : 'backlog';
      await operator.command('story.move', { story: `s-${n}`, to });
    }
    const shown = round % 2 === 0 ? changes : 0;
    await waitFor(`${shown} in coding`, async () => {
      const label = await taken.getAttribute('aria-label');
      return label?.startsWith(`Coding, ${shown} `) ? {} : `found ${label}`;
    });
    costs.push(((await taskMs(session)) - before) / changes);
  }
  return median(costs);
}

/** Of the page's main thread, for one key typed into the palette, which looks through all stories. */
async function paletteCost(page: Page): Promise<number> {
  await page.bringToFront();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox');
  await field.waitFor();
  const costs: number[] = [];
  // Once before, unmeasured: what is looked through is made ready then.
  for (const words of [...typed, ...typed]) {
    await field.fill('');
    const before = await taskMs(session);
    await page.keyboard.type(words);
    costs.push(((await taskMs(session)) - before) / words.length);
  }
  await page.keyboard.press('Escape');
  return median(costs.slice(typed.length));
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
}
