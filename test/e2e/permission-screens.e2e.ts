// What a CLI without a permission hook asks at its screen: shown in the Inbox, answered by keys, and typed at that prompt, at
// whatever size its terminal is by then; what is always allowed is listed beside the agent and taken back there.

import { expect, type Page, test } from '@playwright/test';
import { type Asking, prepareAsking, startAsking } from '../harness/asks-on-screen.ts';
import { endAgents, makeServeWorld, type ServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;
let asking: Asking;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve({ env: await prepareAsking(world) });
});
test.beforeEach(async () => {
  asking = await startAsking(() => serving, 'asks');
});
test.afterEach(() => endAgents(world, serving));
test.afterAll(() => world.dispose());

const detail = (page: Page) => page.getByRole('region', { name: 'Permission from asks' });

async function untilKeysCount(page: Page): Promise<void> {
  const group = detail(page).getByRole('group', { name: 'Decision' });
  await expect(group).toHaveAttribute('data-quiet', 'false');
}

test('shown as of its screen; its terminal gets another size, and a key allows it there', async ({
  page,
}) => {
  await asking.say('ask npm test');
  const { id, screen } = await asking.untilAsked('npm test');
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/asks');
  await expect(page.locator('.xterm').first()).toBeVisible();
  await expect
    .poll(async () => (await asking.screen()).split('\n')[1]?.length)
    .not.toBe(screen?.cols);
  await goTo(page, `#/inbox/permission/${id}`);
  await expect(detail(page).getByText('As its screen shows it.', { exact: false })).toBeVisible();
  await untilKeysCount(page);
  await page.keyboard.press('a');
  await asking.untilScreen('allowed: npm test.');
  expect(await asking.until(id, ({ isKeyed }) => isKeyed === true)).toMatchObject({
    state: 'allowed',
  });
});

test('what it does not show any more is said, and nothing is typed', async ({ page }) => {
  await asking.say('ask npm test');
  await asking.untilAsked('npm test');
  await openMusher(page, serving);
  await expect(detail(page)).toBeVisible();
  await untilKeysCount(page);
  await asking.press('x');
  await asking.untilScreen('rm -rf other');
  await page.keyboard.press('a');
  const other = await asking.untilAsked('rm -rf other');
  await goTo(page, `#/inbox/permission/${other.id}`);
  await expect(detail(page).getByText('high risk')).toBeVisible();
  await expect(detail(page).getByRole('button', { name: 'Always for asks' })).toHaveCount(0);
  expect(await asking.screen()).not.toContain('allowed:');
});

test('what is always allowed is listed beside the agent, and taken back', async ({ page }) => {
  await asking.say('ask npm run lint');
  const { id } = await asking.untilAsked('npm run lint');
  await openMusher(page, serving);
  await untilKeysCount(page);
  await page.keyboard.press('Shift+A');
  await asking.until(id, ({ isKeyed }) => isKeyed === true);
  await goTo(page, '#/agents/agent/asks');
  const rules = page.getByRole('list', { name: 'Always allowed' });
  await expect(rules.getByText('npm run lint')).toBeVisible();
  await expectAccessible(page, 'an agent with a rule');
  await rules.getByRole('button', { name: 'Revoke shell: npm run lint' }).click();
  await expect(rules).toHaveCount(0);
  await asking.say('ask npm run lint');
  await asking.untilAsked('npm run lint');
});
