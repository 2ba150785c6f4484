// What agents, commits and remotes write, as somebody writes it who wants to be misread: shown as text alone, marked, and within its place.

import { expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { expectAccessibleInThemes } from './axe.ts';
import { cases } from '../harness/rounds.ts';
import { goTo } from './musher-page.ts';

let fixture: FixturePage;
test.beforeAll(async () => {
  fixture = await serveFixture('renderer');
});
test.afterAll(() => fixture.stop());

interface Found {
  /** Texts and attributes with a character that nobody sees. */
  readonly hidden: readonly string[];
  /** Elements that only the text could have brought. */
  readonly foreign: readonly string[];
  /** What reaches beyond the window. */
  readonly outside: readonly string[];
}

/** In the page, in shadow roots too; what is typed into fields is the person's own. */
function look(): Found {
  const unseen =
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
  const found = { hidden: [] as string[], foreign: [] as string[], outside: [] as string[] };
  const lookAt = (element: Element): void => {
    for (const { name, value } of element.attributes)
      if (unseen.test(value)) found.hidden.push(`${element.localName}[${name}] ${value}`);
    if (element.matches('main img, main script, a[href*="evil"], [onerror]'))
      found.foreign.push(element.outerHTML.slice(0, 200));
  };
  const visit = (root: Node): void => {
    if (root.nodeType === Node.TEXT_NODE && unseen.test(root.textContent ?? ''))
      found.hidden.push(`${root.parentElement?.localName} ${root.textContent}`);
    if (root instanceof Element) {
      if (root.matches('.xterm, style, script')) return;
      lookAt(root);
      if (root.shadowRoot) visit(root.shadowRoot);
    }
    for (const child of root.childNodes) visit(child);
  };
  visit(document.body);
  const { scrollWidth, scrollHeight } = document.documentElement;
  if (scrollWidth > innerWidth || scrollHeight > innerHeight)
    found.outside.push(`${scrollWidth} × ${scrollHeight}`);
  return { ...found, hidden: found.hidden.map((text) => JSON.stringify(text).slice(0, 300)) };
}

async function expectHarmless(page: Page, where: string): Promise<void> {
  expect(await page.evaluate(look), where).toEqual({ hidden: [], foreign: [], outside: [] });
  expect(await page.title(), where).not.toContain('owned');
}

/** Each where it stands, with what is only there once all of it is. */
const places: readonly (readonly [title: string, hash: string, sign: RegExp])[] = [
  ['a question', '#/inbox/question/q-1', /Asked before/],
  ['a request in the Inbox', '#/inbox/approval/a-1', /asks to merge/],
  ['a merge that failed', '#/inbox/approval/a-3', /was not merged/],
  ['files in conflict', '#/inbox/approval/a-2', /In conflict/],
  ['a permission', '#/inbox/permission/perm-1', /high risk/],
  ['a message', '#/inbox/message/900', /Reply/],
  ['a denial', '#/review/approval/a-4', /denied/],
  ['a push that failed', '#/review/approval/a-5', /Not pushed/],
  ['a conflict in the review', '#/review/approval/a-2', /conflict/],
];

for (const viewport of cases([{ width: 1440, height: 900 }], [{ width: 1000, height: 700 }]))
  test(`everywhere it is text, marked, and in its place: ${viewport.width} wide`, async ({
    page,
  }) => {
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.setViewportSize(viewport);
    await page.goto(`${fixture.url}?scene=hostile`);
    await expect(page.getByRole('listbox')).toBeVisible();
    for (const [title, hash, sign] of places) {
      await goTo(page, hash);
      await expect(page.locator('main')).toContainText(sign);
      await expect(page.locator('main')).toContainText('‹U+202E›');
      await expectHarmless(page, title);
    }
    expect(requests.filter((url) => !url.startsWith(fixture.url))).toEqual([]);
  });

test('a diff of it is marked in both layouts, with its threads, and a line of a megabyte is cut', async ({
  page,
}) => {
  await page.goto(`${fixture.url}?scene=hostile#/review/approval/a-1`);
  const diff = page.getByRole('region', { name: 'Diff' });
  for (const layout of ['Unified', 'Split']) {
    await page.getByRole('radio', { name: layout }).click();
    await expect(diff.getByText('// only admins').first()).toBeVisible();
    await expectHarmless(page, layout);
    // Beside each other, each side scrolls by itself, and no key but the one that wraps its lines helps.
    if (layout === 'Unified') await expectAccessibleInThemes(page, layout);
  }
  await page.getByRole('region', { name: 'Gates' }).getByRole('button', { name: /test/ }).click();
  await expect(page.getByRole('group', { name: 'Last lines' })).toContainText('‹U+202E›');
  await expectHarmless(page, 'the last lines of a gate');
  await page.keyboard.press('Escape');
  for (const key of ['a', 'Escape', 'd', 'Escape']) {
    await page.keyboard.press(key);
    await expectHarmless(page, key);
  }
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expectHarmless(page, 'the palette');
});

test('a card of the page and what is told outside of it are one harmless line', async ({
  page,
}) => {
  await page.clock.install();
  await page.goto(`${fixture.url}?scene=hostile#/agents`);
  await expect(page.getByRole('listbox', { name: 'Agents' })).toBeVisible();
  await page.evaluate(() => {
    const { bridge } = window as unknown as {
      bridge: { put(records: object): void; records(): Record<string, object> };
    };
    const asked = bridge.records()['question/q-1'];
    bridge.put({ 'question/q-2': { ...asked, id: 'q-2' } });
  });
  await page.clock.runFor(5_100);
  await expect(page.getByRole('region', { name: 'Notices' })).toContainText('‹U+202E›');
  await expectHarmless(page, 'a card');
});
