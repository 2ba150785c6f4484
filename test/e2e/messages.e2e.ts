// What is said among agents and the operator, on a real Musher.

import { mkdir, rm } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { openLogStore } from '../../main/adapters/sqlite/log-store.ts';
import { searchFileOf } from '../../main/adapters/sqlite/search-file.ts';
import { type Said, say } from '../harness/said.ts';
import { rounds } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { endAgents, makeServeWorld } from '../harness/serve-world.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

const message = (page: Page, body: string | RegExp) =>
  page.getByRole('article').filter({ hasText: body });

async function withAgents(...names: string[]): Promise<[Serving, ...TestAgent[]]> {
  const serving = await world.serve();
  return [serving, ...(await agentsOn(world, serving, ...names))];
}

async function agentsOn(
  one: ServeWorld,
  serving: Serving,
  ...names: string[]
): Promise<TestAgent[]> {
  const agents: TestAgent[] = [];
  for (const name of names) agents.push(await one.addAgent(serving, name));
  return agents;
}

/** Serves a log in which all of this was said already. */
async function servingAfter(world: ServeWorld, said: readonly Said[]): Promise<Serving> {
  const first = await world.serve();
  await world.addAgent(first, 'one');
  await first.stop();
  const store = await openLogStore(world.logFile, { now: Date.now });
  say(store, said);
  await store.close();
  return world.serve();
}

test.describe('on one Musher', () => {
  let shared: ServeWorld;
  let served: Serving;

  test.beforeAll(async () => {
    shared = await makeServeWorld();
    served = await shared.serve();
  });
  test.afterEach(() => endAgents(shared, served));
  test.afterAll(() => shared.dispose());

  test('each message to an agent tells how far it got, while one looks', async ({ page }) => {
    const [agent] = await agentsOn(shared, served, 'one');
    const send = (body: string) => served.operator.command('message.send', { to: 'one', body });
    await send('the first');
    await openMusher(page, served);
    await goTo(page, '#/messages/agent/one');
    await expect(message(page, 'the first')).toContainText('Queued');
    const { cursor } = (await agent?.query<{ cursor: number }>('inbox.read')) ?? { cursor: 0 };
    await expect(message(page, 'the first')).toContainText('Delivered');
    await agent?.command('inbox.ack', { upTo: cursor });
    await expect(message(page, 'the first')).toContainText('Acknowledged');
    await send('the second');
    await agent?.query('inbox.read');
    await expect(message(page, 'the second')).toContainText('Delivered');
    await served.operator.command('agent.restart', { agent: 'one' });
    await expect(message(page, 'the second')).toContainText('Redelivered');
    await expect(message(page, 'the first')).toContainText('Acknowledged');
  });

  test('one writes to several, sees how many have it, and who', async ({ page }) => {
    const [one] = await agentsOn(shared, served, 'one', 'two', 'three');
    await openMusher(page, served);
    await goTo(page, '#/messages');
    await page.getByRole('button', { name: 'To every agent' }).click();
    const picker = page.getByRole('dialog', { name: 'Recipients' });
    await picker.getByRole('checkbox', { name: 'one' }).check();
    await picker.getByRole('checkbox', { name: 'three' }).check();
    await expect(picker.getByRole('checkbox', { name: 'Every agent' })).not.toBeChecked();
    await page.keyboard.press('Escape');
    // A closing picker gives the focus back a moment later.
    await expect(page.getByRole('button', { name: 'To one, three' })).toBeFocused();
    await page.getByPlaceholder('Message to one, three').fill('please rebase');
    await page.keyboard.press('Control+Enter');
    await expect(message(page, 'please rebase')).toContainText('to one, three');
    await expect(message(page, 'please rebase')).toContainText('All 2 queued');
    const { cursor } = (await one?.query<{ cursor: number }>('inbox.read')) ?? { cursor: 0 };
    await one?.command('inbox.ack', { upTo: cursor });
    const delivery = page.getByRole('button', { name: '1 of 2 acknowledged' });
    await delivery.focus();
    await expect(page.getByRole('tooltip')).toHaveText(/one\s*Acknowledged\s*three\s*Queued/);
  });

  test('a question and its answer stand among the messages', async ({ page }) => {
    const [one] = await agentsOn(shared, served, 'one');
    const { question } = (await one?.command<{ question: string }>('question.ask', {
      text: 'Which port?',
    })) ?? { question: '' };
    await openMusher(page, served);
    await goTo(page, '#/messages/kind/questions');
    await expect(message(page, 'Which port?')).toContainText('Question');
    await expect(message(page, 'Which port?')).not.toContainText('musher answer');
    await served.operator.command('question.answer', { question, text: '5173' });
    await expect(message(page, /Answer.*5173/)).toContainText('to one');
  });
});

/** So many that the page never has but a part of them. */
const count = rounds(800, 10_000);

test.describe('among thousands of messages, all said before Musher began', () => {
  let own: ServeWorld;
  let serving: Serving;

  test.beforeAll(async () => {
    own = await makeServeWorld();
    const said = Array.from({ length: count }, (_, n) => ({
      ...{ from: 'operator', to: 'one', recipients: ['one'], body: `message ${n + 1}.` },
    }));
    serving = await servingAfter(own, said);
  });
  test.afterAll(() => own.dispose());

  async function openAtEnd(page: Page): Promise<void> {
    await openMusher(page, serving);
    await goTo(page, '#/messages');
    await expect(message(page, `message ${count}.`)).toBeVisible();
  }

  test('older ones come above what one reads, and leave it where it is', async ({ page }) => {
    await openAtEnd(page);
    const list = page.getByRole('list', { name: 'Messages' });
    const height = async () => (await list.boundingBox())?.height ?? 0;
    const before = await height();
    await list.locator('..').evaluate((scroller) => {
      scroller.scrollTop = 0;
    });
    await expect.poll(height).toBeGreaterThan(before + 1_000);
    await expect(message(page, `message ${count - 99}.`)).toBeInViewport();
    await expect(message(page, `message ${count - 110}.`)).not.toBeInViewport();
  });

  test('what comes while one reads moves nothing, and is told', async ({ page }) => {
    await openAtEnd(page);
    const list = page.getByRole('list', { name: 'Messages' }).locator('..');
    await list.focus();
    for (let n = 0; n < 5; n++) await page.keyboard.press('PageUp');
    /** Which message is in the middle of the list, and where it begins. */
    const place = () =>
      page.evaluate(() => {
        const read = document.elementFromPoint(700, 400)?.closest('article');
        return `${read?.ariaLabel} at ${read?.getBoundingClientRect().y}`;
      });
    let before = '';
    await expect(async () => {
      const last = before;
      before = await place();
      expect(before).toBe(last);
    }).toPass();
    expect(before).not.toContain(`number ${count + 7} `);
    for (const body of ['news 1', 'news 2'])
      await serving.operator.command('message.send', { to: 'one', body });
    await expect(page.getByRole('button', { name: '2 new' })).toBeVisible();
    expect(await place()).toBe(before);
    await page.keyboard.press('End');
    await expect(message(page, 'news 2')).toBeInViewport();
    await expect(page.getByRole('button', { name: /new/ })).toBeHidden();
  });

  test('they are scrolled to the first and back, with a handful of them on the page', async ({
    page,
  }) => {
    await openAtEnd(page);
    const list = page.getByRole('list', { name: 'Messages' }).locator('..');
    const rows = () => page.getByRole('article').count();
    await expect(async () => {
      await list.evaluate((scroller) => {
        scroller.scrollTop = 0;
      });
      expect(await rows()).toBeLessThan(60);
      expect(await message(page, /message 1\./).count()).toBe(1);
    }).toPass({ timeout: 60_000, intervals: [20] });
    await list.focus();
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    const seen = message(page, /message 2\d\./).first();
    await expect(seen).toBeVisible();
    await page.getByRole('button', { name: 'To the newest' }).click();
    await expect(message(page, `message ${count}.`)).toBeVisible();
  });
});

test('words are found as one types, marked, and kept by the address', async ({ page }) => {
  const [serving, one] = await withAgents('one', 'two');
  await one?.command('message.send', { to: 'two', body: 'the Schema is in db/schema.sql' });
  await one?.command('message.send', { to: 'operator', body: '数据库 is slow (see #3)' });
  await one?.command('message.send', { to: 'two', body: 'tests are green' });
  await openMusher(page, serving);
  await goTo(page, '#/messages');
  await expect(message(page, 'tests are green')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('sche');
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.locator('mark')).toHaveText(['Schema', 'schema']);
  await page.reload();
  await expect(page.getByRole('searchbox')).toHaveValue('sche');
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('searchbox').fill('据库');
  await expect(page.locator('mark')).toHaveText(['据库']);
  await page.getByRole('searchbox').fill('") OR * NEAR(');
  await expect(page.getByText('No message fits')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article')).toHaveCount(3);
  await page.getByRole('button', { name: 'Unread', exact: true }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByText('Nothing unread')).toBeVisible();
  await page.getByLabel('Kind').selectOption('Questions');
  await expect(page.getByText('No message fits')).toBeVisible();
  await page.getByRole('heading', { name: 'Messages' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('article')).toHaveCount(3);
  await expect(page).toHaveURL(/#\/messages$/);
});

test('a thread opens beside the list by the keyboard, is whole, and goes on', async ({ page }) => {
  const [serving, one, two] = await withAgents('one', 'two');
  const first = await one?.command<{ seq: number }>('message.send', {
    ...{ to: 'two', body: 'where is the schema?' },
  });
  await two?.command('message.send', { to: 'one', body: 'in db/', re: first?.seq });
  await one?.command('message.send', { to: 'two', body: 'something else' });
  await openMusher(page, serving);
  await goTo(page, '#/messages');
  await expect(message(page, 'something else')).toBeVisible();
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  const thread = page.getByRole('region', { name: 'Thread', exact: true });
  await expect(thread.getByRole('article')).toHaveText([/where is the schema/, /in db/]);
  await page.keyboard.press('r');
  await expect(thread.getByPlaceholder('Answer to two')).toBeFocused();
  await page.keyboard.type('and the tests?');
  await page.keyboard.press('Control+Enter');
  await expect(thread.getByRole('article')).toHaveCount(3);
  await expect(thread.getByRole('article').last()).toContainText('You');
  await expect(thread.getByRole('article').last()).toContainText('answers two');
  await page.getByRole('heading', { name: 'Thread' }).click();
  await page.keyboard.press('Escape');
  await expect(thread).toBeHidden();
  await expect(message(page, 'and the tests?')).toBeVisible();
});

test('an index that cannot be used is told with what to do; messages are shown without it', async ({
  page,
}) => {
  const [serving] = await withAgents('one');
  await serving.operator.command('message.send', { to: 'one', body: 'hello' });
  await serving.stop();
  await rm(searchFileOf(world.logFile), { force: true });
  await mkdir(searchFileOf(world.logFile));
  const again = await world.serve();
  await openMusher(page, again);
  await goTo(page, '#/messages');
  await expect(page.getByText('it may be deleted at any time')).toBeVisible();
  await page.getByRole('button', { name: 'Show messages alone' }).click();
  await expect(message(page, 'hello')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('it may be deleted at any time')).toBeVisible();
  await rm(searchFileOf(world.logFile), { recursive: true });
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(message(page, 'hello')).toBeVisible();
});
