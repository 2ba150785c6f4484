// What a program gets of what is typed, composed and pasted, and what the operator gets of what is shown.

import { type CDPSession, expect, type Page, test } from '@playwright/test';
import { type FixturePage, serveFixture } from '../harness/fixture-page.ts';
import { terminalOf } from './musher-page.ts';
import { feed, openStream, said, shown } from './stream-page.ts';

let fixture: FixturePage;

test.beforeAll(async () => {
  fixture = await serveFixture('stream');
});
test.afterAll(() => fixture.stop());

const field = (page: Page) => terminalOf(page, 'a').getByRole('textbox');

test.beforeEach(async ({ page }) => {
  await openStream(page, fixture.url);
  await field(page).focus();
});

/** All that it is given comes as one, in whatever pieces. */
async function expectSaid(page: Page, text: string): Promise<void> {
  let all = '';
  await expect
    .poll(async () => {
      all += (await said(page)).join('');
      return all;
    })
    .toBe(text);
}

/** What is typed after it comes alone: nothing else was on its way. */
async function expectNothingSaid(page: Page): Promise<void> {
  await page.keyboard.press('.');
  await expectSaid(page, '.');
}

/** Plays an input method, as Chromium gets it from the system. */
class InputMethod {
  private readonly cdp: CDPSession;

  constructor(cdp: CDPSession) {
    this.cdp = cdp;
  }

  static async of(page: Page): Promise<InputMethod> {
    return new InputMethod(await page.context().newCDPSession(page));
  }

  /** A key that the method takes: the page sees that there was one. */
  async key(key: string, modifiers = 0): Promise<void> {
    const event = { key, modifiers, windowsVirtualKeyCode: 229 };
    await this.cdp.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event });
    await this.cdp.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
  }

  async compose(text: string): Promise<void> {
    const { length } = text;
    const at = { selectionStart: length, selectionEnd: length };
    await this.cdp.send('Input.imeSetComposition', { text, ...at });
  }

  async commit(text: string): Promise<void> {
    await this.cdp.send('Input.insertText', { text });
  }
}

for (const [language, steps, text] of [
  ['Chinese', ['n', 'ni', 'ni h', 'ni hao', '你好'], '你好'],
  ['Japanese', ['ｎ', 'に', 'にｈ', 'にほ', 'にほｎ', 'にほん', '日本'], '日本'],
  ['Korean', ['ㅎ', '하', '한'], '한'],
  ['Vietnamese', ['t', 'ti', 'tie', 'tiê', 'tiến', 'tiếng'], 'tiếng'],
] as const) {
  test(`what is composed in ${language} reaches the program once, when it is committed`, async ({
    page,
  }) => {
    const method = await InputMethod.of(page);
    for (const step of steps) {
      await method.key('Process');
      await method.compose(step);
    }
    expect(await said(page)).toEqual([]);
    // The Enter that commits is the method's.
    await method.key('Enter');
    await method.commit(text);
    await expectSaid(page, text);
    await page.keyboard.press('Enter');
    await expectSaid(page, '\r');
    await method.compose(steps[0]);
    await method.commit(text);
    await method.compose(steps[0]);
    await method.commit(text);
    await expectSaid(page, text + text);
    await expectNothingSaid(page);
  });
}

test('a composition that is given up leaves nothing', async ({ page }) => {
  const method = await InputMethod.of(page);
  await method.compose('に');
  await method.key('Escape');
  await method.compose('');
  await expectNothingSaid(page);
});

test('while it composes, keys of the app and of the terminal are the method’s', async ({
  page,
}) => {
  const method = await InputMethod.of(page);
  const [control, shift] = [2, 8];
  await method.compose('に');
  await method.key('F', control + shift);
  await method.key('=', control);
  await method.key('Enter', shift);
  await expect(page.getByRole('search')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('musher.terminalLook'))).toBeNull();
  await method.commit('に');
  await expectSaid(page, 'に');
  await page.keyboard.press('Control+Shift+F');
  await expect(page.getByRole('search')).toBeVisible();
});

test('Shift+Enter is a line break that is not Enter, and emoji are typed whole', async ({
  page,
}) => {
  await page.keyboard.press('Shift+Enter');
  await expectSaid(page, '\x1b\r');
  await page.keyboard.press('Enter');
  await expectSaid(page, '\r');
  await page.keyboard.insertText('👨‍👩‍👧漢é');
  await expectSaid(page, '👨‍👩‍👧漢é');
});

function paste(page: Page, text: string): Promise<void> {
  return field(page).evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const event = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent('paste', event));
  }, text);
}

test('a paste comes as one where the program can tell, and can not get out of its brackets', async ({
  page,
}) => {
  await paste(page, 'one\ntwo');
  await expectSaid(page, 'one\rtwo');
  await feed(page, '\x1b[?2004h');
  await paste(page, 'one\ntwo\x1b[201~rm -rf x\r\x03');
  await expectSaid(page, '\x1b[200~one\rtwo[201~rm -rf x\r\x1b[201~');
});

test('what is copied is text: wrapped lines are one, and blanks at their ends are none', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const words = 'a line that is longer than any terminal is wide '.repeat(8).trim();
  await feed(page, `${words}\r\n\x1b[44mshort   \x1b[0m   \r\n漢字 👍\x1b[K\r\n`);
  await expect.poll(() => shown(page)).toContain('漢字');
  const rows = page.locator('.xterm-rows > div');
  const last = rows.filter({ hasText: '漢字' });
  const from = await rows.first().boundingBox();
  const to = await last.boundingBox();
  if (from === null || to === null) throw new Error('there is no such row');
  await page.mouse.move(from.x + 1, from.y + 4);
  await page.mouse.down();
  await page.mouse.move(to.x + to.width - 2, to.y + 4, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.press('Control+Shift+C');
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toBe(`${words}\nshort\n漢字 👍`);
});

test('wide characters and emoji take two cells, and what joins takes none', async ({ page }) => {
  await feed(page, '漢字👍e\u0301ｱ|\r\n12345678|\r\n한글🚀\u4e00|\r\n12345678|\r\n');
  await expect.poll(() => shown(page)).toContain('한글');
  const ends = await page.locator('.xterm-rows > div').evaluateAll((rows) =>
    rows.slice(0, 4).map((row) => {
      const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf('|') ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        return Math.round(range.getBoundingClientRect().x);
      }
      return undefined;
    }),
  );
  expect(new Set(ends).size).toBe(1);
  expect(ends[0]).toBeGreaterThan(0);
});
