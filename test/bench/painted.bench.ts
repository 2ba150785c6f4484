// What a person sees of a terminal: how fast a flood of 100 MB goes through host, hub and page until its last line is
// painted, beside a bare pty and a bare parser; and how soon the echo of a key is painted, while another terminal floods.
//
// The page draws as text: without a graphics card that is the faster way, and what it shows can be read.
import { type Browser, chromium, type Page } from '@playwright/test';
import { expectOnScreen, openMusher, terminalOf } from '../e2e/musher-page.ts';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Serving } from '../harness/serve.ts';
import { makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import { waitFor } from '../harness/wait.ts';
import type { Bench } from './bench.ts';
import { floodBytes, onceParsed, parseRate, rateOf, readBarePty } from './flood.ts';
import { at } from './load.ts';
import { sleepMs } from './processes.ts';

/** 100 MB. */
const lines = 1_850_000;
const bareLines = 200_000;
const keys = 100;
/** Of an echo, milliseconds: more is felt. */
const echoLimitMs = 30;

export const bench: Bench = {
  name: 'painted',
  async run() {
    const world = await makeServeWorld();
    const browser = await chromium.launch(chromiumLaunchOptions({ hasWebGl: false }));
    try {
      const serving = await world.serve();
      const page = await openAgents(browser, serving);
      const echo = await echoRows(page, 'quiet');
      await add(serving, 'endless', 'floods.mjs');
      await waitFor('the flood to be painted', () => paintedRows(page, 'endless'));
      const flooded = await echoRows(page, 'flooded');
      await serving.operator.command('agent.stop', { agent: 'endless' });
      return [...(await floodRow(page, serving)), ...echo, ...flooded];
    } finally {
      await browser.close();
      await world.dispose();
    }
  },
};

async function openAgents(browser: Browser, serving: Serving): Promise<Page> {
  await add(serving, 'echo', 'echo.mjs');
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await openMusher(page, serving);
  await page.goto(`${serving.url}/#/agents`);
  await expectOnScreen(terminalOf(page, 'echo'), 'ready');
  return page;
}

async function add(serving: Serving, name: string, ...script: [string, ...string[]]) {
  const command = scriptedAgent(...script);
  await serving.operator.command('agent.add', { name, profile: 'script', command });
  await untilAgent(serving, name, 'running');
}

async function floodRow(page: Page, serving: Serving) {
  await add(serving, 'flood', 'floods.mjs', String(lines), 'at-key');
  await expectOnScreen(terminalOf(page, 'flood'), 'ready');
  await terminalOf(page, 'flood').click();
  const tookMs = await pressAndWait(page, 'flood', `line ${lines - 1}`);
  const { parts, rate } = await readBarePty(bareLines);
  const limit = onceParsed(rate, await parseRate(parts));
  const value = rateOf(floodBytes(lines), tookMs);
  return [{ name: 'painted.flood', value, unit: 'MB/s', limit, ratio: value / limit }];
}

async function echoRows(page: Page, name: string) {
  await terminalOf(page, 'echo').click();
  const delays: number[] = [];
  for (let count = 0; count < keys; count++) {
    delays.push(await pressAndWait(page, 'echo'));
    // As somebody types who is quick, at no one rhythm.
    await sleepMs(40 + 7 * (count % 11));
  }
  delays.sort((a, b) => a - b);
  const row = (share: number) => {
    const value = at(delays, share);
    const rowName = `painted.echo.${name}.p${share * 100}`;
    return { name: rowName, value, unit: 'ms', limit: echoLimitMs, ratio: value / echoLimitMs };
  };
  return [row(0.5), row(0.95)];
}

/**
 * Milliseconds from a key, as the browser got it, to the frame after which the terminal shows the text, or without
 * one: one more `<` than before.
 */
async function pressAndWait(page: Page, agent: string, text?: string): Promise<number> {
  const painted = await page.evaluateHandle(awaitPainted, [`Terminal of ${agent}`, text] as const);
  await page.keyboard.press('x');
  return painted.evaluate(({ tookMs }) => tookMs);
}

/** In the page. It listens when it returns; the promise is inside, so that nobody waits for it yet. */
function awaitPainted([label, text]: readonly [string, string | undefined]) {
  const rows = document.querySelector(`[aria-label="${label}"] .xterm-rows`) ?? document.body;
  const read = () => (rows.textContent ?? '').replaceAll('\u00a0', ' ');
  const marks = () => read().split('<').length;
  const before = marks();
  const isThere = () => (text === undefined ? marks() > before : read().includes(text));
  const tookMs = new Promise<number>((resolve) => {
    let fromMs = Number.NaN;
    const begin = ({ timeStamp }: Event) => {
      fromMs = timeStamp;
    };
    document.addEventListener('keydown', begin, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (!isThere()) return;
      observer.disconnect();
      const { port1, port2 } = new MessageChannel();
      // Comes after the frame in which the rows changed has been painted.
      port1.onmessage = () => resolve(performance.now() - fromMs);
      port2.postMessage(null);
    });
    observer.observe(rows, { childList: true, subtree: true, characterData: true });
  });
  return { tookMs };
}

function paintedRows(page: Page, agent: string): Promise<boolean> {
  return page.evaluate(
    (label) =>
      document
        .querySelector(`[aria-label="${label}"] .xterm-rows`)
        ?.textContent?.includes('fox') === true,
    `Terminal of ${agent}`,
  );
}
