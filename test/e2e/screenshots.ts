// Makes the pictures of the README from the demo, dark and light: `node test/e2e/screenshots.ts`.

import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, expect, type Page } from '@playwright/test';
import type { ApprovalRecord } from '../../preload/contract/approvals.ts';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { chromiumLaunchOptions } from '../harness/chromium.ts';
import type { Serving } from '../harness/serve.ts';
import { startServe } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { goTo } from './musher-page.ts';

const folder = fileURLToPath(new URL('../../.github/screenshots', import.meta.url));
const viewport = { width: 1440, height: 900 };
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
    isReady: (page) => expect(page.locator('[data-terminal][data-state="live"]')).toHaveCount(3),
  },
  {
    name: 'review',
    hash: '#/review',
    isReady: (page) => expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled(),
  },
  {
    name: 'messages',
    hash: '#/messages',
    isReady: (page) => expect(page.getByText(/rounded the VAT down/).first()).toBeVisible(),
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
  for (const theme of themes) await shootAll(browser, serving, theme);
} finally {
  await browser.close();
  await serving.stop();
  await rm(home, { recursive: true, force: true });
}

/** Two reviews and a question wait, and the third agent has a review too. */
async function untilWorthSeeing({ operator }: Serving): Promise<void> {
  await waitFor(
    'the demo to have something to decide',
    async () => {
      const { approvals } = await operator.query<{ approvals: ApprovalRecord[] }>('approval.list');
      const { agents } = await operator.query<{ agents: AgentRecord[] }>('agent.list');
      const waiting = agents.filter(({ status }) => status.value === 'waiting');
      return approvals.length === 2 && waiting.length === 3;
    },
    { timeoutMs: 40_000 },
  );
}

async function shootAll(
  from: Browser,
  { operator }: Serving,
  theme: (typeof themes)[number],
): Promise<void> {
  const page = await from.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  const { body } = await operator.send('/v1/login', { method: 'POST' });
  await page.goto((body as { loginUrl: string }).loginUrl);
  for (const shot of shots) {
    await goTo(page, shot.hash);
    await shot.isReady(page);
    await page.evaluate(() => document.fonts.ready);
    const path = join(folder, `${shot.name}-${theme}.png`);
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    const { size } = await stat(path);
    console.log(`${shot.name}-${theme}.png  ${Math.round(size / 1024)} KiB`);
    if (size > mostBytes) throw new Error(`${path} is larger than ${mostBytes} bytes`);
  }
  await page.close();
}
