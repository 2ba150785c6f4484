// Why a status is believed, and what it was before: on the page, from a hub in memory.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1440, height: 900 } });

async function open(page: Page, agent: string, more = ''): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=busy${more}#/agents/agent/${agent}`);
  await expect(page.getByRole('article', { name: agent })).toBeVisible();
}

const details = (page: Page, agent: string) =>
  page.getByRole('complementary', { name: `Details of ${agent}` });
const strip = (page: Page, agent: string) =>
  page.getByRole('list', { name: `${agent} in the last 6 hours` });

test('the evidence is a table, strongest first, and says which of it counts, and why', async ({
  page,
}) => {
  await open(page, 'backend');
  const table = details(page, 'backend').getByRole('table');
  await expect(table.getByRole('rowheader')).toHaveText([
    /process/,
    /question \(this counts\)/,
    /hook/,
    /report/,
    /output/,
    /files/,
    /heartbeat/,
  ]);
  await expect(table.getByRole('row', { name: /hook/ })).toContainText(/working.*medium/);
  await expect(details(page, 'backend')).toContainText('no other evidence changes that');
});

test('the card of a status in the grid has the same table', async ({ page }) => {
  await page.goto(`${fixture.url}?scene=busy#/agents`);
  const pane = page.getByRole('article', { name: 'backend', exact: true });
  await pane.getByRole('button', { name: 'waiting' }).hover();
  await expect(page.getByRole('table').first()).toContainText('heartbeat');
});

test('the last hours are a strip whose pieces are told by text and by the pointer', async ({
  page,
}) => {
  await open(page, 'backend');
  const pieces = strip(page, 'backend').getByRole('listitem');
  await expect(pieces).toHaveCount(14);
  await expect(pieces.first()).toContainText(/^Working from .* to .*, \d+ minutes$/);
  await expect(pieces.last()).toContainText(/^Waiting from/);
  await expect(pieces.nth(1)).toContainText(/^Stopped from/);
  await expect(pieces.nth(6)).toContainText(/^Silent from/);
  await expectAccessible(page, 'an agent with its evidence');
  await pieces.nth(3).hover();
  await expect(page.getByRole('tooltip')).toContainText(/^Blocked from/);
});

test('the same stands in words, six at first, the newest first', async ({ page }) => {
  await open(page, 'backend');
  const list = details(page, 'backend').getByRole('list', { name: 'Lately' });
  const lately = list.getByRole('listitem');
  await expect(lately).toHaveCount(6);
  await expect(lately.first()).toContainText(/waiting.*by question.*which store/);
  const earlier = page.getByRole('button', { name: 'Show earlier ones', exact: true });
  await earlier.click();
  await expect(lately).toHaveCount(14);
  await expect(earlier).toHaveCount(0);
});

test('it says that it looks, and that nothing is known', async ({ page }) => {
  await open(page, 'checkout', '&slow=agent.evidence');
  await expect(details(page, 'checkout').getByRole('status')).toHaveText('Looking for evidence…');
  await open(page, 'checkout', '&slow=agent.history');
  await expect(details(page, 'checkout')).toContainText('Looking into the log…');
  await open(page, 'migrate');
  await expect(page.getByText('Nothing is known of it yet')).toBeVisible();
});

test('it is asked again when the status changes', async ({ page }) => {
  await open(page, 'checkout');
  await expect(strip(page, 'checkout')).toBeVisible();
  const asked = await page.evaluate(() => {
    const { bridge } = window as unknown as { bridge: Record<string, unknown> };
    const query = bridge.query as (...ask: unknown[]) => Promise<unknown>;
    const seen: string[] = [];
    Object.assign(window, { asked: seen });
    bridge.query = (type: string, ...rest: unknown[]) => {
      seen.push(type);
      return query(type, ...rest);
    };
    const records = (bridge.records as () => Record<string, object>)();
    const status = { value: 'idle', source: 'hook', sinceMs: Date.now() };
    const key = 'agent/checkout';
    (bridge.put as (all: object) => void)({ [key]: { ...records[key], status } });
    return seen.length;
  });
  expect(asked).toBe(0);
  await expect
    .poll(() => page.evaluate(() => (window as unknown as { asked: string[] }).asked.toSorted()))
    .toEqual(['agent.evidence', 'agent.history']);
});
