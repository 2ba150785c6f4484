// An open page while 50 agents publish 1,000 events a second together: does it stay smooth, and how soon does it show?
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Bench } from './bench.ts';
import { median, type Target } from './load.ts';
import { startAgents } from './servers/agents.ts';
import { call, startMusher, type Server } from './servers/start.ts';

const agents = 50;
const perSecond = 1_000;
const seconds = 6;
const rounds = 3;

export const bench: Bench = {
  name: 'page',
  async run() {
    const musher = await startMusher();
    const browser = await chromium.launch(await chromiumLaunchOptions());
    try {
      const senders = await startAgents(musher, agents);
      return await measure(musher, browser, senders);
    } finally {
      await browser.close();
      await musher.stop();
    }
  },
};

async function measure(musher: Server, browser: Browser, senders: readonly Target[]) {
  const empty = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await empty.goto('about:blank');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(musher.loginUrl);
  await page.goto(`${musher.url}/#/messages`);
  await page.getByRole('main').waitFor();
  const ratios: number[] = [];
  const delays: number[] = [];
  let bare = 0;
  for (let round = 0; round < rounds; round++) {
    await empty.bringToFront();
    bare = await framesPerSecond(empty);
    await page.bringToFront();
    const load = publishSteadily(senders);
    const [frames, painted] = await Promise.all([framesPerSecond(page), paintDelays(page)]);
    await load;
    ratios.push(frames / bare);
    delays.push(...painted);
  }
  delays.sort((a, b) => a - b);
  const p99 = delays[Math.floor(delays.length * 0.99)] ?? Number.NaN;
  return [
    {
      name: 'page.frames',
      value: median(ratios) * bare,
      unit: 'frames/s',
      limit: bare,
      ratio: median(ratios),
    },
    { name: 'page.painted.p50', value: median(delays), unit: 'ms' },
    { name: 'page.painted.p99', value: p99, unit: 'ms' },
    { name: 'page.painted.samples', value: delays.length, unit: 'messages' },
  ];
}

function framesPerSecond(page: Page): Promise<number> {
  return page.evaluate(
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
    (seconds - 1) * 1000,
  );
}

/**
 * From the moment a message was sent (its text says when) to the frame after it stands in the page. Looks only at what
 * changed, so that looking costs the page next to nothing.
 */
function paintDelays(page: Page): Promise<number[]> {
  return page.evaluate(
    (ms) =>
      new Promise<number[]>((resolve) => {
        const from = performance.timeOrigin + performance.now();
        const delays: number[] = [];
        const seen = new Set<string>();
        const look = (text: string) => {
          for (const [, at = ''] of text.matchAll(/sent at (\d+\.\d+)/g)) {
            if (seen.has(at) || Number(at) < from) continue;
            seen.add(at);
            requestAnimationFrame(() =>
              delays.push(performance.timeOrigin + performance.now() - Number(at)),
            );
          }
        };
        const observer = new MutationObserver((changes) => {
          for (const { target, addedNodes, type } of changes) {
            if (type === 'characterData') look(target.textContent ?? '');
            for (const node of addedNodes) look(node.textContent ?? '');
          }
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        setTimeout(() => {
          observer.disconnect();
          resolve(delays);
        }, ms);
      }),
    (seconds - 1) * 1000,
  );
}

/** As evenly as fetch can, each agent in its own name; every message says when it was sent. */
async function publishSteadily(senders: readonly Target[]): Promise<void> {
  const batchMs = 20;
  const from = performance.now();
  let sent = 0;
  while (performance.now() - from < seconds * 1000) {
    const due = Math.floor(((performance.now() - from) / 1000) * perSecond);
    const batch = [];
    for (; sent < due; sent++)
      batch.push(
        call(senders[sent % agents] as Target, 'message.send', { to: 'operator', body: bodyOf() }),
      );
    await Promise.all(batch);
    await new Promise((resolve) => setTimeout(resolve, batchMs));
  }
}

function bodyOf(): string {
  return `sent at ${(performance.timeOrigin + performance.now()).toFixed(3)} while all is well`;
}
