// Pauses, restarts, what is done with several agents at once, and what is asked before a purge; on a real Musher.

import { expect, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { endAgents, makeServeWorld, scriptedAgent, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectOnScreen, goTo, openMusher, screenText, terminalOf } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => endAgents(world, serving));
test.afterAll(() => world.dispose());

test('a paused agent says so and takes no keys until it is resumed', async ({ page }) => {
  const command = scriptedAgent('echo.mjs');
  await serving.operator.command('agent.add', { name: 'one', profile: 'script', command });
  await untilAgent(serving, 'one', 'running');
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/one');
  const terminal = terminalOf(page, 'one');
  await expectOnScreen(terminal, 'ready');
  await page.getByRole('button', { name: 'More for one' }).click();
  await page.getByRole('menuitem', { name: 'Pause' }).click();
  await expect(page.getByText('Paused by you', { exact: true })).toBeVisible();
  await terminal.locator('textarea').focus();
  await page.keyboard.type('x');
  await page.getByRole('button', { name: 'Resume', exact: true }).click();
  await expect(page.getByText('Paused by you', { exact: true })).toBeHidden();
  await terminal.locator('textarea').focus();
  await page.keyboard.type('y');
  await expectOnScreen(terminal, '<y>');
  expect(await screenText(terminal)).not.toContain('<x>');
});

test('a program that breaks is started again, and that can be taken back', async ({ page }) => {
  const command = scriptedAgent('exits.mjs', '3');
  const data = { name: 'one', profile: 'script', command, restart: 'on-failure' };
  await serving.operator.command('agent.add', data);
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/one');
  // That one is far enough away to be read and taken back.
  await expect(page.getByText(/^Restarts in \d+ s \(try 4 of 10\)$/)).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole('button', { name: 'Cancel restart' }).click();
  await expect(page.getByText(/^Restarts /)).toBeHidden();
  await expect(page.getByText('Ended with exit code 3', { exact: true })).toBeVisible();
  const policy = page.getByLabel('When one ends by itself');
  await expect(policy).toHaveValue('on-failure');
  await policy.selectOption('always');
  await untilAgent(serving, 'one', 'stopped');
  await expect(policy).toHaveValue('always');
});

test('what is done with several says of each what became of it, what was not done first; a purge says what git keeps', async ({
  page,
}) => {
  for (const name of ['one', 'two', 'three']) await world.addAgent(serving, name);
  await serving.operator.command('agent.stop', { agent: 'three' });
  await untilAgent(serving, 'three', 'stopped');
  await openMusher(page, serving);
  await goTo(page, '#/agents');
  const act = async (item: string) => {
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  for (const name of ['one', 'two', 'three']) {
    await page.getByRole('article', { name, exact: true }).hover();
    await page.getByLabel(`Choose ${name}`, { exact: true }).check();
  }
  const outcomes = page.getByRole('region', { name: 'What became of it' });
  await act('Pause 2');
  await expect(outcomes.getByRole('listitem')).toHaveText([
    /^three\s*not asked: stopped$/,
    /^one\s*paused$/,
    /^two\s*paused$/,
  ]);
  await act('Destroy 3…');
  const asked = page.getByRole('dialog', { name: 'Destroy 3 agents?' });
  await expect(asked).toContainText('every file of each is kept in a snapshot');
  await asked.getByRole('button', { name: 'Destroy 3' }).click();
  await expect(outcomes.getByText('destroyed')).toHaveCount(3, { timeout: 20_000 });
  await page.getByText('Destroyed, can be revived (3)').click();
  await page.getByRole('button', { name: 'Purge…' }).first().click();
  const purge = page.getByRole('dialog', { name: 'Purge one?' });
  await expect(purge).toContainText('Git keeps its branch agent/one');
  await purge.getByRole('button', { name: 'Purge' }).click();
  await expect(page.getByText('Destroyed, can be revived (2)')).toBeVisible();
  await expect(outcomes.getByRole('listitem').first()).toHaveText(/purged/);
});
