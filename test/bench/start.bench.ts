// From the start of `musher serve` to a page that can be used, in a browser that runs: on a fresh repository, beside a bare React page that
// Vite built, served by Node alone; and on one with 50 agents and 100,000 events.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { build } from 'vite';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { systemClock } from '../../main/base/clock.ts';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Bench, BenchNumber } from './bench.ts';
import { median } from './load.ts';
import { writeLong } from './long-log.ts';
import { makeBenchRepository, type Server, serveMusher, startBare } from './servers/start.ts';

const rounds = 7;
const limits = { freshMs: 1_200, largeMs: 1_500 };
const large = { agents: 50, events: 100_000 };

export const bench: Bench = {
  name: 'start',
  async run() {
    const fresh = await makeBenchRepository();
    const long = await makeBenchRepository();
    const page = await buildBarePage();
    const browser = await chromium.launch(await chromiumLaunchOptions());
    try {
      await fill(long.repo);
      const times = { bare: [] as number[], fresh: [] as number[], large: [] as number[] };
      for (let round = 0; round < rounds; round += 1) {
        times.bare.push(await openBare(browser, page));
        times.fresh.push(await openMusher(browser, fresh.repo));
        times.large.push(await openMusher(browser, long.repo));
      }
      return numbersOf(times);
    } finally {
      await browser.close();
      for (const { folder } of [fresh, long, { folder: page }])
        await rm(folder, { recursive: true, force: true });
    }
  },
};

function numbersOf(times: Readonly<Record<'bare' | 'fresh' | 'large', number[]>>): BenchNumber[] {
  const bare = median(times.bare);
  const [freshMs, largeMs] = [median(times.fresh), median(times.large)];
  return [
    { name: 'start.bare', value: bare, unit: 'ms' },
    { name: 'start.fresh', value: freshMs, unit: 'ms', limit: bare, ratio: freshMs / bare },
    { name: 'start.large', value: largeMs, unit: 'ms', limit: bare, ratio: largeMs / bare },
    { name: 'start.fresh.of', value: freshMs / limits.freshMs, unit: 'of 1.2 s' },
    { name: 'start.large.of', value: largeMs / limits.largeMs, unit: 'of 1.5 s' },
  ];
}

/** As it was left: snapshots and index are written, and a first start has seen it. */
async function fill(repo: string): Promise<void> {
  const folder = join(repo, '.git/musher');
  await mkdir(folder, { recursive: true });
  const store = await openLogStore(join(folder, 'log.sqlite'), { now: systemClock.now });
  await writeLong(store, large.events, large.agents);
  await store.close();
  const first = await serveMusher(repo);
  await untilQuiet(first);
  await first.stop();
}

/** Its agents' programs are gone: what that leads to is written down once, and belongs to no start that is measured. */
async function untilQuiet(musher: Server): Promise<void> {
  for (let before = -1, same = 0; same < 10; ) {
    const { head } = (await musher.call('log.page', { limit: 1 })) as { head: number };
    same = head === before ? same + 1 : 0;
    before = head;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function openMusher(browser: Browser, repo: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const startedMs = performance.now();
  const server = await serveMusher(repo);
  try {
    const page = await context.newPage();
    await page.goto(server.loginUrl, { waitUntil: 'commit' });
    // It has the hub's records by then, and takes keys.
    await page.getByRole('status').getByText('Connected').waitFor();
    return performance.now() - startedMs;
  } finally {
    await context.close();
    await server.stop();
  }
}

async function openBare(browser: Browser, folder: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const startedMs = performance.now();
  const { target, stop } = await startBare('bare-files.mjs', [join(folder, 'dist')]);
  try {
    const page = await context.newPage();
    await page.goto(target.url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Hello' }).waitFor();
    return performance.now() - startedMs;
  } finally {
    await context.close();
    await stop();
  }
}

async function buildBarePage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'musher-bare-'));
  const root = join(import.meta.dirname, '../..');
  const page =
    '<!doctype html><div id="root"></div><script type="module" src="./main.js"></script>';
  await writeFile(join(folder, 'index.html'), page);
  await writeFile(
    join(folder, 'main.js'),
    `import { createElement } from '${root}/node_modules/react/index.js';
import { createRoot } from '${root}/node_modules/react-dom/client.js';
createRoot(document.getElementById('root')).render(createElement('button', {}, 'Hello'));\n`,
  );
  await build({ root: folder, configFile: false, logLevel: 'silent', build: { outDir: 'dist' } });
  return folder;
}
