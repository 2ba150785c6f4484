// What Musher is for, once through: agents are started, asked, answered, reviewed, merged, denied; a reload costs nothing.

import { expect, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { endAgents, makeServeWorld, scriptedAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import {
  addAgent,
  expectOnScreen,
  goTo,
  openMusher,
  screenText,
  terminalOf,
} from './musher-page.ts';
import { testAtLength } from './test-at-length.ts';

/** A decision is held for five seconds before it is sent. */
const heldMs = 15_000;

let world: ServeWorld;
let serving: Serving;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => endAgents(world, serving));
test.afterAll(() => world.dispose());

async function start(page: Page, name: string): Promise<void> {
  const command = scriptedAgent(`${name}.mjs`);
  const dialog = await addAgent(page, { name, profile: 'Script', command });
  await expect(dialog).toBeHidden();
  await expectOnScreen(terminalOf(page, name), `${name} is ready`);
}

test('a question is answered from the keyboard, and the agent goes on', async ({ page }) => {
  await openMusher(page, serving);
  await start(page, 'asks');
  await page.keyboard.press('Control+1');
  const question = page.getByRole('option', { name: /Which colour/ });
  await expect(question).toBeVisible();
  await expect(question).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('group', { name: 'Options' })).toHaveAttribute('data-quiet', 'false');
  await page.keyboard.press('2');
  await expect(question).toBeHidden();
  await goTo(page, '#/agents/agent/asks');
  await expectOnScreen(terminalOf(page, 'asks'), 'went on with green');
  await expect(page.getByText('the button is green').first()).toBeVisible();
});

test('a denied one gets its note, mends it and asks again', async ({ page }) => {
  await openMusher(page, serving);
  await start(page, 'commits');
  await goTo(page, '#/review');
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
  await page.keyboard.press('d');
  await page.keyboard.type('dear customer');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Greet: dear customer').first()).toBeVisible({ timeout: heldMs });
  expect(await world.repository.git(['ls-tree', '--name-only', 'main'])).toBe('readme.md');
  await goTo(page, '#/agents/agent/commits');
  await expectOnScreen(terminalOf(page, 'commits'), 'the review says: dear customer');
});

test('a reload in the middle loses nothing, and the screen is the same', async ({ page }) => {
  await openMusher(page, serving);
  await start(page, 'commits');
  await start(page, 'asks');
  const terminal = terminalOf(page, 'asks');
  await terminal.click();
  await page.keyboard.type('hello from the keyboard');
  await page.keyboard.press('Enter');
  await expectOnScreen(terminal, 'typed: hello from the keyboard');
  const before = await screenText(terminal);
  await page.reload();
  await expect.poll(() => screenText(terminalOf(page, 'asks')), { timeout: 15_000 }).toBe(before);
  await goTo(page, '#/inbox');
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.getByRole('option', { name: /Which colour/ }).click();
  await expect(page.getByRole('group', { name: 'Options' })).toHaveAttribute('data-quiet', 'false');
  await page.keyboard.press('1');
  await expect(page.getByRole('option')).toHaveCount(1);
  await goTo(page, '#/agents/agent/asks');
  await expectOnScreen(terminalOf(page, 'asks'), 'went on with red');
});

// A page over the death of its hub: also in `inbox-keyboard`.
testAtLength(
  'a Musher that restarts comes back on the open page with everything',
  async ({ page }) => {
    await openMusher(page, serving);
    await start(page, 'commits');
    await goTo(page, '#/inbox');
    await expect(page.getByRole('option', { name: /Greet/ })).toBeVisible();
    const port = Number(new URL(serving.url).port);
    await serving.kill('SIGKILL');
    await expect(page.getByText(/No connection to Musher since/)).toBeVisible();
    serving = await world.serve({ port });
    await expect(page.getByText(/No connection to Musher since/)).toBeHidden({ timeout: 20_000 });
    await expect(page.getByRole('option', { name: /Greet/ })).toBeVisible();
  },
);

/** What agents before it taught, such as a commit that was denied, comes into `.musher` in its own time. */
const ofPeople = ['status', '--porcelain', '--', '.', ':!.musher'];

// The last: main is no longer as the others find it.
test('a commit is seen, approved and merged, and nothing else is', async ({ page }) => {
  const before = await world.repository.git(ofPeople);
  await openMusher(page, serving);
  await start(page, 'commits');
  await page.keyboard.press('Control+1');
  await expect(page.getByRole('option', { name: /Greet: dear visitor/ })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText('dear visitor').last()).toBeVisible();
  await expect(page.getByText('greeting.txt').first()).toBeVisible();
  const asked = await world.repository.git(['rev-parse', 'agent/commits']);
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
  await page.keyboard.press('a');
  const moving = page.getByRole('checkbox', { name: /main is checked out/ });
  await expect(moving).toBeFocused();
  await expect(moving).not.toBeChecked();
  await expect(page.getByText('0 of 1 file viewed')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Approve and merge' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/main now holds/)).toBeVisible({ timeout: heldMs });
  expect(await world.repository.git(['rev-parse', 'main'])).toBe(asked);
  expect(await world.repository.git(['show', 'main:greeting.txt'])).toBe('hello\ndear visitor');
  expect(await world.repository.git(ofPeople)).toBe(before);
  await goTo(page, '#/agents/agent/commits');
  await expectOnScreen(terminalOf(page, 'commits'), 'commits is finished');
});
