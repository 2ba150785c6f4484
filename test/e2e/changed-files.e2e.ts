// What an agent's worktree has changed, beside its terminal, as it changes.

import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { makeServeWorld, type ServeWorld, untilAgent } from '../harness/serve-world.ts';
import { expectAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

const details = (page: Page, agent: string) =>
  page.getByRole('complementary', { name: `Details of ${agent}` });

test.describe('of a real worktree', () => {
  let world: ServeWorld;
  test.beforeEach(async () => {
    world = await makeServeWorld();
  });
  test.afterEach(() => world.dispose());

  test('each file comes and goes as it is written, and a commit leaves none', async ({ page }) => {
    const serving = await world.serve();
    const command = ['sh', '-c', 'exec sleep 1000'];
    await serving.operator.command('agent.add', { name: 'a', profile: 'script', command });
    const { worktreePath = '' } = await untilAgent(serving, 'a', 'running');
    await openMusher(page, serving);
    await goTo(page, '#/agents/agent/a');
    const panel = details(page, 'a');
    await expect(panel.getByText(/^Nothing changed since [0-9a-f]{7}$/)).toBeVisible();

    const file = join(worktreePath, '<b>new.txt');
    await writeFile(file, 'n');
    const row = panel.getByRole('listitem').filter({ hasText: '<b>new.txt' });
    await expect(row).toContainText('new, not known to git');
    await expect(panel.getByRole('row', { name: /files alive .* low/ })).toBeVisible();
    await world.repository.git(['add', '-A'], worktreePath);
    await expect(row).toContainText('added, staged');
    await world.repository.git(['commit', '-qm', 'it'], worktreePath);
    await expect(panel.getByText(/^Nothing changed since/)).toBeVisible();
    await rm(file);
    await expect(row).toContainText('deleted');
  });
});

/** By the agent of the fixture that is so. */
const states: Readonly<Record<string, readonly string[]>> = {
  backend: ['8 files', 'config.toml: changed, staged', 'router.ts: in conflict'],
  checkout: ['20,431 files', 'and 20,231 more', 'Looked at every 30 s, because the system'],
  docs: ['Nothing changed since 3f9d2c8'],
  tests: ['as last seen', 'There is no worktree of agent "tests"'],
  refactor: ['Looking at its worktree…'],
};

test('many, none, not by events, in trouble, not known yet: each is told, also to who hears the page', async ({
  page,
}) => {
  const fixture: FixturePage = await serveFixture('renderer');
  try {
    for (const [agent, texts] of Object.entries(states)) {
      await page.goto('about:blank');
      await page.goto(`${fixture.url}?scene=busy#/agents/agent/${agent}`);
      for (const text of texts) await expect(details(page, agent)).toContainText(text);
      if (agent === 'checkout') await expectAccessible(page, 'a long list of changed files');
    }
  } finally {
    await fixture.stop();
  }
});
