// Notices in the page: they come by themselves, take nothing away, and go when what they tell is decided elsewhere.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible, expectPartAccessible } from './axe.ts';
import { agentsAsList, goTo } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

const stack = (page: Page) => page.getByRole('region', { name: 'Notices' });
const cards = (page: Page) => stack(page).getByRole('listitem');

async function open(page: Page, hash = '#/agents'): Promise<void> {
  await page.addInitScript(agentsAsList);
  await page.clock.install();
  await page.goto(`${fixture.url}?scene=team&count=12${hash}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

async function put(page: Page, state: 'open' | 'answered', ...agents: string[]): Promise<void> {
  await page.evaluate(
    ([to, askers]) => {
      const { bridge } = window as unknown as { bridge: { put(records: object): void } };
      for (const asker of askers) {
        const question = { id: `q-${asker}`, asker, to: 'operator', multi: false, state: to };
        const text = '<img src=x onerror=alert(1)> \u202ewhich?';
        bridge.put({ [`question/q-${asker}`]: { ...question, text, askedMs: 1, options: [] } });
      }
    },
    [state, agents] as const,
  );
}

/** The questions of these, five seconds later. */
async function ask(page: Page, ...agents: string[]): Promise<void> {
  await put(page, 'open', ...agents);
  await page.clock.runFor(5_100);
}

test('those of five seconds are one, which takes no keyboard, covers nothing and is harmless', async ({
  page,
}) => {
  await open(page);
  const list = page.getByRole('listbox', { name: 'Agents' });
  await list.focus();
  await put(page, 'open', 'docs');
  // The page's clock goes on by itself too.
  await page.clock.runFor(1_000);
  await put(page, 'open', 'search');
  await expect(cards(page)).toHaveCount(0);
  await page.clock.runFor(4_100);
  await expect(cards(page)).toHaveText(['2 questionsdocs, search']);
  await ask(page, 'cache');
  await expect(cards(page)).toHaveText([
    'cache asks you<img src=x onerror=alert(1)> ‹U+202E›which?',
    '2 questionsdocs, search',
  ]);
  await expect(list).toBeFocused();
  await expect(stack(page).getByRole('list')).toHaveAttribute('aria-live', 'polite');
  const main = await page.getByRole('main').boundingBox();
  const place = await stack(page).boundingBox();
  expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual(main?.x ?? 0);
  await expectAccessible(page, 'with notices');
});

test('there are three at most, and more join the newest', async ({ page }) => {
  await open(page);
  await ask(page, 'docs');
  // It is held, or it would go meanwhile.
  await cards(page)
    .getByRole('button', { name: /^Dismiss/ })
    .focus();
  for (const agent of ['search', 'cache']) await ask(page, agent);
  await ask(page, 'jobs');
  await expect(cards(page)).toHaveCount(3);
  await expect(cards(page).first()).toHaveText('2 questionscache, jobs');
});

test('what is decided elsewhere is told no more, and keeps its place while it is pointed at', async ({
  page,
}) => {
  await open(page);
  await ask(page, 'docs', 'search');
  await put(page, 'answered', 'docs');
  await expect(cards(page)).toHaveText([/^search asks you/]);
  await cards(page).hover();
  await put(page, 'answered', 'search');
  await expect(cards(page)).toHaveText([/Settled meanwhile$/]);
  await page.mouse.move(700, 300);
  await expect(cards(page)).toHaveCount(0);
});

test('a click leads there, a key too, Escape dismisses, and none comes again after a reload', async ({
  page,
}) => {
  await open(page);
  await ask(page, 'docs');
  await cards(page)
    .getByRole('button', { name: /^docs asks you/ })
    .click();
  await expect(page).toHaveURL(/#\/inbox\/question\/q-docs$/);
  await expect(cards(page)).toHaveCount(0);
  // The inbox shows it already.
  await ask(page, 'search');
  await expect(cards(page)).toHaveCount(0);
  await goTo(page, '#/agents');
  await ask(page, 'cache');
  await page.getByRole('listbox', { name: 'Agents' }).focus();
  await page.keyboard.press('g');
  await page.keyboard.press('g');
  await expect(page).toHaveURL(/#\/inbox\/question\/q-cache$/);
  await goTo(page, '#/agents');
  await ask(page, 'jobs');
  await cards(page).getByRole('button').first().focus();
  await page.keyboard.press('Escape');
  await expect(cards(page)).toHaveCount(0);
  await expect(page.getByRole('listbox', { name: 'Agents' })).toBeFocused();
  await ask(page, 'tax');
  await expect(cards(page)).toHaveCount(1);
  await page.reload();
  await page.clock.runFor(10_000);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
  await expect(cards(page)).toHaveCount(0);
});

test('it goes by itself, and not while it is pointed at', async ({ page }) => {
  await open(page);
  await ask(page, 'docs');
  await cards(page).hover();
  await page.clock.runFor(60_000);
  await expect(cards(page)).toHaveCount(1);
  await page.mouse.move(700, 300);
  await page.clock.runFor(500);
  expect(await cards(page).count()).toBe(1);
  await page.clock.runFor(5_000);
  await expect(cards(page)).toHaveCount(0);
});

test('a kind that is switched off does not come, and stays so', async ({ page }) => {
  await open(page);
  const bell = page.getByRole('button', { name: /^Notifications/ });
  await bell.click();
  const box = page.getByRole('checkbox', { name: 'In the page: An agent asks you something' });
  await box.uncheck();
  await page.keyboard.press('Escape');
  await ask(page, 'docs');
  await expect(cards(page)).toHaveCount(0);
  await page.reload();
  await bell.click();
  await expect(box).not.toBeChecked();
  await box.check();
  await ask(page, 'search');
  await expect(cards(page)).toHaveCount(1);
});

test('without a sidebar they lie on the status bar, a line each, and on nothing else', async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 700 });
  await open(page);
  for (const agent of ['docs', 'search']) await ask(page, agent);
  await expect(cards(page)).toHaveCount(2);
  const bar = await page.getByRole('contentinfo').boundingBox();
  for (const card of await cards(page).all())
    expect((await card.boundingBox())?.y).toBeGreaterThanOrEqual(bar?.y ?? 0);
  await expectPartAccessible(page, 'on the status bar', { part: '[aria-label="Notices"]' });
});
