// Notes and findings on the page, from a hub in memory: read, searched, dropped with a way back, and made by the keyboard alone.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessible } from './axe.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());
test.use({ viewport: { width: 1280, height: 800 } });

async function open(page: Page, target = '', scene = 'learnings'): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${fixture.url}?scene=${scene}#/learnings${target}`);
  await expect(page.getByRole('heading', { name: 'Learnings', level: 1 })).toBeVisible();
}

const notes = (page: Page) => page.getByRole('list', { name: 'Notes' }).getByRole('listitem');
const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });

test('notes stand newest first, each with who noted it and how often', async ({ page }) => {
  await open(page);
  await expect(notes(page)).toHaveCount(5);
  await expect(notes(page).nth(1)).toContainText('The tests need a running redis');
  await expect(notes(page).nth(1)).toContainText('backend,tests,you·2h');
  await expect(notes(page).nth(1)).toContainText('noted 3 times');
  await expectAccessible(page, 'notes');
});

test('findings stand by category, with their evidence from the log, and lead to their agents', async ({
  page,
}) => {
  await open(page);
  await page.keyboard.press('n');
  await expect(findings(page).getByRole('heading')).toHaveText([
    /^Waiting for the operator/,
    /^Stuck/,
    /^Crashed and back/,
    /^Asked again and again/,
    /^Where work collides/,
    /^Why approvals were denied/,
    /^What did not merge/,
  ]);
  await expect(findings(page)).not.toContainText('README.md');
  await page.keyboard.press('j');
  await page.keyboard.press('o');
  const evidence = findings(page).getByRole('list', { name: 'Events' });
  await expect(evidence.getByRole('listitem').first()).toContainText('#909permission.askedbackend');
  await expectAccessible(page, 'findings');
  await findings(page).getByRole('button', { name: 'tests', exact: true }).first().click();
  await expect(page.getByRole('article', { name: 'tests' })).toBeVisible();
});

test('by keyboard: searched, chosen, dropped and taken back, noted', async ({ page }) => {
  await open(page);
  await page.keyboard.press('/');
  await page.keyboard.type('redis compose');
  await expect(notes(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(notes(page)).toHaveCount(5);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expect(notes(page)).toHaveCount(4);
  await page.keyboard.press('z');
  await expect(notes(page)).toHaveCount(5);
  await page.keyboard.press('r');
  await page.keyboard.type('Use pnpm here');
  await page.keyboard.press('Control+Enter');
  await expect(notes(page).first()).toContainText('Use pnpm here');
  await expect(page.getByRole('textbox', { name: 'Note a learning' })).toHaveValue('');
});

test('a finding becomes a note once the way back is over', async ({ page }) => {
  await page.clock.install();
  await open(page, '/findings');
  await page.getByRole('button', { name: 'Make a note of it' }).first().click();
  await expect(findings(page)).not.toContainText('backend waited 9 times');
  await page.clock.fastForward(6_000);
  await page.keyboard.press('n');
  await expect(notes(page)).toHaveCount(6);
});

test('what is wrong with the file is said, with what to do', async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const { bridge } = window as unknown as { bridge: { tellLive(change: object): void } };
    const file = {
      ...{ path: '.musher/learnings.md', state: 'failed', atMs: Date.now() },
      ...{ problem: 'The file is a folder.', mend: 'Move it away.' },
    };
    bridge.tellLive({ whole: false, put: { 'learningsFile/file': file }, remove: [] });
  });
  await expect(page.getByRole('alert')).toHaveText(/The file is a folder\. Move it away\./);
});

test('empty lists say what comes', async ({ page }) => {
  await open(page, '', 'empty');
  await expect(page.getByRole('heading', { name: 'Nothing noted yet' })).toBeVisible();
  await page.keyboard.press('n');
  await expect(page.getByRole('heading', { name: 'Nothing to tell yet' })).toBeVisible();
});
