// Makes pictures of every view from the demo, dark and light, at three widths: `node test/e2e/screenshots.ts [folder]`.
// The widest are the README's; by the others it is looked at how the views use a small window.

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, expect, type Page } from '@playwright/test';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Serving } from '../harness/serve.ts';
import { startServe } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { shootFixtures } from './fixture-shots.ts';
import { goTo, withoutTour } from './musher-page.ts';

const folder =
  process.argv[2] ?? fileURLToPath(new URL('../../.github/screenshots', import.meta.url));
const [readme, ...narrower] = [
  { width: 1440, height: 900 },
  { width: 1024, height: 700 },
  { width: 800, height: 700 },
] as const;
/** Git keeps every version, and a README is read on slow lines too. */
const mostBytes = 300 * 1024;
const themes = ['dark', 'light'] as const;

interface Shot {
  readonly name: string;
  readonly hash: string;
  /** What is there when the picture is complete. */
  readonly isReady: (page: Page) => Promise<void>;
}

const shots: readonly Shot[] = [
  {
    name: 'inbox',
    hash: '#/inbox',
    isReady: (page) => expect(page.getByRole('option').first()).toBeVisible(),
  },
  {
    name: 'agents',
    hash: '#/agents',
    isReady: (page) =>
      expect(page.locator('[data-terminal][data-state="live"]').first()).toBeVisible(),
  },
  {
    name: 'agent',
    hash: '#/agents/agent/checkout',
    isReady: (page) =>
      expect(page.locator('[data-terminal][data-state="live"]').first()).toBeVisible(),
  },
  {
    name: 'review',
    hash: '#/review',
    isReady: async (page) => {
      await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
      await expect(page.getByText('function shopPage').first()).toBeVisible();
      // Its colours come from a worker, a moment later.
      await expect(page.locator('span[style*="--diffs-token"]').first()).toBeVisible();
    },
  },
  {
    name: 'messages',
    hash: '#/messages',
    isReady: (page) => expect(page.getByText(/rounded the VAT down/).first()).toBeVisible(),
  },
  {
    name: 'conflicts',
    hash: '#/conflicts',
    isReady: (page) => expect(page.getByRole('region', { name: 'Place 1 of 1' })).toBeVisible(),
  },
  {
    name: 'learnings',
    hash: '#/learnings',
    isReady: (page) => expect(page.getByText(/^Prices in data/)).toBeVisible(),
  },
];

const home = await mkdtemp(join(tmpdir(), 'musher-shots-'));
const serving = await startServe(home, {
  args: ['--demo'],
  env: { ...(process.env as Record<string, string>), TMPDIR: home },
});
const browser = await chromium.launch({ headless: true, ...chromiumLaunchOptions() });
try {
  await untilWorthSeeing(serving);
  await mkdir(folder, { recursive: true });
  for (const theme of themes) {
    for (const size of [readme, ...narrower]) await shootAll(size, theme);
  }
  for (const path of await shootFixtures(browser, folder, readme)) await report(path);
} finally {
  await browser.close();
  await serving.stop();
  await rm(home, { recursive: true, force: true });
}

/** Two reviews and a question wait, and what two of them wrote collides. */
async function untilWorthSeeing({ operator }: Serving): Promise<void> {
  await waitFor(
    'the demo to have something to decide',
    async () => {
      const { approvals } = await operator.query<{ approvals: ApprovalRecord[] }>('approval.list');
      const { agents } = await operator.query<{ agents: AgentRecord[] }>('agent.list');
      const waiting = agents.filter(({ status }) => status.value === 'waiting');
      const { conflicts } = await operator.query<{ conflicts: object[] }>('conflict.list');
      return approvals.length === 2 && waiting.length === 3 && conflicts.length === 2;
    },
    { timeoutMs: 40_000 },
  );
}

async function shootAll(
  viewport: { width: number; height: number },
  theme: (typeof themes)[number],
): Promise<void> {
  const page = await browser.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  // Its offer is for who is new here.
  await page.addInitScript(withoutTour);
  const { body } = await serving.operator.send('/v1/login', { method: 'POST' });
  await page.goto((body as { loginUrl: string }).loginUrl);
  for (const shot of shots) {
    await goTo(page, shot.hash);
    await shot.isReady(page);
    await page.evaluate(() => document.fonts.ready);
    const size = viewport === readme ? '' : `-${viewport.width}`;
    const path = join(folder, `${shot.name}-${theme}${size}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    await report(path);
  }
  await page.close();
}

async function report(path: string): Promise<void> {
  const { size: bytes } = await stat(path);
  console.log(`${path}  ${Math.round(bytes / 1024)} KiB`);
  if (bytes > mostBytes) throw new Error(`${path} is larger than ${mostBytes} bytes`);
}
