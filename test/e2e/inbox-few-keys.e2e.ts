// Questions and approvals, in at most a key and a half for each that waits, each the one that was meant, while more arrives.

import { expect, type Page, test } from '@playwright/test';
import type { QuestionRecord } from '../../preload/contract/questions.ts';
import type { ServeWorld, TestAgent } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { cases, rounds } from '../harness/rounds.ts';
import type { Serving } from '../harness/serve.ts';
import { waitFor } from '../harness/wait.ts';
import { openMusher } from './musher-page.ts';

let world: ServeWorld;
let serving: Serving;

test.beforeEach(async () => {
  world = await makeServeWorld();
  serving = await world.serve();
});
test.afterEach(() => world.dispose());

/** At length ten questions and five approvals in at most 25 keys. */
const asked = rounds(6, 10);
const names = ['one', 'two', ...cases([], ['three', 'four', 'five'])];
/** One for each question, and for each approval what leads to it, the yes, and the next. */
const mostKeys = asked + 3 * names.length;

async function requestOf(name: string): Promise<TestAgent> {
  const agent = await world.addAgent(serving, name);
  const files = { [`${name}.txt`]: `${name}\n` };
  const commit = await world.repository.commit(`Work of ${name}`, files, agent.worktree);
  await agent.command('approval.request', { commit });
  return agent;
}

const list = (page: Page) => page.getByRole('listbox', { name: 'Waiting for you' });
const selected = (page: Page) => list(page).getByRole('option', { selected: true });

/** What the operator reads before the key: which question, by its number. */
async function numberRead(page: Page): Promise<number> {
  const options = page.getByRole('group', { name: 'Options' });
  await expect(options).toHaveAttribute('data-quiet', 'false');
  return Number(/Question (\d+)/.exec(await selected(page).innerText())?.[1]);
}

async function titleRead(page: Page): Promise<string> {
  await expect(page.getByRole('button', { name: /^Approve [0-9a-f]/ })).toBeEnabled();
  await expect(page.getByRole('region', { name: 'Decision', exact: true })).toHaveAttribute(
    'data-quiet',
    'false',
  );
  const review = page.getByRole('region', { name: 'Approval' });
  return (await review.getByRole('heading', { level: 2 }).textContent()) ?? '';
}

/** Something comes: the selected row, and the one under the pointer, are where they were. */
async function arrives(page: Page, send: () => Promise<unknown>): Promise<void> {
  const rows = list(page).getByRole('option');
  const hovered = rows.last();
  await hovered.hover();
  const [id, before] = [await hovered.getAttribute('id'), await hovered.boundingBox()];
  const [text, place] = [await selected(page).innerText(), await selected(page).boundingBox()];
  const count = await rows.count();
  await send();
  await expect(rows).toHaveCount(count + 1);
  expect((await page.locator(`[id="${id}"]`).boundingBox())?.y).toBe(before?.y);
  // Ages go on.
  const withoutAge = (line: string) => line.replace(/\d+[smh]\b.*$/s, '');
  expect(withoutAge(await selected(page).innerText())).toBe(withoutAge(text));
  expect((await selected(page).boundingBox())?.x).toBe(place?.x);
  await page.mouse.move(0, 0);
}

test(`${asked} questions and ${names.length} approvals in at most ${mostKeys} keys, while more arrives`, async ({
  page,
}) => {
  const asker = await world.addAgent(serving, 'asks');
  for (let n = 0; n < asked; n += 1)
    await asker.command('question.ask', {
      text: `Question ${n}?`,
      options: Array.from({ length: n + 2 }, (_, at) => `answer ${n}-${at}`),
    });
  const agents = [];
  for (const name of names) agents.push(await requestOf(name));
  // That the files of this folder may come along was said before, once.
  await page.addInitScript(
    (folder) => localStorage.setItem('musher.reviewMoves', JSON.stringify([folder])),
    world.repository.root,
  );
  await openMusher(page, serving);
  await expect(list(page)).toBeFocused();
  let keys = 0;
  const press = async (key: string) => {
    keys += 1;
    await page.keyboard.press(key);
  };

  const meant = new Map<number, string>();
  for (let left = asked; left > 0; left -= 1) {
    if (left % 4 === 0)
      await arrives(page, () => asker.command('question.ask', { text: `Later ${left}?` }));
    if (left === 5)
      await arrives(page, () => asker.command('message.send', { to: 'operator', body: 'fyi' }));
    const number = await numberRead(page);
    // Not always the same: from 1 to 3, as far as there are so many.
    const at = number % Math.min(3, number + 2);
    meant.set(number, `answer ${number}-${at}`);
    await press(`${at + 1}`);
    await expect(list(page).getByRole('option', { name: `Question ${number}?` })).toHaveCount(0);
  }

  const approved: string[] = [];
  await expect(selected(page)).toContainText('Work of one');
  await press('Enter');
  for (let left = names.length; left > 0; left -= 1) {
    approved.push(await titleRead(page));
    await press('a');
    await expect(page.getByRole('button', { name: 'Approve and merge' })).toBeFocused();
    await press('Enter');
    if (left === 1) break;
    await expect(page.getByRole('button', { name: /^Next Work/ })).toBeFocused();
    await press('Enter');
  }

  expect(approved).toEqual(names.map((name) => `Work of ${name}`));
  expect(keys).toBeLessThanOrEqual(mostKeys);
  const answers = await waitFor(`${asked} answers`, async () => {
    const { questions } = await serving.operator.query<{ questions: QuestionRecord[] }>(
      'question.list',
      { all: true },
    );
    const all = questions.filter(({ state }) => state === 'answered');
    return all.length === asked ? all : `${all.length} answers`;
  });
  const given = answers.map(({ text, answer }) => [
    Number(/\d+/.exec(text)?.[0]),
    answer?.choices[0],
  ]);
  expect(new Map(given as [number, string][])).toEqual(meant);
  const files = [...names.map((name) => `${name}.txt`), 'readme.md'].sort().join();
  const merged = async () => {
    const tree = await world.repository.git(['ls-tree', '--name-only', 'main']);
    return tree.split('\n').join() === files ? [tree] : tree;
  };
  await waitFor('all merges', merged, { timeoutMs: 30_000 });
});
