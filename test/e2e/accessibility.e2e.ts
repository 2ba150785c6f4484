// The real page with real agents: nothing that axe finds, in both themes, and all of it by keyboard alone.

import { expect, type Locator, type Page, test } from '@playwright/test';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld, scriptedAgent } from '../harness/serve-world.ts';
import type { Serving } from '../harness/serve.ts';
import { expectAccessibleInBothThemes, expectPartAccessibleInBothThemes } from './axe.ts';
import { expectOnScreen, goTo, openMusher, terminalOf } from './musher-page.ts';
import { testAtLength } from './test-at-length.ts';

let world: ServeWorld;
let serving: Serving;
let one: TestAgent;
/** Number of one. */
let message: number;

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  one = await world.addAgent(serving, 'one');
  await one.command('agent.report', { status: 'working', note: 'the login form' });
  await one.command('question.ask', { text: 'Which database?', options: ['postgres', 'sqlite'] });
  const said = { to: 'operator', body: 'I begin with the form.' };
  message = (await one.command<{ seq: number }>('message.send', said)).seq;
  const files = { 'src/login.js': 'export const login = () => true;\n', 'readme.md': 'new\n' };
  const commit = await world.repository.commit('Add a login form', files, one.worktree);
  await one.command('approval.request', { commit });
});
test.afterAll(() => world.dispose());

/** With what is only seen there: the place before it is still drawn for a moment. */
const places: readonly [title: string, hash: string, sign: (page: Page) => Locator][] = [
  ['the inbox', '#/inbox', (page) => page.getByRole('region', { name: 'Question from one' })],
  ['agents', '#/agents', (page) => page.getByRole('listbox', { name: 'Agents' })],
  ['one agent', '#/agents/agent/one', (page) => page.getByLabel('Details of one')],
  ['messages', '#/messages', (page) => page.getByRole('heading', { name: 'Messages', level: 1 })],
  ['one agent', '#/messages/agent/one', (page) => page.getByPlaceholder('Message to one')],
  [
    'messages without a hit',
    '#/messages/text/nothing/unread/yes',
    (page) => page.getByText('No message fits'),
  ],
  ['a thread', '#/messages/thread/<message>', (page) => page.getByPlaceholder('Answer to one')],
  ['the doctor', '#/doctor', (page) => page.getByText('with this repository open')],
  ['the review', '#/review', (page) => page.getByText('src/login.js').first()],
];

// Of all these states `pictures` looks at some, in one theme.
testAtLength('nothing is out of reach of assistive technology', async ({ page }) => {
  test.setTimeout(240_000);
  await openMusher(page, serving);
  for (const [title, hash, sign] of places) {
    await goTo(page, hash.replace('<message>', String(message)));
    await expect(sign(page)).toBeVisible();
    if (hash.endsWith('review'))
      await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
    await expectAccessibleInBothThemes(page, title);
  }
  for (const [title, key] of [
    ['denying', 'd'],
    ['confirming', 'a'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    // All else is as it was.
    await expectPartAccessibleInBothThemes(page, title, '[aria-label="Approval"]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  }
  for (const [title, keys] of [
    ['the palette', ['Control+k']],
    ['the keys', ['?']],
    ['a new agent', ['g', 'n']],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toBeVisible();
    // What lies behind is out of reach of them all alike.
    if (title === 'the palette') await expectAccessibleInBothThemes(page, title);
    else await expectPartAccessibleInBothThemes(page, title, '[role="dialog"]');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  }
});

// An agent is made by keys alone in `page`, and its request merged so in `main-job`.
testAtLength('from an empty page to a merge by keys alone', async ({ page }) => {
  const own = await makeServeWorld();
  try {
    const mine = await own.serve();
    await openMusher(page, mine);
    await page.keyboard.press('g');
    await page.keyboard.press('n');
    await page.keyboard.type('commits');
    await expect(page.getByRole('radio', { name: 'Script' })).toBeVisible();
    await page.keyboard.press('Tab');
    await pressUntil(page, 'ArrowDown', () => page.getByLabel('Command').isVisible());
    await page.keyboard.press('Tab');
    await page.keyboard.type(scriptedAgent('commits.mjs').join(' '));
    await page.keyboard.press('Control+Enter');
    await expectOnScreen(terminalOf(page, 'commits'), 'commits is ready');
    await page.keyboard.press('Control+1');
    await expect(page.getByRole('option', { name: /Greet/ })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: /^Approve/ })).toBeEnabled();
    await page.keyboard.press('a');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    // It is held for five seconds, for whoever thinks better of it.
    await expect(page.getByText(/main now holds/)).toBeVisible({ timeout: 15_000 });
  } finally {
    await own.dispose();
  }
});

async function pressUntil(page: Page, key: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let count = 0; count < 12 && !(await isThere()); count += 1) await page.keyboard.press(key);
  expect(await isThere()).toBe(true);
}

test('every stop of the Tab key can be seen and has a name', async ({ page }) => {
  await openMusher(page, serving);
  for (const hash of ['#/inbox', '#/review', '#/messages']) {
    await goTo(page, hash);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    const nameless = await page.evaluate(() => {
      const stops = 'a[href], button, input, select, textarea, [tabindex="0"]';
      return (
        [...document.querySelectorAll<HTMLElement>(stops)]
          .filter((one) => one.checkVisibility() && !one.closest('.xterm'))
          // Between landmarks a separator goes without a name: axe takes one for stray content.
          .filter((one) => !one.matches(':disabled, [role="separator"]'))
          .filter((one) => {
            const labels = (one as HTMLInputElement).labels?.length ?? 0;
            const { ariaLabel, textContent, title } = one;
            return !(
              ariaLabel ||
              textContent?.trim() ||
              title ||
              labels ||
              one.ariaLabelledByElements
            );
          })
          .map((one) => one.outerHTML.slice(0, 200))
      );
    });
    expect(nameless).toEqual([]);
  }
});
