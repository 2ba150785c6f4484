// Notifications of a page whose browser allows them: turned on by a button, several as one, and never of what is seen.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { agentsAsList } from './musher-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

interface Told {
  readonly title: string;
  readonly body: string;
  click(): void;
}

/** Stands in for the browser's own: a browser without a display shows none. */
function standIn(): void {
  const told: Told[] = [];
  let asked = 0;
  class StandIn {
    static permission = 'default';
    static async requestPermission() {
      asked += 1;
      StandIn.permission = 'granted';
      return 'granted';
    }
    onclick: () => void = () => {};
    constructor(title: string, { body }: { body: string }) {
      told.push({ title, body, click: () => this.onclick() });
    }
    close() {}
  }
  Object.assign(window, { Notification: StandIn, told, asked: () => asked });
  // A page under test has the focus whatever happens.
  Object.assign(window, { isSeen: false });
  Document.prototype.hasFocus = () => (window as unknown as { isSeen: boolean }).isSeen;
}

const told = (page: Page) =>
  page.evaluate(() =>
    (window as unknown as { told: Told[] }).told.map(({ title, body }) => `${title}: ${body}`),
  );

async function ask(page: Page, ...agents: string[]): Promise<void> {
  await page.evaluate((askers) => {
    const { bridge } = window as unknown as { bridge: { put(records: object): void } };
    for (const asker of askers) {
      const question = { id: `q-${asker}`, asker, to: 'operator', multi: false, state: 'open' };
      const text = 'Is \u202eit?';
      bridge.put({ [`question/q-${asker}`]: { ...question, text, askedMs: 1, options: [] } });
    }
  }, agents);
}

async function open(page: Page, hash: string): Promise<void> {
  await page.addInitScript(standIn);
  await page.addInitScript(agentsAsList);
  await page.clock.install();
  await page.goto(`${fixture.url}?scene=team&count=12${hash}`);
  await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
}

async function turnOn(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Notifications: off' }).click();
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Notifications: on' })).toBeVisible();
}

test('nothing is asked for until a button is pressed, then several questions are told as one', async ({
  page,
}) => {
  await open(page, '#/agents');
  const asked = () => page.evaluate(() => (window as unknown as { asked(): number }).asked());
  expect(await asked()).toBe(0);
  await turnOn(page);
  expect(await asked()).toBe(1);
  await ask(page, 'docs');
  await page.clock.runFor(1_000);
  await ask(page, 'search');
  expect(await told(page)).toEqual([]);
  await page.clock.runFor(4_100);
  await expect.poll(() => told(page)).toEqual(['2 questions: docs, search']);
  await expect(page).toHaveTitle(/^3 wait/);
  await ask(page, 'cache');
  await page.clock.runFor(5_100);
  await expect.poll(() => told(page)).toHaveLength(2);
  expect((await told(page))[1]).toBe('cache asks you: Is ‹U+202E›it?');
  await page.evaluate(() => (window as unknown as { told: Told[] }).told.at(1)?.click());
  await expect(page).toHaveURL(/#\/inbox\/question\/q-cache$/);
});

test('what the operator has before them is not told, and kinds can be switched off', async ({
  page,
}) => {
  await open(page, '#/inbox');
  await turnOn(page);
  await page.evaluate(() => Object.assign(window, { isSeen: true }));
  await ask(page, 'docs');
  await page.clock.runFor(5_100);
  await page.evaluate(() => Object.assign(window, { isSeen: false }));
  await page.getByRole('button', { name: 'Notifications: on' }).click();
  await page
    .getByRole('checkbox', { name: 'On the desktop: An agent asks you something' })
    .uncheck();
  await ask(page, 'search');
  await page.clock.runFor(5_100);
  expect(await told(page)).toEqual([]);
  await page.getByRole('checkbox', { name: 'On the desktop: An agent asks you something' }).check();
  await ask(page, 'cache');
  await page.clock.runFor(5_100);
  await expect.poll(() => told(page)).toHaveLength(1);
});
