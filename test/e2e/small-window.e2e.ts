// The page in small windows: nothing is cut off, the sidebar folds, and a list and its detail become two pages.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { cases } from '../harness/rounds.ts';
import { goTo } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const places = [
  ['inbox', 'Inbox'],
  ['agents', 'Agents'],
  ['review', 'Review'],
  ['messages', 'Messages'],
  ['conflicts', 'Conflicts'],
  ['learnings', 'Learnings'],
  ['recordings', 'Recordings'],
  ['costs', 'Costs'],
  ['doctor', 'Doctor'],
  ['settings', 'Settings'],
  ['nodes', 'Nodes'],
  ['recordings/agent/backend', 'backend, session 3'],
  ['agents/agent/backend', 'Agents'],
] as const;

async function open(page: Page, place: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=busy#/${place}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

// Half of 1440 is what is left of it at 200 % zoom, and 320 of 1280 at 400 %.
for (const width of cases([1024, 720, 320], [1440, 800])) {
  test(`at ${width} px every button is whole, and nothing lies beside the page`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    await open(page, 'inbox');
    for (const [place, heading] of places) {
      await goTo(page, `#/${place}`);
      await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      expect(await page.evaluate(cutOff), place).toEqual([]);
    }
  });
}

/** Buttons that can be seen in part: of those that do not scroll along with a list, none may be. */
function cutOff(): string[] {
  const page = document.documentElement;
  const wide = page.scrollWidth > page.clientWidth ? ['the page itself'] : [];
  const buttons = [...document.querySelectorAll('button')].filter((button) => {
    if (!button.checkVisibility() || button.closest('[role="listbox"], .xterm')) return false;
    const { left, right, width } = button.getBoundingClientRect();
    const isInside = left >= 0 && right <= page.clientWidth + 0.5;
    const clips = button.closest('header, footer, nav, section');
    const edge = clips?.getBoundingClientRect().right ?? page.clientWidth;
    return width > 0 && (!isInside || right > edge + 0.5);
  });
  return [...wide, ...buttons.map(({ ariaLabel, textContent }) => ariaLabel ?? `${textContent}`)];
}

test('below 1000 px the sidebar is a rail, and comes above the page when it is asked for', async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await open(page, 'agents');
  const rail = page.getByRole('navigation', { name: 'Views', exact: true });
  await rail.getByRole('button', { name: /^Inbox/ }).click();
  await expect(page).toHaveURL(/#\/inbox$/);
  await page.keyboard.press('Control+b');
  const drawer = page.getByRole('dialog', { name: 'Views and agents' });
  await drawer.getByRole('button', { name: /backend/ }).click();
  await expect(page).toHaveURL(/agent\/backend$/);
  await expect(drawer).toBeHidden();
  await page.keyboard.press('Control+b');
  await expect(drawer).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await page.setViewportSize({ width: 1100, height: 700 });
  await expect(page.getByRole('navigation', { name: 'Views and agents' })).toBeVisible();
  await expect(rail).toBeHidden();
});

for (const [place, list, detail] of [
  ['inbox', 'Waiting for you', /asks you/],
  ['review', 'Approvals', /requested/],
] as const) {
  test(`below 800 px the ${place} is two pages, with a way back by key and button`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 720, height: 700 });
    await open(page, place);
    const options = page.getByRole('listbox', { name: list });
    await expect(options).toBeVisible();
    await expect(page.getByText(detail).first()).toBeHidden();
    await page.keyboard.press('j');
    const title = await page.getByRole('option', { selected: true }).getAttribute('id');
    await page.keyboard.press('Enter');
    await expect(options).toBeHidden();
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
    await page.keyboard.press('Escape');
    await expect(options).toBeFocused();
    await expect(page.getByRole('option', { selected: true })).toHaveAttribute('id', title ?? '');
    await page.getByRole('option').first().click();
    await expect(options).toBeHidden();
    await page.getByRole('button', { name: place, exact: false }).last().click();
    await expect(options).toBeVisible();
  });
}
