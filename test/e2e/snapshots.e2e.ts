// What is kept of an agent's files, on a real Musher: kept by a button, looked at, brought back.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

test('files are kept, looked at and brought back, under a running program only when that is wished', async ({
  page,
}) => {
  const serving = await world.serve();
  const agent = await world.addAgent(serving, 'one');
  const file = join(agent.worktree, 'notes.md');
  await writeFile(file, 'the first words\n');
  await openMusher(page, serving);
  await goTo(page, '#/agents/agent/one');
  const section = page.getByRole('region', { name: 'Snapshots of one' });
  await section.getByRole('button', { name: 'Keep now' }).click();
  await expect(section.getByText('Asked for')).toBeVisible();
  await expect(section.getByText('1 file+11 added')).toBeVisible();
  await writeFile(file, 'other words\n');
  await section.getByRole('button', { name: /^Diff of/ }).click();
  await expect(
    page.getByRole('region', { name: 'Diff' }).getByText('the first words'),
  ).toBeVisible();
  await page.getByRole('radio', { name: 'What a restore changes' }).click();
  await expect(page.getByRole('region', { name: 'Diff' }).getByText('other words')).toBeVisible();
  await page.getByRole('button', { name: 'Restore…', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Restore the files of one' });
  const restore = dialog.getByRole('button', { name: 'Restore' });
  await expect(restore).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await restore.click();
  await expect(page.getByText('1 file is back in')).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(await readFile(file, 'utf8')).toBe('the first words\n');
  await expect(section.getByText('Before a restore')).toBeVisible();
});
