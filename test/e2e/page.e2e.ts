// The page by itself, on a hub in memory: what is seen, reached by key, read out, and how often it renders.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { rounds } from '../harness/rounds.ts';
import { goTo } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});

test.afterAll(() => fixture.stop());

async function open(page: Page, address: string): Promise<void> {
  await page.goto(`${fixture.url}${address}`);
  await expect(page.getByRole('main')).toBeVisible();
}

const rows = (page: Page) => page.getByRole('option');
/** Keys that decide do something again: the selection has just moved by itself. */
const untilAnswerable = (page: Page) =>
  expect(page.getByRole('group', { name: 'Options' })).toHaveAttribute('data-quiet', 'false');

test('the inbox is answered from the keyboard, and the selection goes on', async ({ page }) => {
  await open(page, '?scene=busy');
  await expect(rows(page)).toHaveCount(9);
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
  await expect(page.getByRole('option', { selected: true })).toContainText('The limiter has to');
  await untilAnswerable(page);
  await page.keyboard.press('2');
  await expect(rows(page)).toHaveCount(8);
  await expect(page.getByRole('option', { selected: true })).toContainText('Which browsers');
  await page.keyboard.press('r');
  await page.keyboard.type('Please mend it now.');
  await page.keyboard.press('Control+Enter');
  await expect(rows(page)).toHaveCount(7);
  await expect(page.getByRole('listbox')).toBeFocused();
});

test('a view whose code cannot be fetched says so, and is there once it can', async ({ page }) => {
  await page.route(/\/costs-view-/, (route) => route.abort());
  await open(page, '?scene=busy');
  await goTo(page, '#/costs');
  await expect(page.getByText('Its code could not be fetched')).toBeVisible();
  await page.unroute(/\/costs-view-/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('main').getByRole('heading', { name: 'Costs' })).toBeVisible();
});

test('a view whose code is on its way is sketched until it is there', async ({ page }) => {
  const { promise: come, resolve: letCome } = Promise.withResolvers<void>();
  await page.route(/\/costs-view-/, async (route) => {
    await come;
    await route.continue();
  });
  await open(page, '?scene=busy');
  await goTo(page, '#/costs');
  await expect(page.getByRole('status').getByText('Loading the view')).toBeVisible();
  letCome();
  await expect(page.getByRole('main').getByRole('heading', { name: 'Costs' })).toBeVisible();
  await expect(page.getByText('Loading the view')).toBeHidden();
});

test('a dismissed question comes back by undo', async ({ page }) => {
  await open(page, '?scene=busy');
  await page.getByRole('option', { name: /Which browsers/ }).click();
  await untilAnswerable(page);
  await page.keyboard.press('Delete');
  await expect(rows(page)).toHaveCount(8);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(9);
});

test('more than one option is chosen before a multiple answer is sent, and is chosen still when that is undone', async ({
  page,
}) => {
  await open(page, '?scene=busy');
  await page.getByRole('option', { name: /Which browsers/ }).click();
  await untilAnswerable(page);
  await page.keyboard.press('1');
  await page.keyboard.press('3');
  await expect(page.getByRole('button', { pressed: true })).toHaveCount(2);
  await page.keyboard.press('Control+Enter');
  await expect(rows(page)).toHaveCount(8);
  await page.keyboard.press('z');
  await expect(rows(page)).toHaveCount(9);
  await expect(page.getByRole('button', { pressed: true })).toHaveCount(2);
});

test('a new agent is made by keys alone, and a refusal stands at its field', async ({ page }) => {
  await open(page, '?scene=busy');
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await page.keyboard.type('taken');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('There is an agent "taken" already');
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('textbox', { name: 'Name' }).fill('Fix Login!');
  await expect(page.getByText('agent/fix-login')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page).toHaveURL(/#\/agents\/agent\/fix-login$/);
});

test('the palette finds an agent and goes there; back returns', async ({ page }) => {
  await open(page, '?scene=busy');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('backend');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article', { name: 'backend' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Inbox' })).toBeVisible();
});

test('in the palette, letters may be mistyped, and what can be done stands behind what it is done with', async ({
  page,
}) => {
  await open(page, '?scene=busy');
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await page.keyboard.press('Control+k');
  await page.keyboard.type('bakcend');
  await expect(palette.getByRole('option', { name: 'backend' }).first()).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(palette.getByText('Destroy…')).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('destory');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('every file is kept in a snapshot');
  await page.keyboard.press('Escape');
  // What was used is first the next time, and Backspace leads back to it.
  await page.keyboard.press('Control+k');
  await expect(palette.getByRole('group', { name: 'Recent' })).toContainText('backend');
  await page.keyboard.press('Tab');
  await expect(palette.getByRole('option', { name: 'Restart' })).toBeVisible();
  await page.keyboard.press('Backspace');
  await page.keyboard.type('@docs');
  await expect(palette.getByRole('group')).toHaveCount(1);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('rate limits');
  await page.keyboard.press('Tab');
  await page.keyboard.type('deny');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: /note/i })).toBeFocused();
});

test('a key is made another by pressing it, heard and shown from then on, and given back', async ({
  page,
}) => {
  await open(page, '?scene=busy#/review');
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
  const dialog = page.getByRole('dialog', { name: 'Shortcuts' });
  await page.keyboard.press('?');
  await page.keyboard.type('deny');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('a');
  await expect(dialog).toContainText('It is the key of “Approve');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+c');
  await expect(dialog).toContainText('Text is copied');
  await page.keyboard.press('q');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Reset the one changed' })).toBeVisible();
  await page.keyboard.press('Escape');
  const deny = page.getByRole('button', { name: /^Deny/ });
  await expect(deny).toHaveAttribute('aria-keyshortcuts', 'q');
  const note = page.getByRole('textbox', { name: /note/i });
  await page.keyboard.press('d');
  await page.keyboard.press('q');
  await expect(note).toBeFocused();
  await expect(note).toHaveValue('');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await dialog.getByRole('button', { name: 'Reset the one changed' }).click();
  await page.keyboard.press('Escape');
  await expect(deny).toHaveAttribute('aria-keyshortcuts', 'd');
});

test('high contrast is there where the system asks for it, or where it was chosen', async ({
  page,
}) => {
  await page.emulateMedia({ contrast: 'more', colorScheme: 'light' });
  await open(page, '?scene=busy');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-contrast', 'more');
  await page.emulateMedia({ contrast: 'no-preference' });
  await expect(html).not.toHaveAttribute('data-contrast');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('dark high contrast');
  await page.keyboard.press('Enter');
  await expect(html).toHaveAttribute('data-contrast', 'more');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'dark');
  await expect(html).toHaveAttribute('data-contrast', 'more');
});

test('what an agent wrote cannot turn the text around or hide in it', async ({ page }) => {
  await open(page, '?scene=busy');
  await page.getByRole('option', { name: /May I rename/ }).click();
  const detail = page.getByRole('region', { name: 'Question from refactor' });
  await expect(detail).toContainText('invoice‹U+202E›txt.exe and ‹ESC›[31mred');
});

test('destroying says what is kept', async ({ page }) => {
  await open(page, '?scene=busy#/agents');
  await page.getByRole('button', { name: 'More for checkout' }).click();
  await page.getByRole('menuitem', { name: 'Destroy…' }).click();
  await expect(page.getByRole('dialog')).toContainText('every file is kept in a snapshot');
  await page.getByRole('button', { name: 'Destroy' }).click();
  await page.getByText('Destroyed, can be revived (2)').click();
  await expect(page.getByRole('button', { name: 'Revive' })).toHaveCount(2);
});

test('every state of the connection says what to do', async ({ page }) => {
  await open(page, '?state=signedOut');
  await expect(page.getByRole('heading', { name: 'This page is signed out' })).toBeVisible();
  await open(page, '?state=ended');
  await expect(page.getByRole('button', { name: 'Reload the page' })).toBeVisible();
  await open(page, '?state=reconnecting');
  await expect(page.getByText(/No connection to Musher since/)).toBeVisible();
});

test('a review draws what is known while its diff is on the way, and then says that it loads', async ({
  page,
}) => {
  await open(page, '?scene=busy&slow=approval.diff#/review');
  const approval = page.getByRole('region', { name: 'Approval' });
  await expect(approval.getByText('errors.md').first()).toBeVisible();
  await expect(approval.getByRole('status').filter({ hasText: 'Loading the diff' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeDisabled();
});

test('the list of requests gives its room to the code, and stays away until it is wanted', async ({
  page,
}) => {
  await open(page, '?scene=busy#/review');
  const list = page.getByRole('listbox', { name: 'Approvals' });
  const codeWidth = async () =>
    (await page.getByRole('region', { name: 'Diff' }).boundingBox())?.width ?? 0;
  await expect(list).toBeFocused();
  const before = await codeWidth();
  await page.keyboard.press('l');
  await expect(list).toBeHidden();
  expect(await codeWidth()).toBeGreaterThan(before + 150);
  await page.reload();
  await expect(page.getByRole('region', { name: 'Approval' })).toBeFocused();
  await expect(list).toBeHidden();
  await page.getByRole('button', { name: 'Show the list of requests' }).click();
  await expect(list).toBeVisible();
});

test('what a yes is pinned to is one press away, with its whole ids', async ({ page }) => {
  await open(page, '?scene=busy#/review');
  await page.getByRole('button', { name: /^What a yes is for/ }).click();
  await expect(page.getByRole('button', { name: /Copy the tree id/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /Copy the tree id/ })).toBeHidden();
});

test('with eight times the agents, a change costs far less than eight times the rendering', async ({
  page,
}) => {
  await open(page, '?scene=busy#/agents');
  const times = rounds(30, 90);
  const six = { agents: ['backend', 'checkout', 'docs'], times };
  const withSixMs = await page.evaluate(measureChanges, six);
  await page.goto('about:blank');
  await open(page, '?scene=many#/agents');
  await expect(page.getByRole('article')).toHaveCount(50);
  const fifty = { agents: ['agent-01', 'agent-02', 'agent-03'], times };
  const withFiftyMs = await page.evaluate(measureChanges, fifty);
  expect(withFiftyMs / withSixMs).toBeLessThan(4);
});

/** Renews one agent per frame, so many times; what React spent on rendering it. */
async function measureChanges({
  agents,
  times,
}: {
  agents: string[];
  times: number;
}): Promise<number> {
  const { bridge, spent } = window as unknown as {
    bridge: { put(records: Record<string, unknown>): void; records(): Record<string, object> };
    spent: { renderMs: number };
  };
  const before = spent.renderMs;
  for (let at = 0; at < times; at++) {
    await new Promise(requestAnimationFrame);
    const id = `agent/${agents[at % agents.length]}`;
    bridge.put({ [id]: { ...bridge.records()[id], lastSeenMs: Date.now() } });
  }
  return spent.renderMs - before;
}
