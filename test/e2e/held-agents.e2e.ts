// Agents that something holds up: what is said of each, within reach of assistive technology, and none of it cut where it matters.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessibleInThemes } from './axe.ts';
import { cases } from '../harness/rounds.ts';
import { goTo } from './musher-page.ts';
import { testAtLength } from './test-at-length.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page, hash = '#/agents', scene = 'held'): Promise<void> {
  await page.goto(`${fixture.url}?scene=${scene}${hash}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

const row = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

// Of all these states `pictures` looks at some, in one theme.
testAtLength('nothing of them is out of reach of assistive technology', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  await page.getByText('Destroyed, can be revived').click();
  await expectAccessibleInThemes(page, 'all of them');
  for (const name of cases(['limited-unknown', 'broken'], ['not-nudged', 'given-up', 'paused'])) {
    await goTo(page, `#/agents/agent/${name}`);
    await expect(page.getByLabel(`Details of ${name}`)).toBeVisible();
    await expectAccessibleInThemes(page, name);
  }
  await open(page, '#/inbox/permission/perm-8', 'permissions');
  await expect(page.getByText('high risk')).toBeVisible();
  await expectAccessibleInThemes(page, 'a permission of high risk');
});

test('a short bar still says when one that is at its limit goes on', async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 700 });
  await open(page);
  for (const [name, words] of [
    ['limited', /told to go on in 5\d min/],
    ['limited-unknown', /tried again in 4 min/],
  ] as const) {
    const bar = row(page, name).getByText(words);
    const isWhole = await bar.evaluate((element, pattern) => {
      const text = element.firstChild as Text;
      const found = new RegExp(pattern).exec(text.data);
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, (found?.index ?? 0) + (found?.[0].length ?? 0));
      return range.getBoundingClientRect().right <= element.getBoundingClientRect().right;
    }, words.source);
    expect(isWhole, name).toBe(true);
  }
});

test('a paused one is not called stopped, and goes on by a button that is in sight', async ({
  page,
}) => {
  await open(page);
  await expect(page.getByRole('region', { name: /^Stopped or paused/ })).toBeVisible();
  const paused = row(page, 'paused');
  await expect(paused).toContainText('It was paused by you.');
  const resume = paused.getByRole('button', { name: 'Resume paused' });
  expect(await resume.evaluate((button) => getComputedStyle(button).opacity)).toBe('1');
  expect(await resume.evaluate((button) => button.closest('.opacity-0'))).toBe(null);
  await resume.click();
  await expect(page.getByRole('option', { name: /^paused/ })).toBeVisible();
});

test('of several, those that refused stand first with all that is said of it', async ({ page }) => {
  await open(page);
  for (const name of ['limited', 'limited-unknown', 'nudged']) {
    await row(page, name).hover();
    await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).check();
  }
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Stop 3' }).click();
  const told = page.getByRole('region', { name: 'What became of it' });
  await expect(told.getByRole('status')).toHaveText('Stop: 2 of 3 done');
  await expect(told.getByRole('listitem').first()).toHaveText(/limited-unknown.*needs running/);
});

test('a permission that waits leads there from the agent, and says whose words are whose', async ({
  page,
}) => {
  await open(page, '#/agents/agent/checkout', 'permissions');
  const waiting = page.getByRole('region', { name: 'Waiting for you' });
  await waiting.getByRole('button', { name: /^Asks to use/ }).click();
  await expect(page).toHaveURL(/#\/inbox\/permission\/perm-7$/);
  await expect(page.getByText('description, in the agent’s words')).toBeVisible();
  await page.keyboard.press('a');
  await page.keyboard.press('z');
  await expect(page.getByRole('option', { selected: true })).toContainText('npm test');
});
