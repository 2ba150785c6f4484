// A review from the first comment to the second request: sent as one, answered by the agent, and opened on what is new.

import { expect, type Page, test } from '@playwright/test';
import type { ServeWorld } from '../harness/serve-world.ts';
import { makeServeWorld } from '../harness/serve-world.ts';
import { expectAccessible } from './axe.ts';
import { goTo, openMusher } from './musher-page.ts';

let world: ServeWorld;

test.beforeEach(async () => {
  world = await makeServeWorld();
});
test.afterEach(() => world.dispose());

const lines = (changed: Readonly<Record<number, string>>) =>
  Array.from({ length: 80 }, (_, at) => `${changed[at + 1] ?? `line ${at + 1};`}\n`).join('');

interface Inbox {
  readonly items: ReadonlyArray<{ type: string; text: string; seq: number }>;
}

async function keep(page: Page, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: /^Comment on/ });
  await expect(field).toBeFocused();
  await field.fill(text);
  await page.keyboard.press('Control+Enter');
  await expect(field).toHaveCount(0);
}

test('comments are kept, sent with a denial, answered, and carried to the next request', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const serving = await world.serve();
  await world.repository.commit('Before', { 'a.ts': lines({}), 'b.ts': 'b;\n' });
  const agent = await world.addAgent(serving, 'one');
  const first = { 'a.ts': lines({ 20: 'twenty;', 60: 'sixty;' }), 'b.ts': 'bb;\n' };
  const commit = await world.repository.commit('Work', first, agent.worktree);
  await agent.command('approval.request', { commit });
  await openMusher(page, serving);
  await goTo(page, '#/review');
  const diff = page.getByRole('region', { name: 'Diff' });
  await expect(diff.getByText('twenty;')).toBeVisible();

  await page.keyboard.press('n');
  await page.keyboard.press('Shift+n');
  await page.keyboard.press('c');
  await keep(page, 'never in words');
  await page.keyboard.press('n');
  await page.keyboard.press('c');
  await page.getByRole('textbox', { name: /^Comment on/ }).fill('half writ');
  await page.reload();
  await expect(diff.getByText('never in words')).toBeVisible();
  await expect(page.getByRole('textbox', { name: /^Comment on/ })).toHaveValue('half writ');
  await page.getByRole('textbox', { name: /^Comment on/ }).focus();
  await keep(page, 'this neither');
  await page.getByRole('checkbox', { name: 'Viewed' }).last().check();
  await expectAccessible(page, 'with drafts');

  await page.getByRole('option', { selected: true }).focus();
  await page.keyboard.press('d');
  await expect(page.getByText('with your 2 comments')).toBeVisible();
  await page.getByRole('textbox', { name: 'Note to one' }).fill('almost');
  await page.keyboard.press('Control+Enter');
  const { items } = await agent.query<Inbox>('inbox.read', { waitMs: 20_000 });
  const [review] = items.filter(({ type }) => type === 'review.submitted');
  expect(items.map(({ type }) => type)).not.toContain('approval.denied');
  expect(review?.text).toContain('\n> twenty;\n> line 21;\nnever in words');
  const [, thread = ''] = /\[(r-\S+\.1)\]/.exec(review?.text ?? '') ?? [];
  await expect(page.getByRole('group', { name: 'Thread, Open' })).toHaveCount(2);

  const second = { 'a.ts': `new;\n${lines({ 60: 'sixty;' })}` };
  const next = await world.repository.commit('Mended', second, agent.worktree);
  const done = { thread, text: 'back as it was', done: true, commit: next };
  await agent.command('review.reply', done);
  await expect(page.getByText('back as it was')).toBeVisible();
  await agent.command('inbox.ack', { upTo: review?.seq });
  await expect(page.getByText('Acknowledged').first()).toBeVisible();
  await agent.command('approval.request', { commit: next });

  await page.getByRole('option', { name: /Mended/ }).click();
  const since = page.getByRole('region', { name: 'Since your review' });
  await expect(since.getByText('1 file differs')).toBeVisible();
  await expect(diff.getByText('new;', { exact: true })).toBeVisible();
  await expect(diff.getByText('sixty;')).toHaveCount(0);
  await page.keyboard.press('i');
  await expect(diff.getByText('sixty;')).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Viewed' }).last()).toBeChecked();
  await page.getByRole('radio', { name: 'Threads 2' }).click();
  const list = page.getByRole('list', { name: 'Threads' });
  await expect(list.getByRole('button', { name: /a\.ts:61.*this neither/s })).toBeVisible();
  await page.keyboard.press(',');
  await expect(list.getByText('outdated')).toBeVisible();
  await expect(list.getByText('back as it was')).toBeVisible();
  await page.keyboard.press('y');
  await expect(page.getByRole('radio', { name: 'Threads 1' })).toBeVisible();
  await expectAccessible(page, 'asked for again');
});

test('unchanged lines unfold from the commit, whatever the worktree has by now', async ({
  page,
}) => {
  const serving = await world.serve();
  await world.repository.commit('Before', { 'a.ts': lines({}) });
  const agent = await world.addAgent(serving, 'one');
  const work = { 'a.ts': lines({ 40: 'forty;' }) };
  const commit = await world.repository.commit('Work', work, agent.worktree);
  await agent.command('approval.request', { commit });
  await world.repository.write({ 'a.ts': 'being written\n' }, agent.worktree);
  await openMusher(page, serving);
  await goTo(page, '#/review');
  const diff = page.getByRole('region', { name: 'Diff' });
  await expect(diff.getByText('forty;')).toBeVisible();
  await expect(diff.getByText('line 30;')).toHaveCount(0);
  await page.keyboard.press('u');
  await expect(diff.getByText('line 30;')).toBeVisible();
  await expect(diff.getByText('line 3;')).toHaveCount(0);
  for (const _ of [1, 2]) await page.keyboard.press('u');
  await expect(diff.getByText('line 3;')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Open a.ts in your editor' })).toBeDisabled();
});
