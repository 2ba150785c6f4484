// Limits and the kick in the page of a real Musher: set in a dialog beside what is used, told in the Inbox, kept by the
// watchdog, and read as what they are.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { makeServeWorld, type ServeWorld, untilAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { prepareTalks } from '../harness/talks.ts';
import { expectAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

/** A look of the watchdog, on a machine that has other things to do. */
const look = { timeout: 75_000 };
const patience = { timeout: 30_000 };

test.beforeAll(async () => {
  world = await makeServeWorld();
  const { env } = await prepareTalks(world);
  const folder = join(world.repository.root, '.musher');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'config.toml'), '[limits]\nturns = 5\n');
  serving = await world.serve({ env });
  for (const name of ['near', 'spent']) await spendFourTurns(name);
});
test.afterAll(() => world.dispose());

async function spendFourTurns(name: string): Promise<void> {
  await serving.operator.command('agent.add', { name, profile: 'talks', prompt: 'one' });
  await untilAgent(serving, name, 'running');
  await expect.poll(() => screenOf(name), patience).toContain('said: one');
  for (const text of ['use a', 'use b', 'use c', 'use d'])
    await serving.operator.command('agent.type', { agent: name, text });
  await expect.poll(() => screenOf(name), patience).toContain('used: d');
}

async function screenOf(agent: string): Promise<string> {
  return (await serving.operator.query<{ text: string }>('agent.screen', { agent })).text;
}

async function turnsOf(agent: string): Promise<object | undefined> {
  const { uses } = await serving.operator.query<{ uses: object[] }>('agent.watch', { agent });
  return uses[0];
}

const dialogOf = (page: Page, agent: string) =>
  page.getByRole('dialog', { name: `Limits of ${agent}` });
const turnsIn = (dialog: Locator) => dialog.getByRole('textbox', { name: 'Turns' });

async function choose(page: Page, agent: string, item: string): Promise<void> {
  await goTo(page, `#/agents/agent/${agent}`);
  await page
    .getByRole('button', { name: `More for ${agent}` })
    .first()
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

test('a limit that is set below what is used stops an agent, which has not failed and starts again', async ({
  page,
}) => {
  await openMusher(page, serving);
  await choose(page, 'spent', 'Limits…');
  const dialog = dialogOf(page, 'spent');
  await expect(dialog).toContainText('Used in this run: 4Empty: 5, as .musher/config.toml says.');
  await expect(dialog).toContainText('Used in this run: not told by this CLI');
  await expect(turnsIn(dialog)).toBeFocused();
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await expect(turnsIn(dialog)).toHaveAccessibleDescription(/At least 1 turn\.$/);
  await expectAccessible(page, 'limits that are refused');
  await turnsIn(dialog).fill('4');
  await expect(dialog).toContainText('It has used 4 already');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  expect(await turnsOf('spent')).toMatchObject({ of: 4, used: 4, from: 'agent' });

  const status = page.getByRole('main').getByRole('button', { name: 'at its limit', exact: true });
  await expect(status.first()).toBeVisible(look);
  await page.getByRole('button', { name: 'More for spent' }).first().click();
  const kick = page.getByRole('menuitem', { name: 'Kick' });
  await expect(kick).toHaveText('KickIt is not running');
  await expect(kick).toBeDisabled();
  await page.keyboard.press('Escape');
  await goTo(page, '#/inbox/agent/spent');
  const detail = page.getByRole('region', { name: 'At its limit from spent' });
  await expect(detail).toContainText('was stopped at its limit of turns');
  await expect(detail).toContainText('counts from zero and may use 4 turns more');
  await page.keyboard.press('l');
  await expect(turnsIn(dialog)).toBeFocused();
  await page.keyboard.type('9');
  await page.keyboard.press('Control+Enter');
  await expect(detail).toContainText('may use 9 turns more');
  await page.keyboard.press('s');
  await expect(detail).toHaveCount(0);
  await expect.poll(() => turnsOf('spent')).toMatchObject({ of: 9, used: 0 });
});

test('one that is near its limit is told in the Inbox until that is raised, and is kicked by its menu', async ({
  page,
}) => {
  await openMusher(page, serving);
  await goTo(page, '#/inbox');
  const notice = page.getByRole('option', { name: /near.*It has used 4 of 5 turns/ });
  await expect(notice).toBeVisible(look);
  await goTo(page, '#/inbox/watch/near.turns');
  await page.getByRole('button', { name: 'Raise the limit…' }).click();
  const dialog = dialogOf(page, 'near');
  await dialog.getByRole('checkbox', { name: 'No limit: Turns' }).check();
  await dialog.getByRole('button', { name: 'Set limits' }).click();
  // What is behind a dialog has no role, and so no notice, until the dialog is gone.
  await expect(dialog).toHaveCount(0);
  await expect(notice).toHaveCount(0);
  expect(await turnsOf('near')).toMatchObject({ from: 'none', config: { of: 5 } });

  await choose(page, 'near', 'Kick');
  await expect.poll(() => screenOf('near')).toContain('You were started again.');
  const details = page.getByLabel('Details of near');
  await expect(details).toContainText('Taken up');
  await expect(details).toContainText('A kick, to go on after a start');
});
