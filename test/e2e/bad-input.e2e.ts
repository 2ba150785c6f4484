// What a person can get wrong, as the page says it: clear, at its place, and with nothing done.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld, scriptedAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { addAgent, goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

// One Musher for all: nothing of what is refused here is done.
test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterAll(() => world.dispose());

async function agentNames(): Promise<string[]> {
  const { agents } = await serving.operator.query<{ agents: { id: string }[] }>('agent.list');
  return agents.map(({ id }) => id);
}

test('a name that is no name becomes the nearest one, and is shown before it is made', async ({
  page,
}) => {
  await openMusher(page, serving);
  await page.getByRole('button', { name: 'New agent' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New agent' });
  const names = [
    ['a/b', 'a-b'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Two Words', 'two-words'],
    ['-rf', 'rf'],
    ['..', 'agent'],
    ['🐕 dog', 'dog'],
    ['🐕', 'agent'],
    ['Grüße', 'gru-e'],
    ['operator', 'operator-agent'],
    ['con', 'con-agent'],
    ['$(rm -rf ~)', 'rm-rf'],
    ['x'.repeat(60), 'x'.repeat(40)],
  ] as const;
  for (const [typed, made] of names) {
    await dialog.getByLabel('Name').fill(typed);
    await expect(dialog.getByText(`agent/${made}`, { exact: true })).toBeVisible();
  }
  await dialog.getByLabel('Name').fill('../Up & Away');
  await dialog.getByRole('radio', { name: 'Shell' }).check();
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  await expect(page).toHaveURL(/#\/agents\/agent\/up-away$/);
  expect(await agentNames()).toContain('up-away');
});

async function expectRefused(page: Page, name: string, words: RegExp): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'New agent' });
  await expect(dialog.getByText(words)).toBeVisible();
  await expect(dialog).toBeVisible();
  expect(await agentNames()).not.toContain(name);
}

test('a CLI that is not installed cannot be chosen, and says how to get it', async ({ page }) => {
  await openMusher(page, serving);
  await page.getByRole('button', { name: 'New agent' }).first().click();
  const codex = page.getByRole('radio', { name: /Codex/ });
  await expect(codex).toBeDisabled();
  await expect(page.getByText(/Not installed\. .*npm install -g @openai\/codex/)).toBeVisible();
});

test('a program that is not there', async ({ page }) => {
  await openMusher(page, serving);
  await addAgent(page, { name: 'odd', profile: 'Script', command: ['no-such-program', '--now'] });
  await expectRefused(page, 'odd', /The program "no-such-program" .* is not on PATH/);
});

test('a path that is no program says where it was looked for, and what to do', async ({ page }) => {
  await openMusher(page, serving);
  const dialog = await addAgent(page, {
    ...{ name: 'absent', profile: 'Script' },
    command: ['/no-such/tool'],
  });
  await expectRefused(page, 'absent', /there is no file "tool" in the folder \/no-such/);
  await dialog.getByLabel('Command').fill('./nothing-here');
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  const pane = page.getByRole('article', { name: 'absent' });
  await expect(
    pane.getByText(/no file "nothing-here" in the folder .*\/absent/).first(),
  ).toBeVisible();
  await expect(pane.getByText(/put the file there, then start the agent again/)).toBeVisible();
});

test('a branch that is checked out elsewhere', async ({ page }) => {
  const elsewhere = join(world.repository.root, '..', 'elsewhere');
  await world.repository.git(['worktree', 'add', '-q', '-b', 'agent/busy', elsewhere]);
  await openMusher(page, serving);
  await addAgent(page, { name: 'busy', profile: 'Shell' });
  await expectRefused(page, 'busy', /Branch "agent\/busy" is checked out already in .*elsewhere/);
});

test('a folder that is in the way', async ({ page }) => {
  const folder = join(world.repository.worktreesFolder, 'mine');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'precious.txt'), 'mine');
  await openMusher(page, serving);
  await addAgent(page, { name: 'mine', profile: 'Shell' });
  await expectRefused(page, 'mine', /The folder .*mine exists already/);
});

test('a base that went away while the dialog was open', async ({ page }) => {
  await world.repository.git(['branch', 'short-lived']);
  await openMusher(page, serving);
  await page.getByRole('button', { name: 'New agent' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New agent' });
  await dialog.getByLabel('Name').fill('late');
  await dialog.getByRole('radio', { name: 'Shell' }).check();
  await dialog.getByLabel('Start from', { exact: true }).selectOption('short-lived');
  await world.repository.git(['branch', '-D', 'short-lived']);
  await dialog.getByRole('button', { name: 'Create agent' }).click();
  await expectRefused(page, 'late', /There is no commit, branch or tag "short-lived"/);
});

test('a command that is left out', async ({ page }) => {
  await openMusher(page, serving);
  await addAgent(page, { name: 'empty', profile: 'Script' });
  await expect(page.getByRole('dialog').getByLabel('Command')).toBeFocused();
  expect(await agentNames()).not.toContain('empty');
});

test('a program that ends at once is in the inbox, with how it ended', async ({ page }) => {
  await openMusher(page, serving);
  const command = scriptedAgent('exits.mjs', '3');
  await addAgent(page, { name: 'brief', profile: 'Script', command });
  await expect(page).toHaveURL(/agent\/brief$/);
  await goTo(page, '#/inbox');
  await expect(page.getByRole('option', { name: /brief/ })).toBeVisible();
  await expect(page.getByText(/code 3/).first()).toBeVisible();
});

test('a page without a login says so, and a link that was used says so too', async ({ page }) => {
  await page.goto(serving.url);
  await expect(page.getByRole('heading', { name: 'This page is signed out' })).toBeVisible();
  const first = await page.context().browser()?.newPage();
  await first?.goto(serving.loginUrl);
  await page.goto(serving.loginUrl);
  await expect(page.getByText(/used already or is too old/)).toBeVisible();
  await first?.close();
});

test('an address that leads nowhere says so', async ({ page }) => {
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/nobody');
  await expect(page.getByText('There is no agent nobody')).toBeVisible();
  await goTo(page, '#/nonsense');
  await expect(page.getByRole('main')).toContainText(/There is no such view|Inbox/);
});
