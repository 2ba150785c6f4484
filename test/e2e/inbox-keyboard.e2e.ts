// Ten questions answered by keyboard alone, each with the answer that was meant, at every width; and a decision undone.

import { expect, type Page, test } from '@playwright/test';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { cases } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;
let agent: TestAgent;
/** What the tests before asked. */
let earlier: readonly string[];

test.beforeAll(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
  agent = await world.addAgent(serving, 'asks');
});
test.beforeEach(async () => {
  earlier = (await allQuestions()).map(({ id }) => id);
});
test.afterAll(() => world.dispose());

/** The answer that is meant is the last option of each: 2 to 9, then a letter. */
const optionKeys = [...'123456789bcdefhlmnop'];
const counts = [2, 3, 4, 5, 6, 7, 8, 9, 11, 20];
const questions = counts.map((count, at) => ({
  text: `Question ${at}: ${at === 9 ? 'a long one '.repeat(900) : 'which one?'}`,
  options: Array.from({ length: count }, (_, nth) => `answer ${at}-${nth}`),
}));

const selected = (page: Page) => page.getByRole('option', { selected: true });
const options = (page: Page) => page.getByRole('group', { name: 'Options' });

async function askAll(): Promise<void> {
  for (const question of questions) await agent.command('question.ask', question);
}

function pressAtOnce(page: Page, keys: readonly string[]): Promise<void> {
  return page.evaluate((all) => {
    for (const key of all)
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
  }, keys);
}

async function numberSelected(page: Page): Promise<number> {
  await expect(options(page)).toHaveAttribute('data-quiet', 'false');
  const text = await selected(page).innerText();
  return Number(/Question (\d)/.exec(text)?.[1]);
}

async function allQuestions(): Promise<QuestionRecord[]> {
  const { questions: all } = await serving.operator.query<{ questions: QuestionRecord[] }>(
    'question.list',
    { all: true },
  );
  return all;
}

async function answered(): Promise<QuestionRecord[]> {
  const all = await allQuestions();
  return all.filter(({ id, state }) => state === 'answered' && !earlier.includes(id));
}

// In a small window list and detail are two pages, so most can go wrong there.
for (const width of cases([800], [1440, 1024])) {
  test(`ten questions by keyboard, each the one that was meant, at ${width} px`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await askAll();
    await openMusher(page, serving);
    await expect(page.getByRole('listbox')).toBeFocused();
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(10);
    for (let left = 10; left > 0; left -= 1) {
      if (left % 3 === 0) await page.keyboard.press('j');
      const number = await numberSelected(page);
      const last = options(page).getByRole('button').last();
      await last.scrollIntoViewIfNeeded();
      await expect(last).toBeInViewport();
      const key = optionKeys[(counts[number] ?? 0) - 1] ?? '';
      // The second by a hurried hand: meant for what is gone already. In one turn, however slow the machine is.
      await pressAtOnce(page, [key, '1']);
      await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(left - 1);
    }
    const all = await waitFor('ten answers', async () => {
      const got = await answered();
      return got.length === 10 ? got : new Error(`${got.length} answers`);
    });
    const chosen = all.map(({ answer }) => answer?.choices);
    const meant = counts.map((count, at) => [`answer ${at}-${count - 1}`]);
    expect(chosen.sort()).toEqual(meant.sort());
  });
}

test('a decision is undone by z within its hold, and nothing was sent', async ({ page }) => {
  await agent.command('question.ask', { text: 'Question 0?', options: ['yes', 'no'] });
  await openMusher(page, serving);
  await numberSelected(page);
  await page.keyboard.press('1');
  await expect(page.getByText('Answered asks: yes')).toBeVisible();
  await page.keyboard.press('z');
  await expect(selected(page)).toContainText('Question 0?');
  await numberSelected(page);
  await page.keyboard.press('2');
  const [record] = await waitFor('the answer', async () => {
    const got = await answered();
    return got.length === 1 ? got : undefined;
  });
  expect(record?.answer?.choices).toEqual(['no']);
});

test('a page that is reloaded within the hold loses no decision', async ({ page }) => {
  await agent.command('question.ask', { text: 'Question 0?', options: ['yes', 'no'] });
  await openMusher(page, serving);
  await numberSelected(page);
  await page.keyboard.press('2');
  await expect(page.getByText('Answered asks: no')).toBeVisible();
  await page.reload();
  await expect(page.getByText(/Nothing waits for you/)).toBeVisible();
  expect((await answered()).map(({ answer }) => answer?.choices)).toEqual([['no']]);
});

test('without a connection an answer says when it will be sent, and can be cancelled', async ({
  page,
}) => {
  await agent.command('question.ask', { text: 'Question 0?', options: ['yes', 'no'] });
  await openMusher(page, serving);
  await numberSelected(page);
  const port = Number(new URL(serving.url).port);
  await serving.kill('SIGKILL');
  await expect(page.getByText(/No connection to Musher since/)).toBeVisible();
  await page.keyboard.press('1');
  await expect(page.getByText('will be sent when connected')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(selected(page)).toContainText('Question 0?');
  await page.getByRole('listbox').focus();
  await numberSelected(page);
  await page.keyboard.press('2');
  await expect(page.getByText('will be sent when connected')).toBeVisible();
  serving = await world.serve({ port });
  await expect(page.getByText(/No connection to Musher since/)).toBeHidden({ timeout: 20_000 });
  await waitFor('the answer', async () => (await answered()).length === 1 || undefined, {
    timeoutMs: 20_000,
  });
  expect((await answered())[0]?.answer?.choices).toEqual(['no']);
});

test('the title says how many wait, and what is only to be read', async ({ page }) => {
  await agent.command('question.ask', { text: 'Question 0?', options: ['yes', 'no'] });
  await agent.command('message.send', { to: 'operator', body: 'fyi' });
  await openMusher(page, serving);
  await expect(page).toHaveTitle(/^1 waits, 1 to read · /);
  const icon = page.locator('link[rel="icon"]');
  await expect(icon).toHaveAttribute('href', /%3E1%3C%2Ftext/);
  await page.getByRole('option', { name: /Question 0/ }).click();
  await numberSelected(page);
  await page.keyboard.press('1');
  await expect(page).toHaveTitle(/^1 to read · /);
  await page.keyboard.press('z');
  await expect(page).toHaveTitle(/^1 waits, 1 to read · /);
});
