// The Inbox as triage, on a hub in memory: what stops an agent first, notes folded, filters that stay, one answer for several, snooze.

import { expect, type Locator, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

async function open(page: Page): Promise<void> {
  await page.goto(`${fixture.url}?scene=triage#/inbox`);
  await expect(page.getByRole('listbox')).toBeFocused();
}

const list = (page: Page) => page.getByRole('listbox');
const row = (page: Page, name: RegExp) => list(page).getByRole('option', { name });
const group = (page: Page, name: string) => list(page).getByRole('group', { name, exact: true });
const selected = (page: Page) => list(page).getByRole('option', { selected: true });

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Keys that decide do something again: the selection may just have moved by itself. */
const untilAnswerable = (detail: Locator) =>
  expect(detail.getByRole('group', { name: 'Answers' })).toHaveAttribute('data-quiet', 'false');

async function choose(page: Page, ...names: RegExp[]): Promise<void> {
  for (const name of names) await row(page, name).click({ modifiers: ['ControlOrMeta'] });
}

test('who is stopped comes first, the notes of one agent are one row, and what is put off is last', async ({
  page,
}) => {
  await open(page);
  await expect(list(page).getByRole('group')).toHaveCount(5);
  await expect(selected(page)).toHaveAttribute('id', /^inbox-approval/);
  const messages = group(page, 'Messages').getByRole('option');
  await expect(messages).toHaveCount(3);
  await row(page, /8 messages/).click();
  await press(page, 'ArrowRight');
  await expect(messages).toHaveCount(11);
  await press(page, 'j', 'j', 'ArrowLeft');
  await expect(messages).toHaveCount(3);
  await expect(selected(page)).toContainText('8 messages');
  await press(page, 'Delete');
  await expect(messages).toHaveCount(2);
  await press(page, 'z');
  await expect(messages).toHaveCount(3);
  await expect(group(page, 'Snoozed').getByRole('option')).toContainText('back in');
});

test('filters and groups are so again after a reload, and say so where nothing fits', async ({
  page,
}) => {
  await open(page);
  await press(page, 'v');
  await expect(group(page, 'docs')).toBeVisible();
  await page.getByRole('button', { name: /^Agent:/ }).click();
  await page.getByRole('menuitem', { name: 'docs' }).click();
  await list(page).focus();
  await press(page, '/');
  await page.getByRole('menuitem', { name: 'Questions' }).click();
  await page.reload();
  await expect(list(page).getByRole('option')).toHaveCount(1);
  await page.getByRole('button', { name: 'Kind: Questions' }).click();
  await page.getByRole('menuitem', { name: 'Merge failures' }).click();
  await expect(page.getByText('Nothing of this waits')).toBeVisible();
  await expectAccessible(page, 'nothing fits');
  await page.getByRole('button', { name: 'Show everything' }).click();
  await page.getByRole('button', { name: 'Blocks' }).click();
  await expect(list(page).getByRole('option')).toHaveCount(11);
});

test('one answer for several, each that it is none for left with the reason, and undone as one', async ({
  page,
}) => {
  await open(page);
  const all = list(page).getByRole('option');
  const before = await all.count();
  await choose(page, /checkout.*npm test/, /backend.*npm test/, /docs.*npm test/, /node_modules/);
  await choose(page, /old tutorial/, /three branches/);
  const detail = page.getByRole('region', { name: '6 chosen' });
  await expect(detail).toContainText('Not refactor’s: is of high risk: decide it by itself');
  await expect(detail.getByRole('button', { name: /Answer “no”/ })).toContainText('2 of 6');
  await expectAccessible(page, 'several chosen');
  await untilAnswerable(detail);
  await press(page, 'a');
  await expect(all).toHaveCount(before - 3);
  await expect(row(page, /node_modules/)).toBeVisible();
  await press(page, 'z');
  await expect(all).toHaveCount(before);
  await untilAnswerable(detail);
  await press(page, 'd');
  await page.keyboard.type('not today');
  await press(page, 'Control+Enter');
  await expect(page.getByText('Denied 4 items: not today')).toBeVisible();
  await expect(all).toHaveCount(before - 4);
});

test('a range by Shift is put off at once, and brought back', async ({ page }) => {
  await open(page);
  await row(page, /old tutorial/).click();
  await press(page, 'Shift+ArrowDown', 'Shift+ArrowDown');
  await expect(page.getByRole('heading', { name: '3 chosen' })).toBeVisible();
  await press(page, 'w');
  await page.getByRole('menuitem', { name: 'Until the agent speaks again' }).click();
  await expect(group(page, 'Snoozed').getByRole('option')).toHaveCount(4);
  await expect(group(page, 'Snoozed')).toContainText('when heard');
  await press(page, 'End', 'w');
  await expect(page.getByText('Brought back what checkout waits with')).toBeVisible();
});

test('what was decided is paged and searched, leads to what came of it, and says how long agents waited', async ({
  page,
}) => {
  await open(page);
  await press(page, 'Shift+D');
  const decided = page.getByRole('region', { name: 'Decided', exact: true });
  const rows = decided.getByRole('listitem');
  await expect(rows).toHaveCount(5);
  await expect(rows.first()).toContainText('waited 2m');
  await page.getByRole('button', { name: 'Older ones' }).click();
  await expect(rows).toHaveCount(7);
  const figures = page.getByRole('region', { name: 'How long agents waited for you' });
  await expect(figures.getByRole('row', { name: /^backend question 4/ }).first()).toBeVisible();
  await expectAccessible(page, 'decided');
  await press(page, '/');
  await page.keyboard.type('mysql');
  await expect(page.getByText('No decision has these words')).toBeVisible();
  await press(page, 'Escape', 'j');
  await expect(rows.first().getByRole('button')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/review\/approval\/p-12$/);
});

test('a question shows its files, what was said before and its time left, and is answered beside the terminal', async ({
  page,
}) => {
  await open(page);
  await row(page, /old tutorial/).click();
  const question = page.getByRole('region', { name: 'Question from docs' });
  await expect(question).toContainText('Asked before, and answered: “no”');
  await expect(question.getByText(/Ends in [34]:\d\d, then “no” holds/)).toBeVisible();
  await question.getByRole('button', { name: /old-‹U\+202E›fdp\.md/ }).click();
  const file = page.getByRole('dialog', { name: /old-/ });
  await expect(file).toContainText('It was another when the question was asked.');
  await expect(file.getByText('<script>alert(1)</script>')).toBeVisible();
  await expectAccessible(page, 'attachment');
  await press(page, 'Escape');
  await page.evaluate(() => {
    location.hash = '#/agents/agent/docs';
  });
  const asked = page.getByRole('complementary', { name: 'Details of docs' });
  await expect(asked.getByRole('group', { name: 'Question', exact: true })).toBeVisible();
  await expectAccessible(page, 'beside the terminal');
  await asked.getByRole('button', { name: 'ask me again next week' }).click();
  await expect(page.getByText('Answered docs: ask me again next week')).toBeVisible();
  await expect(asked.getByRole('group', { name: 'Question', exact: true })).toHaveCount(0);
});
