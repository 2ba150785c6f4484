// Proposals for the configuration: what the operator sees and decides from the keyboard, on a hub in memory; and one from its beginning to
// the file, on a real Musher.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { expectAccessible, expectAccessibleInThemes } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

/** Keys that decide do nothing for a moment after the selection moved by itself. */
const untilKeysDecide = (detail: Locator) =>
  expect(detail.getByRole('group', { name: 'Decision' })).toHaveAttribute('data-quiet', 'false');

const detailOf = (page: Page, agent: string) =>
  page.getByRole('region', { name: `Proposal from ${agent}` });

async function openProposal(page: Page, proposal: string): Promise<void> {
  await page.goto(`${fixture.url}?scene=proposals#/inbox/proposal/${proposal}`);
}

test('says what each key becomes and what to be wary of, whatever is in it', async ({ page }) => {
  await openProposal(page, 'p-1');
  const first = detailOf(page, 'backend');
  await expect(first).toContainText('proposes a configuration change');
  const keys = first.getByRole('list', { name: 'Changed keys' });
  await expect(keys).toContainText(
    /worktrees\.setup.*runs a command on your machine.*\["npm","ci"\].*docker/s,
  );
  await expect(first.getByRole('region', { name: 'Changed lines' })).toContainText('pool = 1');
  await expectAccessibleInThemes(page, 'a dangerous proposal');
  await openProposal(page, 'p-2');
  await expect(detailOf(page, 'docs')).toContainText('The file changed since it was proposed');
  await openProposal(page, 'p-3');
  const hostile = detailOf(page, 'refactor');
  await expect(hostile).toContainText('characters that are invisible');
  await expect(hostile).toContainText('‹U+202E›');
  await expect(hostile).toContainText('and 137 more');
  await hostile.getByRole('button', { name: 'Show all 403 lines' }).click();
  await expect(hostile).toContainText('+k399 = 399');
  await expectAccessibleInThemes(page, 'a hostile proposal');
});

test('is applied and rejected by one key each, and one that became another commit has to be seen first', async ({
  page,
}) => {
  await openProposal(page, 'p-2');
  await expect(detailOf(page, 'docs').getByRole('button', { name: /^Apply/ })).toBeEnabled();
  await page.keyboard.press('a');
  await expect(detailOf(page, 'docs')).toHaveCount(0);
  await expect(page.getByText('Applied what docs proposed')).toBeVisible();
  await openProposal(page, 'p-1');
  await untilKeysDecide(detailOf(page, 'backend'));
  await page.keyboard.press('d');
  await expect(page.getByText('Rejected what backend proposed')).toBeVisible();
  await page.keyboard.press('z');
  await expect(detailOf(page, 'backend')).toBeVisible();
  // The diff never comes: what is not seen is not applied.
  await page.goto(`${fixture.url}?scene=proposals&slow=config.diff#/inbox/proposal/p-1`);
  await expect(detailOf(page, 'backend')).toContainText('Reading the change');
  await expect(detailOf(page, 'backend').getByRole('button', { name: /^Apply/ })).toBeDisabled();
});

test('a merge that changes the configuration says so before the yes', async ({ page }) => {
  await page.goto(`${fixture.url}?scene=proposals#/review/approval/a-51`);
  const notice = page.getByRole('region', { name: 'Configuration' });
  await expect(notice).toContainText(
    /This merge changes Musher’s own configuration\. worktrees\.setup, .*It runs a command on your machine/s,
  );
  await notice.getByRole('button', { name: 'Show the values' }).click();
  await expect(notice.getByRole('list', { name: 'Changed keys' })).toContainText('test:db');
  await expectAccessible(page, 'the notice');
});

test('from an agent’s words to the file, by the operator’s yes', async ({ page }) => {
  const world = await makeServeWorld();
  try {
    const serving = await world.serve();
    const agent = await world.addAgent(serving, 'backend');
    await agent.command('proposal.make', {
      why: 'more room',
      sets: ['snapshots.every_minutes=12'],
    });
    await openMusher(page, serving);
    await goTo(page, '#/inbox');
    const detail = detailOf(page, 'backend');
    await expect(detail).toContainText('snapshots.every_minutes');
    await detail.getByRole('button', { name: /^Apply/ }).click();
    await expect
      .poll(() =>
        readFile(join(world.repository.root, '.musher', 'config.toml'), 'utf8').catch(() => ''),
      )
      .toContain('every_minutes = 12');
    await expect(page.getByRole('region', { name: 'Nothing waits for you' })).toBeVisible();
  } finally {
    await world.dispose();
  }
});
