// The setup of a worktree in its agent's pane: what runs is shown, and each way on does what it says.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { goTo } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page, agent: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=setup#/agents/agent/${agent}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

/** What the page asks the hub for from now on. */
async function listen(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate(() => {
    const { bridge } = window as unknown as {
      bridge: { dispatch: (...ask: unknown[]) => unknown };
    };
    const asked: unknown[] = [];
    Object.assign(window, { asked });
    bridge.dispatch = async (...ask) => {
      asked.push(ask);
      return { commandId: 'c', seq: 0, result: {} };
    };
  });
  return () => page.evaluate(() => (window as unknown as { asked: unknown[] }).asked.splice(0));
}

test('while it runs its terminal, its command and its age are there, and it can be cancelled', async ({
  page,
}) => {
  await open(page, 'backend');
  await expect(page.getByRole('region', { name: 'Terminal of backend, setting up' })).toBeVisible();
  const bar = page.getByRole('status').filter({ hasText: 'Setting up' });
  await expect(bar).toContainText('1 of 3');
  await expect(bar).toContainText('npm ci --prefer-offline --no-audit');
  const asked = await listen(page);
  await bar.getByRole('button', { name: 'Cancel' }).click();
  expect(await asked()).toEqual([['agent.stop', { agent: 'backend' }]]);
});

test('one that failed says why, and is run again or left out', async ({ page }) => {
  await open(page, 'frontend');
  const bar = page.getByRole('status').filter({ hasText: 'Setup failed' });
  await expect(bar).toContainText('npm run build ended with exit code 1.');
  const asked = await listen(page);
  await bar.getByRole('button', { name: 'Run again' }).click();
  await bar.getByRole('button', { name: 'Start anyway' }).click();
  await goTo(page, '#/agents/agent/release');
  await page.getByRole('button', { name: 'Destroy anyway' }).click();
  expect(await asked()).toEqual([
    ['agent.start', { agent: 'frontend' }],
    ['agent.start', { agent: 'frontend', skipSetup: true }],
    ['agent.destroy', { agent: 'release', force: true }],
  ]);
});

test('what the repository brings is shown whole, and may run once it is confirmed', async ({
  page,
}) => {
  await open(page, 'tests');
  const commands = page.getByRole('list', { name: 'Commands' });
  await expect(commands.getByRole('listitem')).toHaveText([
    /npm ci --prefer-offline --no-audit.*before it starts/,
    /npm run build.*before it starts/,
    /docker compose up -d redis.*before it starts/,
    /docker compose down.*before it is removed/,
  ]);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('The commands of its worktree are confirmed')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Start', exact: true }).last()).toBeVisible();
});
