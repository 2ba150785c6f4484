// Several repositories in one Musher: handed over by a second start, shown one at a time, and switched between.

import { basename } from 'node:path';
import { expect, test } from '@playwright/test';
import type { TestRepository } from '../harness/repositories.ts';
import { makeRepository } from '../harness/repositories.ts';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { runMusher } from '../harness/serve.ts';
import { openMusher } from './musher-page.ts';

let world: ServeWorld;
let other: TestRepository;

test.beforeEach(async () => {
  world = await makeServeWorld();
  other = await makeRepository();
});
test.afterEach(async () => {
  await world.dispose();
  await other.dispose();
});

test('a page learns of another repository as it is opened, and switches to it and back', async ({
  page,
}) => {
  const serving = await world.serve();
  await openMusher(page, serving);
  const sidebar = page.getByRole('navigation', { name: 'Views and agents' });
  const first = basename(world.repository.root);
  await expect(sidebar.getByTitle(world.repository.root)).toHaveText(first);
  await expect(page.getByRole('button', { name: 'switch repository' })).toHaveCount(0);
  await world.addAgent(serving, 'alone');
  await expect(sidebar.getByText('alone')).toBeVisible();

  const port = new URL(serving.url).port;
  const args = ['serve', '--repo', other.root, '--port', port];
  const handed = await runMusher(args, { env: world.repository.env });
  expect(handed.stdout).toContain('Opened in the Musher that runs');

  await page.getByRole('button', { name: 'switch repository' }).click();
  const item = page.getByRole('menuitem').filter({ hasText: other.root });
  await expect(item).toContainText(basename(other.root));
  await item.click();
  await expect(sidebar.getByTitle(other.root)).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Connected' })).toBeVisible();
  await expect(sidebar.getByText('alone')).toHaveCount(0);

  await page.keyboard.press('Control+K');
  await page.getByRole('combobox').fill(`Switch to ${first}`);
  await page
    .getByRole('option', { name: `Switch to ${first}` })
    .first()
    .click();
  await expect(sidebar.getByTitle(world.repository.root)).toBeVisible();
  await expect(sidebar.getByText('alone')).toBeVisible();
});
