// Thirty-six agents on a hub in memory: how they are laid out, found, kept in place, and spoken to together.

import { expect, type Page, test } from '@playwright/test';
import type { AgentRecord } from '../../preload/contract/agents.ts';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { rounds } from '../harness/rounds.ts';
import { expectAccessibleInThemes } from './axe.ts';
import { agentsAsList } from './musher-page.ts';

/** What the fixture's hub tells on the page, beside being one. */
interface FixtureBridge {
  put(records: Record<string, unknown>): void;
  records(): Record<string, unknown>;
  attached(): string[];
  mostAttached(): number;
  typed(): readonly string[];
}

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1440, height: 900 } });

async function open(page: Page, count = 36, hash = '#/agents'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=team&count=${count}${hash}`);
  await expect(page.locator('[data-agent]').first()).toBeVisible();
}

/** The same as a list from the first on. */
async function openList(page: Page): Promise<void> {
  await page.addInitScript(agentsAsList);
  await open(page);
  await expect(layout(page, 'List')).toBeChecked();
}

const pane = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
const list = (page: Page) => page.getByRole('listbox', { name: 'Agents' });
const selected = (page: Page) => list(page).getByRole('option', { selected: true });
const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name });
const layout = (page: Page, name: string) => page.getByRole('radio', { name, exact: true });

/** The fixture's hub, asked or told something on the page. */
function onBridge<T>(page: Page, ask: (bridge: FixtureBridge) => T): Promise<T> {
  return page.evaluate<T>(`(${ask.toString()})(window.bridge)`);
}

async function putAgent(page: Page, id: string, change: Partial<AgentRecord>): Promise<void> {
  await page.evaluate(
    ([key, over]) => {
      const { bridge } = window as unknown as { bridge: FixtureBridge };
      const agent = bridge.records()[key];
      bridge.put({ [key]: { ...(agent as object), ...over } });
    },
    [`agent/${id}`, change] as const,
  );
}

test('a reload comes back to the same density, filter, folds, pins and selection', async ({
  page,
}) => {
  await open(page, 18);
  await page.keyboard.press('d');
  await page.keyboard.press('d');
  await section(page, /Idle/).getByRole('button', { name: /^Idle/ }).click();
  await list(page).focus();
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await page.keyboard.press('/');
  await page.keyboard.type('agent/ e');
  await page.keyboard.press('Enter');
  await page.keyboard.press('j');
  const kept = await selected(page).getAttribute('id');
  await page.reload();
  await expect(page.getByLabel('Filter agents')).toHaveValue('agent/ e');
  await expect(layout(page, 'List')).toBeChecked();
  await expect(section(page, /Pinned/).getByRole('article')).toHaveCount(1);
  await expect(selected(page)).toHaveAttribute('id', kept ?? '');
  await page.getByLabel('Filter agents').fill('');
  await expect(section(page, /Idle/).getByRole('button', { name: /^Idle/ })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
});

test('two to four stand side by side as wide as they were dragged, and one alone beside the list', async ({
  page,
}) => {
  // Which of them they are is chosen in the list: it draws no terminals that nobody looks at.
  await openList(page);
  for (const name of ['backend', 'export', 'jobs']) {
    await pane(page, name).hover();
    await page.getByRole('checkbox', { name: `Choose ${name}` }).check();
  }
  await page.getByRole('button', { name: 'Side by side' }).click();
  await expect(page.getByRole('article')).toHaveCount(3);
  const before = (await pane(page, 'backend').boundingBox())?.width ?? 0;
  const handle = page.getByRole('separator', { name: 'Resize the terminals' }).first();
  await handle.focus();
  await page.keyboard.press('ArrowRight');
  await expect
    .poll(async () => (await pane(page, 'backend').boundingBox())?.width)
    .toBeGreaterThan(before + 10);
  const wide = (await pane(page, 'backend').boundingBox())?.width ?? 0;
  await page.reload();
  await expect(page.getByRole('article')).toHaveCount(3);
  await expect
    .poll(async () => Math.abs(((await pane(page, 'backend').boundingBox())?.width ?? 0) - wide))
    .toBeLessThan(3);
  await layout(page, 'One').click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(list(page).getByRole('group', { name: 'Needs you' })).toBeVisible();
  await page.goto(`${fixture.url}?scene=team#/inbox`);
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /^Agents/ })
    .click();
  await expect(layout(page, 'One')).toBeChecked();
  await list(page).focus();
  await page.keyboard.press('Escape');
  await expect(layout(page, 'All')).toBeChecked();
});

test('no more terminals are attached than are in sight, however far one scrolls', async ({
  page,
}) => {
  await open(page, rounds(24, 36));
  const scroller = page.locator('[data-scroller]');
  const inSight = () =>
    scroller.evaluate((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return [...element.querySelectorAll('article:has(h3)')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.height > 100 && box.bottom > top && box.top < bottom;
      }).length;
    });
  const attached = () => onBridge(page, (bridge) => bridge.attached().length);
  const height = await scroller.evaluate(({ scrollHeight }) => scrollHeight);
  expect(height).toBeGreaterThan(2_000);
  for (let top = 0; top <= height; top += rounds(700, 300)) {
    await scroller.evaluate((element, to) => element.scrollTo(0, to), top);
    // Twelve terminals are drawn anew at each step, on a machine that may have much else to do.
    await expect
      .poll(async () => (await attached()) - (await inSight()), { timeout: 30_000 })
      .toBe(0);
  }
  // Four rows of three, and one more while the old go and the new come.
  expect(await onBridge(page, (bridge) => bridge.mostAttached())).toBeLessThanOrEqual(15);
  await layout(page, 'Last lines').click();
  await expect.poll(attached).toBe(0);
});

test('what is under the pointer stays where it is, and goes where it belongs once the pointer has left', async ({
  page,
}) => {
  await openList(page);
  const working = section(page, /Working/);
  const order = () =>
    working.getByRole('article').evaluateAll((all) => all.map((one) => one.ariaLabel));
  const before = await order();
  await pane(page, 'search').hover();
  const { y } = (await pane(page, 'search').boundingBox()) ?? {};
  const blocked = { status: { value: 'blocked', source: 'report', sinceMs: 1 } } as const;
  for (const name of ['checkout', 'search', 'users']) await putAgent(page, name, blocked);
  await expect(pane(page, 'search').getByText('blocked')).toBeVisible();
  expect(await order()).toEqual(before);
  // In a quiet moment the one after it goes; itself and the one before it stay.
  await expect.poll(order).toEqual(before.filter((name) => name !== 'users'));
  expect((await pane(page, 'search').boundingBox())?.y).toBe(y);
  await page.mouse.move(5, 5);
  await expect(section(page, /Needs you/).getByRole('article', { name: 'search' })).toBeVisible();
  await expect
    .poll(order)
    .toEqual(before.filter((name) => !/users|search|checkout/.test(`${name}`)));
});

test('keys lead to agents by number, letters and need, and back', async ({ page }) => {
  await openList(page);
  await list(page).focus();
  await page.keyboard.press('3');
  await expect(selected(page)).toContainText('docs');
  await page.keyboard.press('`');
  await expect(selected(page)).toContainText('backend');
  await page.keyboard.press('`');
  await page.keyboard.press('n');
  await expect(selected(page)).toContainText('migrate');
  await page.keyboard.press('`');
  await expect(selected(page)).toContainText('docs');
  await page.keyboard.press('f');
  const label = (await pane(page, 'vendor').locator('kbd').textContent()) ?? '';
  for (const key of label) await page.keyboard.press(key);
  await expect(selected(page)).toContainText('vendor');
  await page.keyboard.press('f');
  await expect(pane(page, 'docs').locator('kbd')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(pane(page, 'docs').locator('kbd')).toHaveCount(0);
  await expect(selected(page)).toContainText('vendor');
});

test('a terminal that has the keyboard gets every key but the chords', async ({ page }) => {
  await open(page, 8);
  await page.keyboard.press('Enter');
  const typing = page.getByRole('region', { name: 'Terminal of backend' }).getByRole('textbox');
  await expect(typing).toBeFocused();
  for (const key of ['n', 'f', '3', '/', 'x', 'd', 'Escape', '`']) await page.keyboard.press(key);
  await expect(typing).toBeFocused();
  await expect(selected(page)).toContainText('backend');
  await expect(page.getByRole('region', { name: 'Chosen agents' })).toHaveCount(0);
  await page.keyboard.press('Control+Shift+ArrowRight');
  const next = page.getByRole('region', { name: 'Terminal of migrate' }).getByRole('textbox');
  await expect(next).toBeFocused();
  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect(typing).toBeFocused();
});

test('what is said to several says to whom before and what became of it after', async ({
  page,
}) => {
  await openList(page);
  await section(page, /Stopped/).hover();
  await page.getByRole('button', { name: 'Choose all of Stopped' }).click();
  const bar = page.getByRole('region', { name: 'Chosen agents' });
  await expect(bar.getByText('Nobody can be reached so')).toBeVisible();
  await page.getByRole('button', { name: 'Choose none of Stopped' }).click();
  await expect(bar).toHaveCount(0);
  await pane(page, 'cache').hover();
  await page.getByRole('checkbox', { name: 'Choose cache' }).check();
  await page.getByRole('checkbox', { name: 'Choose orders' }).click({ modifiers: ['Shift'] });
  await page.getByRole('checkbox', { name: 'Choose backend' }).check();
  await expect(bar.getByText(/^To backend, mobile|^To backend, cache/)).toBeVisible();
  await expect(bar.getByText(/^Not to .*tests \(failed\)/)).toBeVisible();
  await bar.getByRole('textbox').fill('git fetch');
  // It ends between the choice and the sending.
  await putAgent(page, 'cache', { state: 'stopped' });
  await page.keyboard.press('Control+Enter');
  const told = (name: string) => bar.getByRole('listitem').filter({ hasText: name });
  await expect(told('graphql')).toContainText('typed into its terminal');
  await expect(told('cache')).toContainText('not sent: it is');
  await expect(told('backend')).toContainText('has no running');
  const typed = await onBridge(page, (bridge) => bridge.typed());
  expect(typed).toContain('graphql');
  for (const name of ['cache', 'tests', 'auth']) expect(typed).not.toContain(name);
  await list(page).focus();
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
});

test('every layout is whole in a small window and within reach of assistive technology', async ({
  page,
}) => {
  // Each of seven looks is at all that stands on the page.
  test.setTimeout(240_000);
  await page.setViewportSize({ width: 1024, height: 640 });
  // One of each kind there is.
  await open(page, 16);
  const look = async (name: string) => {
    await expectAccessibleInThemes(page, name);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide, name).toBe(0);
  };
  for (const density of ['Terminals', 'Last lines', 'List']) {
    await layout(page, density).click();
    await look(density);
  }
  await list(page).focus();
  await page.keyboard.press('x');
  await page.keyboard.press('f');
  await look('choosing, and a jump');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await layout(page, 'Side by side').click();
  await look('side by side');
  await layout(page, 'One').click();
  await look('one and the list');
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await look('notifications');
});

test('an empty filter, and a hub that does not answer, say what to do', async ({ page }) => {
  await openList(page);
  await page.keyboard.press('/');
  await page.keyboard.type('nobody');
  await expect(page.getByText('No agent fits “nobody”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(pane(page, 'backend')).toBeVisible();
  await page.goto(`${fixture.url}?scene=empty#/agents`);
  await expect(page.getByText('No agents yet')).toBeVisible();
});
