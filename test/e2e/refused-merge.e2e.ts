// What cannot be merged, as the page says it: clear, at its place, and with nothing done.

import { expect, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { endAgents, makeServeWorld } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { goTo, openMusher } from './musher-page.ts';
import { testAtLength } from './test-at-length.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => endAgents(world, serving));
test.afterAll(() => world.dispose());

/** A decision is held for five seconds before it is sent. */
const heldMs = 15_000;

/** With the files of the checkout, which must be allowed. */
async function approveByKey(page: Page): Promise<void> {
  for (const key of ['a', 'Space', 'Enter']) await page.keyboard.press(key);
}

// A conflict is told, and leaves the branch alone, in `review-keyboard` too, where it is known before the yes.
testAtLength('a merge that cannot be is told, and leaves the branch alone', async ({ page }) => {
  const one = await world.addAgent(serving, 'one');
  const theirs = await world.repository.commit('mine', { 'readme.md': 'mine\n' }, one.worktree);
  const main = await world.repository.commit('other', { 'readme.md': 'other\n' });
  await one.command('approval.request', { commit: theirs });
  await openMusher(page, serving);
  await goTo(page, '#/review');
  await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
  await approveByKey(page);
  await expect(page.getByText(/conflict/i).first()).toBeVisible({ timeout: heldMs });
  expect(await world.repository.git(['rev-parse', 'main'])).toBe(main);
  expect(await world.repository.git(['status', '--porcelain'])).toBe('');
});

test('a checkout with changes is not touched', async ({ page }) => {
  const one = await world.addAgent(serving, 'one');
  const commit = await world.repository.commit('mine', { 'readme.md': 'mine\n' }, one.worktree);
  await world.repository.write({ 'readme.md': 'half done\n' });
  await one.command('approval.request', { commit });
  await openMusher(page, serving);
  await goTo(page, '#/review');
  await expect(page.getByText(/is checked out with uncommitted changes/)).toBeVisible();
  await approveByKey(page);
  await expect(page.getByText(/is checked out in .* with uncommitted changes/).first()).toBeVisible(
    { timeout: heldMs },
  );
  expect(await world.repository.git(['diff', '--', 'readme.md'])).toContain('+half done');
});
