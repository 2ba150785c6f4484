// Several approvals by keyboard alone, each the one that was meant, at every width; and one undone.

import { expect, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { cases } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeEach(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => world.dispose());

/** The first two are passed over, so that the last comes to be decided before them. */
const names = ['one', 'two', ...cases(['three'], ['four', 'five'])];
/** A decision is held for five seconds before it is sent. */
const settledMs = 20_000;

async function ask(name: string): Promise<void> {
  const agent = await world.addAgent(serving, name);
  const files = { [`${name}.txt`]: `${name}\n` };
  const commit = await world.repository.commit(`Work of ${name}`, files, agent.worktree);
  await agent.command('approval.request', { commit });
}

async function titleSelected(page: Page): Promise<string> {
  const approve = page.getByRole('button', { name: /^Approve [0-9a-f]/ });
  await expect(approve).toBeEnabled();
  // Keys that decide do something again: a decision was taken just now.
  await expect(page.getByRole('region', { name: 'Decision', exact: true })).toHaveAttribute(
    'data-quiet',
    'false',
  );
  const title = await page.getByRole('option', { selected: true }).getAttribute('title');
  const approval = page.getByRole('region', { name: 'Approval' });
  await expect(approval.getByRole('heading', { level: 2 })).toHaveText(title ?? '');
  return title ?? '';
}

async function approve(page: Page, isFirst: boolean): Promise<void> {
  await page.keyboard.press('a');
  if (isFirst) await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Approve and merge' })).toBeFocused();
  await page.keyboard.press('Enter');
}

const filesOnMain = async () =>
  (await world.repository.git(['ls-tree', '--name-only', 'main'])).split('\n');

// In a small window list and detail are two pages, so most can go wrong there.
for (const width of cases([800], [1440, 1024])) {
  test(`approvals by keyboard, each the one that was meant, at ${width} px`, async ({ page }) => {
    test.setTimeout(120_000);
    await page.setViewportSize({ width, height: 800 });
    for (const name of names) await ask(name);
    await openMusher(page, serving);
    await goTo(page, '#/review');
    await expect(page.getByRole('listbox', { name: 'Approvals' })).toBeFocused();
    await expect(page.getByRole('option')).toHaveCount(names.length);
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    const meant: string[] = [];
    for (let left = names.length; left > 0; left -= 1) {
      meant.push(await titleSelected(page));
      await approve(page, left === names.length);
      if (left === 1) break;
      await expect(page.getByRole('button', { name: /^Next Work/ })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(page.getByRole('listbox', { name: 'Approvals' })).toBeFocused();
    }
    // The one that took its place in the list, and from the last one the one before.
    const order = [...names.slice(2), 'two', 'one'];
    expect(meant).toEqual(order.map((name) => `Work of ${name}`));
    const last = page.getByRole('listbox', { name: 'Approvals' });
    await expect(last).toBeFocused();
    const merged = [...names.map((name) => `${name}.txt`), 'readme.md'].sort();
    await waitFor('all merges', async () => (await filesOnMain()).join() === merged.join(), {
      timeoutMs: settledMs,
    });
    expect(await world.repository.git(['status', '--porcelain'])).toBe('');
  });
}

test('a denial that was undone keeps its words, and nothing was sent', async ({ page }) => {
  await ask('one');
  await ask('two');
  await openMusher(page, serving);
  await goTo(page, '#/review');
  await titleSelected(page);
  await page.keyboard.press('d');
  await page.keyboard.type('not like this');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('button', { name: /^Next Work/ })).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await titleSelected(page)).toBe('Work of two');
  await page.keyboard.press('z');
  await expect(page.getByRole('option', { selected: true })).toContainText('Work of one');
  await titleSelected(page);
  await page.keyboard.press('d');
  await expect(page.getByLabel('Note to one')).toHaveValue('not like this');
  const { approvals } = await serving.operator.query<{ approvals: { state: string }[] }>(
    'approval.list',
  );
  expect(approvals.map(({ state }) => state)).toEqual(['pending', 'pending']);
});

test('a conflict is told where a merge would be, with its files and the way on', async ({
  page,
}) => {
  const { repository } = world;
  for (const name of ['one', 'two']) {
    const agent = await world.addAgent(serving, name);
    const files = { 'a/first.txt': `${name}\n`, 'readme.md': `${name}\n` };
    const commit = await repository.commit(`Work of ${name}`, files, agent.worktree);
    await agent.command('approval.request', { commit });
  }
  await ask('three');
  const main = await repository.commit('meanwhile', { 'readme.md': 'another\n' });
  await openMusher(page, serving);
  await goTo(page, '#/review');
  await titleSelected(page);
  // It is known before the yes, and Enter asks for a rebase instead.
  const decision = page.getByRole('region', { name: 'Decision', exact: true });
  await expect(decision).toContainText(/conflict/i);
  await page.keyboard.press('a');
  await expect(page.getByRole('button', { name: 'Ask for a rebase' })).toBeFocused();
  await decision.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Approve all the same' }).click();
  await expect(page.getByRole('list', { name: 'Files in conflict' })).toBeVisible({
    timeout: settledMs,
  });
  await expect(page.getByRole('button', { name: /^Next.*Work of two/ })).toBeFocused();
  await expect(page.getByText('conflict', { exact: true }).last()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await repository.git(['rev-parse', 'main'])).toBe(main);
  expect(await repository.git(['status', '--porcelain'])).toBe('');
  const tree = page.getByRole('list', { name: 'Changed files' });
  await expect(tree.getByRole('button').first()).toContainText('readme.md');
  await page.getByRole('button', { name: 'readme.md', exact: true }).first().click();
  await page.keyboard.press('j');
  expect(await titleSelected(page)).toBeTruthy();
});
